"""Answers and refusals as pages."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from textwrap import shorten
from urllib.parse import urlencode

from indexer.records import BlockKind, Document, Span
from service.interfaces.web.answer_context import AnswerContext
from service.interfaces.web.answer_permalink import export_links_of, replay_of
from service.interfaces.web.ask_query import example_links
from service.interfaces.web.block_layout import Marks, row_with_header, typeset, typeset_span
from service.interfaces.web.document_row import newer_editions
from service.interfaces.web.places import place_view
from service.interfaces.web.view_models.answer import (
    AnswerPage,
    QuoteView,
    SourceBlock,
)
from service.interfaces.web.view_models.comparison import ComparedReport, Comparison
from service.interfaces.web.view_models.example import Example
from service.interfaces.web.view_models.feedback import FeedbackForm
from service.interfaces.web.view_models.place import PlaceView
from service.interfaces.web.view_models.refusal import (
    LikelySentence,
    NearestPassage,
    RefusalPage,
)
from service.interfaces.web.view_models.text_blocks import Group
from service.outcomes import Outcome
from service.pipeline.figure_comparison import FigureComparison
from service.pipeline.notices import Notice, NoticeCode
from service.pipeline.restated import places_by_source
from service.pipeline.suggestions import WITHOUT_SUGGESTION
from service.presentation.cited_works import restated_work
from service.presentation.copied_words import copied, copied_quote
from service.presentation.links import Links
from service.presentation.permalinks import seal
from service.records import (
    Answer,
    Citation,
    Quote,
    Refusal,
    ScoredPassage,
)

SNIPPET_CHARS = 220
N_CONTEXT_CHARS = 200
"""Characters around a quote from which its passage alone is context enough."""


def answer_page(outcome: Outcome, answer: Answer, context: AnswerContext) -> AnswerPage:
    """Show the quotes, best first, each with its place and the passage around it."""
    blocks = _blocks(answer, context)
    return AnswerPage(
        title=answer.question.text,
        title_language=answer.question.language,
        form=context.form,
        typed=context.typed,
        support=outcome.support,
        reader_language=context.reader_language,
        foreign_languages=_foreign_languages(outcome.notices),
        blocks=blocks,
        n_quotes=len(answer.quotes),
        n_reports=len(places_by_source(answer.citations)),
        superseded=_superseded(outcome.notices, context),
        left_out=_left_out(answer, outcome.notices, context),
        notices=_other_notices(outcome, context),
        comparison=_comparison(outcome.comparison),
        passages_href=f"/search?{context.query}",
        replay=replay_of(answer, context),
        export_links=export_links_of(answer, context),
        feedback=_feedback_form(answer, context),
    )


def refusal_page(
    outcome: Outcome,
    refusal: Refusal,
    context: AnswerContext,
    *,
    find_suggestions: Callable[[], tuple[Example, ...]],
) -> RefusalPage:
    """Show why there is no answer, and the nearest passages; then what is better asked."""
    message = context.wording.refusal(refusal, outcome.coverage)
    # They are answered by all reports together, and may not be by those that pass a filter; who
    # asks what the reports are about needs none.
    is_lost = refusal.code in WITHOUT_SUGGESTION and not context.form.n_active
    examples = context.edition.examples.get(context.language, ()) if is_lost else ()
    return RefusalPage(
        title=refusal.question.text,
        title_language=refusal.question.language,
        form=context.form,
        typed=context.typed,
        language=refusal.language,
        paragraphs=(
            *(part for part in message.split("\n\n") if part),
            *_other_notices(outcome, context),
        ),
        code=refusal.code,
        nearest=tuple(
            _nearest(scored, context, may_answer=refusal.may_answer) for scored in refusal.nearest
        ),
        may_answer=refusal.may_answer,
        unfiltered_href=f"/ask?{urlencode({'q': refusal.question.text})}"
        if context.form.n_active
        else None,
        find_suggestions=find_suggestions,
        examples=example_links(examples),
        passages_href=f"/search?{context.query}",
        words=context.wording.word_passages(refusal, context.links),
        reader_language=context.reader_language,
        replay=replay_of(refusal, context),
        feedback=_feedback_form(refusal, context),
    )


def _foreign_languages(notices: Sequence[Notice]) -> tuple[str, ...]:
    """Return the languages of the quotes that are not in the language of the page."""
    return tuple(
        language
        for notice in notices
        if notice.code is NoticeCode.LANGUAGE
        for language in notice.languages
    )


def _blocks(answer: Answer, context: AnswerContext) -> tuple[SourceBlock, ...]:
    """Group consecutive quotes from one report."""
    blocks: list[SourceBlock] = []
    for quote, citation in zip(answer.quotes, answer.citations, strict=True):
        view = _quote_view(quote, citation, answer=answer, context=context)
        last = blocks[-1] if blocks else None
        if last and last.place.doc_id == view.place.doc_id:
            blocks[-1] = replace(last, quotes=(*last.quotes, view))
            continue
        newer = newer_editions(citation.document.superseded_by, context.edition, context.links)
        blocks.append(SourceBlock(view.place, (view,), newer))
    return tuple(blocks)


def _superseded(
    notices: Sequence[Notice], context: AnswerContext
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the title of each replaced report that is quoted, with what replaces it."""
    return tuple(
        (
            context.edition.entry(notice.doc_id).info.title,
            newer_editions(notice.newer, context.edition, context.links),
        )
        for notice in notices
        if notice.code is NoticeCode.SUPERSEDED
    )


