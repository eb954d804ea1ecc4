"""Several reports stand side by side, and their figures are compared by value."""

from dataclasses import replace

import pytest

from indexer.records import DocumentInfo, SourceReport
from service.pipeline.figure_comparison import (
    FigureComparison,
    compare_figures,
    figures_of,
    kind_of,
    normalised_figure,
)
from service.records import Citation, CitedDocument, RestatedSection
from tests.fakes import citation


def cited(title: str, text: str, *, year: int | None = None, number: int = 1) -> Citation:
    document = CitedDocument(title, DocumentInfo(title=title, year=year), "ab" * 32)
    return replace(citation(text, number=number), document=document)


def compare(citations: list[Citation]) -> FigureComparison | None:
    """Compare quotes all of whose words answer."""
    return compare_figures(citations, [citation.quote for citation in citations])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rents rose by 12% and 9.8 per cent.", ("12%", "9.8 per cent")),
        ("US$ 1,204 in 2019, 3 of them", ("US$ 1,204",)),
        ("USD 300,000 or EUR 1.5 million", ("USD 300,000", "EUR 1.5 million")),
        ("Some 2.5 million people, 1.204 familias", ("2.5 million", "1.204")),
        ("the COVID-19 pandemic and SDG11", ()),
        ("10, 10 and 20", ("10", "20")),
        ("At COP26, COP 28 and with pen 60", ("60",)),
        ("COP 200,000 and COP 2 million", ("COP 200,000", "COP 2 million")),
        ("5 mil millones de pesos", ("5 mil millones",)),
        ("1,200⁴ grants in 2018³ and 10⁶ litres", ("1,200", "10⁶")),
        ("Some 1.2 million arrived (Laboratory, 2.3).", ("1.2 million",)),
        ("It fell by 23% (Guide, Action 1.1; Guide, Chapter 4)", ("23%",)),
    ],
)
def test_figures_are_comparison_as_they_are_written(text: str, expected: tuple[str, ...]) -> None:
    assert figures_of(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("35 per cent", "35%", True),
        ("35 por ciento", "35 %", True),
        ("3.5%", "3.5 million", False),
        ("1.5", "15", False),
        ("USD 300,000", "US$300,000", True),
        ("$ 300 million", "USD 300 million", True),
        ("R$ 300", "USD 300", False),
        ("USD 5 million", "USD 5,000,000", True),
        ("1.5 million", "1,500,000", True),
        ("1,204 million", "1204 million", True),
        ("1,250 per cent", "1250%", True),
        ("3.875%", "3875%", False),
        ("1.234 million", "1,234 million", False),
        ("1,204", "1.204", False),
        ("0.125", "0125", False),
        ("1,234.567", "1234.567", True),
        ("1\u202f204", "1,204", True),
        ("2,3,1", "231", False),
        ("5 million", "5 billion", False),
    ],
)
def test_a_figure_is_the_same_however_it_is_written(
    one: str,
    other: str,
    same: bool,  # noqa: FBT001
) -> None:
    assert (normalised_figure(one, "en") == normalised_figure(other, "en")) == same


@pytest.mark.parametrize(
    ("figure", "language", "english"),
    [
        ("1.204", "pt", "1,204"),
        ("1,204", "pt", "1.204"),
        ("1,5 milhões", "pt", "1.5 million"),
        ("1.500.000", "pt", "1.5 million"),
        ("1.204 milhões", "pt", "1,204 million"),
        ("3,875 por cento", "pt", "3.875%"),
        ("0,125", "pt", "0.125"),
        ("1.204", "es", "1,204"),
        ("1,204", "es", "1,204"),
        ("1.234,56", "es", "1,234.56"),
        ("1,234.56", "es", "1,234.56"),
        ("1.234 millones", "es", "1,234 million"),
        ("350.000 millones", "es", "350 billion"),
        ("350,000 millones", "es", "350 billion"),
        ("0.125 millones", "es", "125,000"),
        ("1,25 millones", "es", "1.25 million"),
        ("3,875 %", "es", "3.875%"),
        ("0,125", "es", "0.125"),
        ("5 mil millones", "es", "5 billion"),
    ],
)
def test_a_language_tells_decimals_from_thousands(figure: str, language: str, english: str) -> None:
    assert normalised_figure(figure, language) == normalised_figure(english, "en")


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("1" * 20_000, id="whole"),
        pytest.param("1." + "1" * 20_000, id="decimals"),
        pytest.param("1" * 20_000 + " parts", id="before a word"),
    ],
)
def test_a_number_without_end_is_read_in_one_go(number: str) -> None:
    assert normalised_figure(number, "en") == number


