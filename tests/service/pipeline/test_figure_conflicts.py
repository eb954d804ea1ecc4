"""Quotes conflict that say the same thing with another figure, and no others."""

from dataclasses import replace

import pytest

from indexer.records import SourceReport
from service.pipeline.figure_conflicts import conflicting_citations, figures_conflict
from service.records import RestatedSection
from tests.fakes import citation

RENT = "The average monthly rent of migrant households is {} dollars."


@pytest.mark.parametrize(
    ("quotes", "conflicting"),
    [
        pytest.param([RENT.format(210), RENT.format(265)], (1, 2), id="another figure"),
        pytest.param([RENT.format("1,210"), RENT.format(1210)], (), id="another spelling"),
        pytest.param([RENT.format("1.210"), RENT.format(1210)], (1, 2), id="a decimal"),
        pytest.param(
            [
                "The Dominican Republic invests USD 300,000 in social housing.",
                "The Dominican Republic invests USD 300 million in 7,000 social housing units.",
            ],
            (1, 2),
            id="two sums",
        ),
        pytest.param(
            [
                "The state is spending USD 300,000 to build 7,000 homes.",
                "The state is spending US$300 million to build 7,000 homes.",
            ],
            (1, 2),
            id="two sums for as many homes",
        ),
        pytest.param(
            ["In 2019 " + RENT.format(210), "In 2022 " + RENT.format(265)], (), id="other years"
        ),
        pytest.param([RENT.format(210), "The office counted 5,120 homes."], (), id="another thing"),
        pytest.param(
            [RENT.format(210), "The average monthly rent of migrant households is 34% of income."],
            (),
            id="a share and a number",
        ),
        pytest.param(
            ["Chile pays families 10 dollars a month.", "Peru pays families 20 dollars a month."],
            (),
            id="another place",
        ),
        pytest.param([RENT.format("5 million"), RENT.format("5,000,000")], (), id="in words"),
        *(
            pytest.param(
                [
                    f"Of {one}, 35 per cent pay rent late.",
                    f"Of {other}, 60 per cent pay rent late.",
                ],
                conflicting,
                id=f"{one} and {other}",
            )
            for one, other, conflicting in (
                ("women", "men", ()),
                ("rural tenants", "urban tenants", ()),
                ("women and men", "men", (1, 2)),
                ("women", "women", (1, 2)),
            )
        ),
        pytest.param([RENT.format(210)], (), id="one quote"),
        pytest.param(
            [
                "Migrants in Chile pay on average 12% more rent than others (Laboratory, 2.2).",
                "High rent cost affects 51% of migrants in Chile, against 22% of non-migrants.",
            ],
            (),
            id="more rent, and who pays much",
        ),
        pytest.param(
            [
                "Migrants in Chile pay on average 12% more rent than others (Laboratory, 2.2).",
                "In Chile, migrants pay almost 15% more rent than others.",
            ],
            (1, 2),
            id="more rent in both",
        ),
        pytest.param(
            ["Migrants head 30% of the households there.", "A woman heads 59% of the migrants."],
            (),
            id="households and migrants",
        ),
        pytest.param(
            [
                "Ana paga 210 soles al mes de alquiler.",
                "Ana paga casi 265 soles de alquiler al mes.",
            ],
            (1, 2),
            id="in Spanish",
        ),
        pytest.param(
            ["A família paga 12% do aluguel ali.", "A família gasta com o aluguel 15% do salário."],
            (),
            id="other things in Portuguese",
        ),
        pytest.param(
            ["Checklist for Action 9.1 on services", "Checklist for Action 9.2 on services"],
            (),
            id="numbers of parts",
        ),
        pytest.param(
            [
                "Each answer in the Step 1 checklist scores two points, up to 24 points in all.",
                "Each answer in the Step 3 checklist scores two points, up to 20 points in all.",
            ],
            (),
            id="of two parts",
        ),
        pytest.param(
            [
                "24 Cities Alliance, Area-based approaches",
                "74 Cities Alliance, Area-based approaches",
            ],
            (),
            id="notes",
        ),
        *(
            pytest.param([text.format(120), text.format(200)], conflicting, id=text)
            for text, conflicting in (
                ("El programa de renta da subsidios para {} familias de Ostra.", (1, 2)),
                ("O programa de aluguel dá subsídios para {} famílias de Ostra.", (1, 2)),
                ("The programme of Ostra has in three steps {} families housed.", (1, 2)),
                ("The programme of Ostra is told in Table {} of the guide.", ()),
                ("The programme of Ostra is told in para. {} of the guide.", ()),
                ("The programme of Ostra is told on p. {} of the guide.", ()),
                ("{} Venezuelan families received rent subsidies in Ostra.", (1, 2)),
                ("{} South African families received rent subsidies in Ostra.", (1, 2)),
                ("{} Interview with families on rent subsidies in Ostra.", ()),
                ("{}. Venezuelan families received rent subsidies in Ostra.", ()),
            )
        ),
        pytest.param(["Total (out of 10)", "Total (out of 24)"], (), id="scales"),
    ],
)
def test_quotes_conflict_that_differ_in_a_figure_alone(
    quotes: list[str], conflicting: tuple[int, ...]
) -> None:
    citations = [citation(text, number=number) for number, text in enumerate(quotes, start=1)]

    assert conflicting_citations(citations) == ((conflicting,) if conflicting else (), ())


def test_what_restates_one_report_conflicts_within_it() -> None:
    first, second, third = (
        citation(RENT.format(rent), number=number)
        for number, rent in ((1, 210), (2, 265), (3, 300))
    )
    briefs = [
        replace(
            quoted,
            document=replace(quoted.document, doc_id=f"brief-{quoted.number}"),
            restated=(RestatedSection(SourceReport("laboratory", "Laboratory", "Rents"), "2.2"),),
        )
        for quoted in (first, second)
    ]

    assert conflicting_citations(briefs) == (((1, 2),), ())
    assert conflicting_citations([*briefs, third]) == (((1, 2),), ((1, 2, 3),))


def test_what_conflicts_in_other_reports_or_on_other_things_stands_apart() -> None:
    texts = (RENT.format(210), RENT.format(265), "Of women, 35 per cent pay rent late.")
    citations = [
        citation(text, number=number)
        for number, text in enumerate((*texts, texts[-1].replace("35", "60")), start=1)
    ]
    other = replace(citations[0].document, doc_id="other")
    elsewhere = [
        citations[0],
        citations[1],
        *(replace(citation(texts[n - 3], number=n), document=other) for n in (3, 4)),
    ]

    assert conflicting_citations(citations) == (((1, 2), (3, 4)), ())
    assert conflicting_citations(elsewhere)[0] == ((1, 2), (3, 4))


def test_thousands_of_millions_are_the_same_in_figures_and_in_words() -> None:
    text = "El programa de vivienda cuesta {} de pesos."

    conflict = figures_conflict(
        text.format("350.000 millones"),
        text.format("350 mil millones"),
        languages=("es", "es"),
    )

    assert not conflict