def _left_out(
    answer: Answer, notices: Sequence[Notice], context: AnswerContext
) -> tuple[tuple[str, str | None], ...]:
    """Return the countries that an answer leaves out, with the address that asks about each."""
    text = answer.question.text
    known = {facet.value for facet in context.edition.coverage.facets["country"]}
    return tuple(
        (code, f"/ask?{urlencode({'q': text, 'country': code})}" if code in known else None)
        for notice in notices
        if notice.code is NoticeCode.SIDE_MISSING
        for code in notice.countries
    )


_IN_WORDS = {
    NoticeCode.UNDERSTOOD_AS,
    NoticeCode.QUESTION_MISSING,
    NoticeCode.NOT_DEFINED,
    NoticeCode.FIGURES_DIFFER,
}


def _other_notices(outcome: Outcome, context: AnswerContext) -> tuple[str, ...]:
    """Return the notices that have no links, in words; of missing sides, those of no country."""
    sides = [
        replace(notice, countries=())
        for notice in outcome.notices
        if notice.code is NoticeCode.SIDE_MISSING and notice.sides
    ]
    others = [notice for notice in outcome.notices if notice.code in _IN_WORDS]
    unlinked = replace(outcome, notices=(*sides, *others))
    return tuple(chain(*context.wording.notices(unlinked)))


def _comparison(comparison: FigureComparison | None) -> Comparison | None:
    if comparison is None:
        return None
    return Comparison(
        reports=tuple(
            ComparedReport(
                title=report.report.title,
                language=report.report.language,
                publisher=report.report.publisher,
                year=report.year,
                figures=report.figures,
                numbers=report.numbers,
            )
            for report in comparison.reports
        ),
        shared=comparison.shared,
        differs=comparison.differs,
        years=comparison.years,
    )


def _quote_view(
    quote: Quote, citation: Citation, *, answer: Answer, context: AnswerContext
) -> QuoteView:
    single = replace(answer, quotes=(copied_quote(quote),), citations=(citation,))
    links = Links(context.base_url)  # absolute: the citation is pasted elsewhere
    words = context.wording.words(answer.language)
    return QuoteView(
        number=citation.number,
        text=quote.text,
        groups=_quote_text(quote, citation, context),
        place=_cited_place(citation, answer, context),
        context=_surrounding_text(citation, context),
        restated=tuple(restated_work(section, words=words) for section in citation.restated),
        citation_href=links.quote(citation.document, citation.span),
        citation=context.wording.answer(single, links, template="citation.txt.j2"),
        translation=context.translate(citation.quote, citation.document.info),
    )


def _quote_text(quote: Quote, citation: Citation, context: AnswerContext) -> tuple[Group, ...]:
    """Lay out a quote, what answers in it marked."""
    highlight, start = quote.highlight, citation.span.start
    marked = Span(start + highlight.start, start + highlight.end) if highlight else None
    marks = Marks.of(marked)
    document = context.edition.index.document(citation.document.doc_id)
    return _sentence(document, citation.span, marks=marks, is_row=quote.table is not None)


