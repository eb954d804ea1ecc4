"""Beside the quotes a reader learns which side is missing and which report is out of date."""

from dataclasses import replace

import pytest

from indexer.records import DocumentInfo
from service.pipeline.notices import NoticeCode, missing_countries, notices_of
from service.presentation.wording import Wording
from service.records import CitedDocument
from tests.fakes import answer, citation

UNNAMED = CitedDocument("report", DocumentInfo(title="A report"), "ab" * 32)


@pytest.mark.parametrize(
    ("question", "quotes", "expected"),
    [
        pytest.param(
            "Compare Chile and Uruguay", ["Chilean tenants pay"], ("UY",), id="one of two"
        ),
        pytest.param("¿Qué hacen Perú y Brasil?", ["Brazil pays"], ("PE",), id="in Spanish"),
        pytest.param("Chile and Uruguay?", ["Chile pays", "so does Uruguay"], (), id="both"),
        pytest.param(
            "Compare Mali and Kenya", ["Kenya has Somali traders"], ("ML",), id="within a word"
        ),
        pytest.param("¿Perú y Chile?", ["In Peru it rains"], ("CL",), id="without its accent"),
        pytest.param("Chile and Uruguay?", ["Cities pay"], (), id="neither"),
        pytest.param("What does Chile pay?", ["Cities pay"], (), id="only one is asked about"),
    ],
)
def test_a_comparison_says_which_country_no_quote_names(
    question: str, quotes: list[str], expected: tuple[str, ...]
) -> None:
    citations = [replace(citation(text), headings=(), document=UNNAMED) for text in quotes]

    assert missing_countries(question, citations) == expected


def test_a_replaced_report_is_named_once_with_what_replaces_it() -> None:
    quoted = answer("Rents rose.", "Wages did not.")
    replaced = replace(quoted.citations[0].document, superseded_by=("newer",))
    citations = tuple(replace(cited, document=replaced) for cited in quoted.citations)

    (notice,) = notices_of(replace(quoted, citations=citations))

    assert notice.code is NoticeCode.SUPERSEDED
    assert (notice.doc_id, notice.newer) == ("report", ("newer",))
    assert notice.citations == (1, 2)


def test_quotes_in_another_language_than_the_answer_are_announced() -> None:
    quoted = answer("Rents rose.", "Wages did not.", language="es")

    (notice,) = notices_of(quoted)

    assert notice.code is NoticeCode.LANGUAGE
    assert (notice.languages, notice.citations) == (("en",), (1, 2))


def test_reports_that_name_different_figures_are_announced() -> None:
    quoted = answer("Rents rose by 12%.", "Rents rose by 30%.")
    other = replace(quoted.citations[1].document, doc_id="other")
    citations = (quoted.citations[0], replace(quoted.citations[1], document=other))

    (notice,) = notices_of(replace(quoted, citations=citations))

    assert notice.code is NoticeCode.FIGURES_DIFFER
    assert notice.citations == (1, 2)
    assert not notice.is_one_report


def test_of_one_report_that_names_different_figures_nothing_else_is_supposed() -> None:
    (notice,) = notices_of(answer("Rents rose by 12%.", "Rents rose by 30%."))

    text = Wording().notice(notice, "en", titles={})
    assert notice.is_one_report
    assert "One report gives different figures: quotes [1] and [2]" in text
    assert "years" not in text


def test_each_report_that_names_different_figures_has_its_own_notice() -> None:
    rents = [f"Rents rose by {share}%." for share in (12, 30)]
    quoted = answer(*rents, "Wages fell by 15% there.", "Wages fell by 40% there.")
    other = replace(quoted.citations[0].document, doc_id="other")
    citations = (
        *quoted.citations[:2],
        *(replace(cited, document=other) for cited in quoted.citations[2:]),
    )

    notices = notices_of(replace(quoted, citations=citations))

    assert [notice.citations for notice in notices] == [(1, 2), (3, 4)]
    assert all(notice.is_one_report for notice in notices)


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_of_three_quotes_nothing_is_said_as_of_two(language: str) -> None:
    (notice,) = notices_of(answer(*(f"Rents rose by {share}%." for share in (12, 30, 45))))

    text = Wording().notice(notice, language, titles={})
    assert "[3]" in text
    assert not {"both", "ambas", "una.", "uma."} & set(text.casefold().split())


def test_an_answer_from_current_reports_about_one_country_needs_no_notice() -> None:
    assert notices_of(answer("Rents rose.")) == ()


def test_what_was_asked_again_in_vain_is_named() -> None:
    quoted = replace(
        answer("Rents rose."),
        missing_sides=("Peru", "Techo"),
        missing_questions=("Who pays the rent?",),
    )

    side, question = notices_of(quoted)

    assert (side.code, side.countries, side.sides) == (
        NoticeCode.SIDE_MISSING,
        ("PE",),
        ("Techo",),
    )
    assert (question.code, question.questions) == (
        NoticeCode.QUESTION_MISSING,
        ("Who pays the rent?",),
    )


def test_a_term_that_no_report_defines_is_named() -> None:
    (notice,) = notices_of(replace(answer("They get social rent."), undefined="social rent"))

    assert (notice.code, notice.term) == (NoticeCode.NOT_DEFINED, "social rent")
