"""Quotes conflict that say the same thing with another figure, and no others."""

import pytest

from service.pipeline.figure_conflicts import conflicting_citations, figures_conflict
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
    ],
)
def test_quotes_conflict_that_differ_in_a_figure_alone(
    quotes: list[str], conflicting: tuple[int, ...]
) -> None:
    citations = [citation(text, number=number) for number, text in enumerate(quotes, start=1)]

    assert conflicting_citations(citations) == conflicting


def test_thousands_of_millions_are_the_same_in_figures_and_in_words() -> None:
    text = "El programa de vivienda cuesta {} de pesos."

    conflict = figures_conflict(
        text.format("350.000 millones"),
        text.format("350 mil millones"),
        languages=("es", "es"),
    )

    assert not conflict
