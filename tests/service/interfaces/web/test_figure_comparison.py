"""Several reports stand side by side, and their figures are compared by value."""

from dataclasses import replace

import pytest

from service.interfaces.web.figure_comparison import (
    compare_reports,
    countries_left_out,
    figures_of,
    normalised_figure,
)
from service.interfaces.web.views.answer import QuoteView, SourceBlock
from service.interfaces.web.views.place import PlaceView


def block(title: str, text: str, *, year: int | None = None, number: int = 1) -> SourceBlock:
    place = PlaceView(title, title, None, year, "en", None, None, None, (), "/documents/x", None)
    return SourceBlock(place, (QuoteView(number, text, (), place, (), ""),), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rents rose by 12% and 9.8 per cent.", ("12%", "9.8 per cent")),
        ("US$ 1,204 in 2019, 3 of them", ("US$ 1,204",)),
        ("Some 2.5 million people, 1.204 familias", ("2.5 million", "1.204")),
        ("the COVID-19 pandemic and SDG11", ()),
        ("10, 10 and 20", ("10", "20")),
        ("Some 1.2 million arrived (Laboratory, 2.3).", ("1.2 million",)),
        ("It fell by 23% (Guide, Action 1.1; Guide, Chapter 4)", ("23%",)),
    ],
)
def test_figures_are_found_as_they_are_written(text: str, expected: tuple[str, ...]) -> None:
    assert figures_of(text) == expected


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("35 per cent", "35%", True),
        ("35 por ciento", "35 %", True),
        ("1,204", "1.204", True),
        ("3.5%", "3.5 million", False),
        ("1.5", "15", False),
    ],
)
def test_a_figure_is_the_same_however_it_is_written(
    first: str,
    second: str,
    same: bool,  # noqa: FBT001
) -> None:
    assert (normalised_figure(first) == normalised_figure(second)) == same


def test_one_report_is_not_compare_reports() -> None:
    assert compare_reports([block("A", "12%"), block("A", "13%")]) is None


def test_reports_that_agree_name_the_figure_they_share() -> None:
    comparison = compare_reports(
        [block("B", "It was 35%.", year=2020), block("A", "35 per cent", year=2018)]
    )

    assert comparison is not None
    assert [report.place.title for report in comparison.reports] == ["A", "B"]
    assert comparison.shared == ("35 per cent",)
    assert not comparison.differs
    assert comparison.years == (2018, 2020)


def test_reports_that_differ_are_said_to() -> None:
    comparison = compare_reports(
        [block("A", "12%"), block("B", "14%", number=2), block("C", "none")]
    )

    assert comparison is not None
    assert comparison.differs
    assert comparison.shared == ()
    assert comparison.years is None
    assert [report.numbers for report in comparison.reports] == [(1,), (2,), (1,)]


def test_a_report_without_figures_does_not_differ() -> None:
    comparison = compare_reports([block("A", "12%"), block("B", "fewer")])

    assert comparison is not None
    assert not comparison.differs


def test_two_editions_of_one_title_are_two_reports() -> None:
    old, new = block("A", "12%", year=2018), block("A", "14%", year=2023)
    new = replace(new, place=replace(new.place, doc_id="a-2023"))

    comparison = compare_reports([old, new])

    assert comparison is not None
    assert [report.figures for report in comparison.reports] == [("12%",), ("14%",)]


@pytest.mark.parametrize(
    ("question", "texts", "expected"),
    [
        pytest.param(
            "Compare Chile and Uruguay", ["Chilean tenants pay"], ("UY",), id="one of two"
        ),
        pytest.param("¿Qué hacen Perú y Brasil?", ["Brazil pays"], ("PE",), id="in Spanish"),
        pytest.param("Chile and Uruguay?", ["Chile pays", "so does Uruguay"], (), id="both"),
        pytest.param("Chile and Uruguay?", ["Cities pay"], (), id="neither"),
        pytest.param("What does Chile pay?", ["Cities pay"], (), id="only one is asked about"),
    ],
)
def test_a_comparison_says_which_country_no_quote_names(
    question: str, texts: list[str], expected: tuple[str, ...]
) -> None:
    assert countries_left_out(question, texts) == expected
