"""Quotes are grouped by where they stand, and what a newer report replaces is flagged."""

from dataclasses import replace
from typing import cast

import pytest

from indexer.records import BlockKind, DocumentInfo, SourceReport, Span
from service.answer_options import AnswerOptions
from service.interfaces.web.answer_context import AnswerContext
from service.interfaces.web.answer_page import answer_page, refusal_page
from service.interfaces.web.view_models.answer import AnswerPage
from service.interfaces.web.view_models.form import Form
from service.interfaces.web.view_models.refusal import RefusalPage
from service.library import Edition
from service.outcomes import Outcome
from service.pipeline.confidence import support_of
from service.pipeline.facets import coverage_of
from service.pipeline.figure_comparison import compare_figures
from service.pipeline.notices import notices_of
from service.presentation.links import Links
from service.presentation.wording import Wording
from service.records import Answer, Question, Refusal, RefusalCode, RestatedSection, ScoredPassage
from tests.fakes import FakeIndex, answer, document, edition, entry


def shown(
    result: Answer,
    held: Edition,
    *,
    reader_language: str = "en",
    translation: str = "",
) -> AnswerPage:
    comparison = compare_figures(result.citations, result.answers)
    outcome = Outcome(
        result=result,
        options=AnswerOptions(),
        edition=held,
        support=support_of(result.confidence),
        notices=notices_of(result),
        comparison=comparison,
        took_ms=1.0,
    )
    context = replace(context_in(held, reader_language), find_translation=lambda *_: translation)
    return answer_page(outcome, result, context)


def shown_refusal(refusal: Refusal, held: Edition) -> RefusalPage:
    outcome = Outcome(
        result=refusal,
        options=AnswerOptions(),
        edition=held,
        support=support_of(refusal.confidence),
        notices=(),
        comparison=None,
        took_ms=1.0,
    )
    return refusal_page(outcome, refusal, context_in(held), find_suggestions=tuple)


def context_in(held: Edition, language: str = "en") -> AnswerContext:
    return AnswerContext(
        held,
        Links(),
        Wording(),
        Form(),
        language=language,
        query="q=x",
        base_url="https://cita.example",
        reader_language=language,
    )


def test_consecutive_quotes_from_one_report_stand_under_its_title() -> None:
    result = answer("Rents rose.", "Wages did not.", "So what?")
    first, second, third = result.citations
    elsewhere = replace(third, headings=("Findings", "Wages"))

    page = shown(replace(result, citations=(first, second, elsewhere)), edition())

    assert [[quote.number for quote in block.quotes] for block in page.blocks] == [[1, 2, 3]]
    assert page.n_quotes == 3
    assert page.n_reports == 1
    assert page.comparison is None


def test_reports_side_by_side_are_those_that_briefs_restate() -> None:
    rents = SourceReport("laboratory", "Laboratory", "Rents", "Alliance", year=2020)
    guide = SourceReport("guide", "Guide", "A guide", "UN-Habitat", year=2023)
    said = answer("Rents rose.", "Wages fell.", "So what?")
    citations = [
        replace(citation, restated=(RestatedSection(report, "2.2"),))
        for citation, report in zip(said.citations, (rents, rents, guide), strict=True)
    ]

    page = shown(replace(said, citations=tuple(citations)), edition())
    alone = replace(said, quotes=said.quotes[:2], citations=tuple(citations[:2]))

    assert page.comparison is not None
    assert page.n_reports == 2
    assert [(each.title, each.publisher, each.year) for each in page.comparison.reports] == [
        ("Rents", "Alliance", 2020),
        ("A guide", "UN-Habitat", 2023),
    ]
    assert shown(alone, edition()).comparison is None
    assert shown(alone, edition()).n_reports == 1


def test_a_report_that_a_newer_one_replaces_is_flagged_once() -> None:
    held = edition()
    index = cast("FakeIndex", held.answerer.index)
    newer = entry("newer", DocumentInfo(title="The newer report"))
    old = replace(index.documents[0], info=DocumentInfo(title="A report"), superseded_by=("newer",))
    index.documents = (old, newer)

    quoted = answer("Rents rose.", "Wages did not.")
    replaced = replace(quoted.citations[0].document, superseded_by=("newer",))
    citations = tuple(replace(citation, document=replaced) for citation in quoted.citations)

    page = shown(replace(quoted, citations=citations), held)

    assert page.superseded == (("A report", (("The newer report", "/documents/newer"),)),)