def test_reports_in_two_languages_share_a_figure() -> None:
    english, spanish = cited("A", "It was 1,204."), cited("B", "Fueron 1.204.", number=2)
    info = replace(spanish.document.info, language="es")
    spanish = replace(spanish, document=replace(spanish.document, info=info))

    comparison = compare([english, spanish])

    assert comparison is not None
    assert comparison.shared == ("1,204",)


def test_one_report_is_not_compare_figures() -> None:
    assert compare([cited("A", "12%"), cited("A", "13%")]) is None


def restating(title: str, text: str, *reports: SourceReport, number: int) -> Citation:
    """Return a citation of a brief that restates a section of each report."""
    sections = tuple(RestatedSection(report, "2.2") for report in reports)
    return replace(cited(title, text, year=2026, number=number), restated=sections)


LABORATORY = SourceReport("laboratory", "Laboratory", "Rents", year=2020)
GUIDE = SourceReport("guide", "Guide", "A guide", year=2023)


def test_briefs_that_restate_one_report_are_one_report() -> None:
    briefs = [
        restating("A", "12%", LABORATORY, number=1),
        restating("B", "22%", LABORATORY, number=2),
    ]
    laboratory = replace(cited("laboratory", "12%", year=2020, number=3))
    guide = restating("A", "30%", GUIDE, number=4)

    assert compare(briefs) is None
    assert compare([*briefs, laboratory]) is None
    comparison = compare([*briefs, laboratory, guide])
    assert comparison is not None
    assert [(each.report.title, each.year, each.numbers) for each in comparison.reports] == [
        ("Rents", 2020, (1, 2, 3)),
        ("A guide", 2023, (4,)),
    ]
    assert comparison.years == (2020, 2023)


def test_what_restates_two_reports_makes_them_one() -> None:
    both = [
        restating("A", "12%", LABORATORY, number=1),
        restating("A", "30%", GUIDE, number=2),
        restating("A", "22%", LABORATORY, GUIDE, number=3),
    ]

    assert compare(both) is None


def test_reports_that_agree_name_the_figure_they_share() -> None:
    comparison = compare(
        [cited("B", "It was 35%.", year=2020), cited("A", "35 per cent", year=2018)]
    )

    assert comparison is not None
    assert [report.citation.document.doc_id for report in comparison.reports] == ["A", "B"]
    assert comparison.shared == ("35 per cent",)
    assert not comparison.differs
    assert comparison.years == (2018, 2020)


def test_reports_that_differ_are_said_to() -> None:
    comparison = compare([cited("A", "12%"), cited("B", "14%", number=2), cited("C", "none")])

    assert comparison is not None
    assert comparison.differs
    assert comparison.shared == ()
    assert comparison.years is None
    assert [report.numbers for report in comparison.reports] == [(1,), (2,), (1,)]


def test_a_report_without_figures_does_not_differ() -> None:
    comparison = compare([cited("A", "12%"), cited("B", "fewer")])

    assert comparison is not None
    assert not comparison.differs


def test_two_editions_of_one_title_are_two_reports() -> None:
    old, new = cited("A", "12%", year=2018), cited("A", "14%", year=2023)
    new = replace(new, document=replace(new.document, doc_id="a-2023"))

    comparison = compare([old, new])

    assert comparison is not None
    assert [report.figures for report in comparison.reports] == [("12%",), ("14%",)]


def test_the_number_of_a_note_is_no_part_of_a_figure() -> None:
    assert figures_of("It paid 1,200⁴ grants to 45%⁵ of them.") == ("1,200", "45%")


def test_only_figures_that_answer_with_the_same_kind_are_compared() -> None:
    citations = [
        cited("A", "Of the 15 objectives, 42% were met."),
        cited("B", "It met 30%, and 19 were left.", number=2),
        cited("C", "It cost US$ 1,204.", number=3),
    ]

    comparison = compare_figures(citations, ["42%", "30%, and 19", "US$ 1,204"])

    assert comparison is not None
    assert [report.figures for report in comparison.reports] == [("42%",), ("30%",), ()]
    none = compare_figures(citations, ["", "", ""])
    assert none is not None
    assert not any(report.figures for report in none.reports)


@pytest.mark.parametrize(
    ("figure", "kind"),
    [("USD 30", "sum"), ("€ 30", "sum"), ("30 per cent", "share"), ("30 million", "number")],
)
def test_a_figure_is_of_a_kind(figure: str, kind: str) -> None:
    assert kind_of(figure) == kind