def _sentence(document: Document, span: Span, *, marks: Marks, is_row: bool) -> tuple[Group, ...]:
    """Lay out a sentence as in its report: as a list item, as a table row under its header."""
    if is_row:
        return typeset(document, row_with_header(document, span), marks=marks)
    return typeset_span(document, span, marks=marks)


def _feedback_form(result: Answer | Refusal, context: AnswerContext) -> FeedbackForm | None:
    if not context.collects_feedback:
        return None
    return FeedbackForm(
        question=result.question.text,
        query=context.query,
        may_keep=context.keeps_questions,
        fingerprint=context.edition.index.manifest.fingerprint,
        cited=tuple(str(sealed) for sealed in seal(result)),
    )


def _cited_place(citation: Citation, answer: Answer, context: AnswerContext) -> PlaceView:
    doc_id = citation.document.doc_id
    return place_view(
        context.edition,
        context.links,
        doc_id,
        citation.span,
        headings=citation.headings,
        among=[other.span for other in answer.citations if other.document.doc_id == doc_id],
    )


def _nearest(scored: ScoredPassage, context: AnswerContext, *, may_answer: bool) -> NearestPassage:
    passage = scored.passage
    document = context.edition.index.document(passage.doc_id)
    likeliest = scored.likeliest if may_answer else ()
    groups = typeset_span(document, passage.span, marks=Marks(tuple(sorted(likeliest))))
    is_text = all(group.kind != "table" for group in groups)
    is_sentence = is_text and scored.likeliest
    snippet = copied(scored.likeliest[0].of(document.text)) if is_sentence else _snippet(groups)
    return NearestPassage(
        snippet=snippet,
        likely=tuple(_likely(span, scored, context) for span in likeliest),
        groups=groups,
        place=place_view(
            context.edition,
            context.links,
            passage.doc_id,
            passage.span,
            headings=passage.headings,
        ),
        translation="" if likeliest else context.translate(snippet, document.info),
    )


def _likely(span: Span, scored: ScoredPassage, context: AnswerContext) -> LikelySentence:
    """Lay out a sentence that may answer, all of it marked."""
    passage = scored.passage
    document = context.edition.index.document(passage.doc_id)
    is_row = document.blocks[document.block_number_at(span.start)].kind is BlockKind.TABLE_ROW
    return LikelySentence(
        groups=_sentence(document, span, marks=Marks.of(span), is_row=is_row),
        place=place_view(
            context.edition, context.links, passage.doc_id, span, headings=passage.headings
        ),
        translation=context.translate(copied(span.of(document.text)), document.info),
    )


def _snippet(groups: Sequence[Group]) -> str:
    """Return the first words without the headings; the cells of a table row are separated."""
    blocks = [block for group in groups if group.kind != "heading" for block in group.blocks]
    cells = [["".join(run.text for run in cell) for cell in block.cells] for block in blocks]
    return shorten(" ".join(" · ".join(row) for row in cells), SNIPPET_CHARS, placeholder=" …")


def _surrounding_text(citation: Citation, context: AnswerContext) -> tuple[Group, ...]:
    """Lay out what stands around a quote; nothing where that is nothing, or nearly."""
    index, quote = context.edition.index, citation.span
    row = index.row_of(citation.passage_id)
    if row is None:
        return ()
    document = index.document(citation.document.doc_id)
    entry = index.entry(citation.document.doc_id)
    passages = index.passage_spans(entry)
    position = row - entry.first_passage
    shown = _joined(passages[position], quote)
    if _n_chars_around(quote, shown, document) < N_CONTEXT_CHARS:
        for neighbour in passages[max(position - 1, 0) : position + 2]:
            shown = _joined(shown, neighbour)
    if not _n_chars_around(quote, shown, document):
        return ()
    return typeset_span(document, shown, marks=Marks.of(quote))


def _joined(first: Span, second: Span) -> Span:
    """Return the stretch that holds both: a quote may run over into the next passage."""
    return Span(min(first.start, second.start), max(first.end, second.end))


def _n_chars_around(quote: Span, shown: Span, document: Document) -> int:
    """Return how many characters of ``shown`` are neither of the quote nor of a heading."""
    parts = [(shown.start, quote.start), (quote.end, shown.end)]
    return sum(
        max(min(end, block.span.end) - max(start, block.span.start), 0)
        for start, end in parts
        for block in document.blocks
        if block.kind is not BlockKind.HEADING
    )