def test_addresses_that_are_taken_away_are_whole() -> None:
    page = shown(answer("Rents rose."), edition())

    assert page.export_links.permalink.startswith("https://cita.example/ask?q=x&on=2026-01-01&")
    quote = page.blocks[0].quotes[0]
    assert quote.citation_href.startswith("https://cita.example/documents/report?")
    assert quote.citation.endswith(f" {quote.citation_href}")


def test_each_quote_opens_the_report_with_the_others_of_the_answer() -> None:
    page = shown(answer("Rents rose.", "Wages did not."), edition())

    hrefs = [quote.place.href for quote in page.blocks[0].quotes]
    assert all("&quotes=0-11,0-14#quote" in href for href in hrefs)


def test_a_comparison_leads_to_the_country_that_no_quote_names() -> None:
    covered = coverage_of([entry("report", DocumentInfo("A report", countries=("UY",)))])
    result = replace(
        answer("Chile pays half of the rent."), question=Question("In Chile and Uruguay?", "en")
    )

    page = shown(result, replace(edition(), coverage=covered))

    assert page.left_out == (("UY", "/ask?q=In+Chile+and+Uruguay%3F&country=UY"),)


def test_a_translation_is_read_beside_its_quote_and_goes_into_no_citation() -> None:
    rough = "- Las rentas subieron."

    page = shown(answer("Rents rose."), edition(), reader_language="es", translation=rough)
    unread = shown(answer("Rents rose."), edition())

    quote = page.blocks[0].quotes[0]
    assert quote.translation == "Las rentas subieron."
    assert "subieron" not in quote.citation + quote.text
    assert unread.blocks[0].quotes[0].translation == ""


def test_what_is_copied_loses_the_bullet_of_a_list_once() -> None:
    page = shown(answer("- – Rents rose.⁶"), edition())

    assert page.blocks[0].quotes[0].citation.startswith("“– Rents rose.” A publisher,")


@pytest.mark.parametrize("reader_language", ["en", "es"])
@pytest.mark.parametrize(("language", "foreign"), [("en", ()), ("es", ("en",))])
def test_quotes_are_foreign_where_they_are_not_in_the_language_of_the_page(
    reader_language: str, language: str, foreign: tuple[str, ...]
) -> None:
    said = answer("Rents rose.", language=language)

    assert shown(said, edition(), reader_language=reader_language).foreign_languages == foreign


def test_no_context_is_offered_where_a_quote_is_all_that_there_is() -> None:
    page = shown(answer("Rents rose."), edition())

    assert page.blocks[0].quotes[0].context == ()


@pytest.mark.parametrize(
    ("code", "n_examples"),
    [
        pytest.param(RefusalCode.NOTHING_RELEVANT, 1, id="who is lost"),
        pytest.param(RefusalCode.NOT_ANSWERED_BY_REPORTS, 0, id="who knows what they are about"),
    ],
)
def test_examples_are_shown_to_who_does_not_know_what_can_be_asked(
    code: RefusalCode, n_examples: int
) -> None:
    held = replace(edition(), find_examples=lambda: {"en": ("What is rent?",)})
    refusal = Refusal(Question("Why?", "en"), "en", 0.1, code)

    page = shown_refusal(refusal, held)

    assert len(page.examples) == n_examples


def test_the_sentence_that_comes_nearest_is_shown_without_its_bullet_and_its_note() -> None:
    held = edition()
    index = cast("FakeIndex", held.index)
    index._document = document((BlockKind.LIST_ITEM, "- Rent up.⁶"))
    near = ScoredPassage(0, index.passage(0), "- Rent up.⁶", 0.5, likeliest=(Span(0, 11),))
    code = RefusalCode.NOT_ANSWERED_BY_REPORTS
    refusal = Refusal(Question("Why?", "en"), "en", 0.1, code, nearest=(near,))

    page = shown_refusal(refusal, held)

    assert [each.snippet for each in page.nearest] == ["Rent up."]
