"""Answers and refusals as pages."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from urllib.parse import urlencode

from indexer.records import Document, Span
from service.interfaces.web.typeset import typeset
from service.interfaces.web.views.answer import AnswerPage, ExportLinks, QuoteView, SourceBlock
from service.interfaces.web.views.comparison import ComparedReport, Comparison
from service.interfaces.web.views.example import Example
from service.interfaces.web.views.feedback import FeedbackForm
from service.interfaces.web.views.form import Form
from service.interfaces.web.views.place import PlaceView
from service.interfaces.web.views.refusal import NearestPassage, RefusalPage
from service.interfaces.web.views.replay import Change, Replay
from service.interfaces.web.views.text import Group
from service.library import Edition
from service.pipeline.figure_comparison import FigureComparison
from service.pipeline.notices import Notice, NoticeCode
from service.pipeline.question import language_of
from service.presentation.links import Links
from service.presentation.permalinks import SealedQuote, changes_between, seal
from service.presentation.wording import Wording
from service.qa_service import Outcome
from service.records import Answer, Citation, CitedDocument, Quote, Refusal, ScoredPassage

FINGERPRINT_CHARS = 8
SNIPPET_CHARS = 220
EXPORTS = ("docx", "md", "bib", "ris", "csl.json")
"""Kinds of files an answer can be taken away as, in the order of the page."""


@dataclass(frozen=True, slots=True)
class PermanentLink:
    """What the address of a permanent link carries.

    Attributes:
        made_on: Day of the index that it was made from, ISO 8601.
        made_from: Fingerprint of that index, its first characters.
        sealed: What was quoted, or ``None`` where the link is damaged.
    """

    made_on: str
    made_from: str
    sealed: tuple[SealedQuote, ...] | None


@dataclass(frozen=True, slots=True)
class Around:
    """What a page of an answer is made with besides the answer.

    Attributes:
        edition: The index that answered.
        links: Links of our own pages, or of a file that is taken away.
        wording: Puts answers and refusals into words.
        form: The form, the question in it.
        language: Of the interface.
        query: What decides the answer: question and filters, as an address has them.
        base: ``scheme://host`` of addresses that are taken away.
        link: What a permanent link carries, or ``None`` without one.
        stores: Whether what people say is stored.
    """

    edition: Edition
    links: Links
    wording: Wording
    form: Form
    language: str
    query: str
    base: str
    link: PermanentLink | None = None
    stores: bool = False


def answer_page(outcome: Outcome, answer: Answer, around: Around) -> AnswerPage:
    """Show the quotes in reading order, each with its place and the passage around it."""
    blocks = _blocks(answer, around)
    return AnswerPage(
        title=answer.question.text,
        title_language=answer.question.language,
        form=around.form,
        support=outcome.support,
        blocks=blocks,
        n_quotes=len(answer.quotes),
        n_reports=len({citation.document.doc_id for citation in answer.citations}),
        superseded=_superseded(outcome.notices, around),
        left_out=_left_out(answer, outcome.notices, around),
        comparison=_compared(outcome.comparison, blocks),
        replay=replay(answer, around),
        export_links=take_away(answer, around),
        feedback=_say(answer, around),
    )


def refusal_page(outcome: Outcome, refusal: Refusal, around: Around) -> RefusalPage:
    """Say why there is no answer, and show what comes nearest as what it is."""
    message = around.wording.refusal(refusal, around.edition.coverage)
    return RefusalPage(
        title=refusal.question.text,
        title_language=refusal.question.language,
        form=around.form,
        language=refusal.language,
        paragraphs=tuple(part for part in message.split("\n\n") if part),
        code=refusal.code,
        nearest=tuple(_near(scored, around) for scored in refusal.nearest),
        suggestions=examples_of(outcome.suggestions),
        examples=() if outcome.suggestions else examples_of(around.edition.examples),
        replay=replay(refusal, around),
        feedback=_say(refusal, around),
    )


def take_away(result: Answer | Refusal, around: Around) -> ExportLinks:
    """Return the addresses under which ``result`` can be taken away."""
    manifest = around.edition.index.manifest
    fingerprint = manifest.fingerprint[:FINGERPRINT_CHARS]
    seals = [("cited", str(sealed)) for sealed in seal(result)]
    made = [("on", manifest.built_at[:10]), ("index", fingerprint), *seals]
    return ExportLinks(
        permalink=f"{around.base}/ask?{around.query}&{urlencode(made)}",
        exports=tuple((kind, f"/ask/export/{kind}?{around.query}") for kind in EXPORTS),
        built_at=manifest.built_at,
        fingerprint=fingerprint,
    )


def replay(result: Answer | Refusal, around: Around) -> Replay | None:
    """Compare ``result`` with what a permanent link carries."""
    link = around.link
    if link is None:
        return None
    if link.sealed is None:
        return Replay("damaged", link.made_on, same_index=False, changes=())
    entries = {entry.doc_id: entry for entry in around.edition.index.documents}
    hashes = {doc_id: entry.sha256 for doc_id, entry in entries.items()}
    now = seal(result)
    changes = changes_between(link.sealed, now, hashes)
    return Replay(
        outcome="changed" if changes else "identical",
        made_on=link.made_on,
        same_index=around.edition.index.manifest.fingerprint.startswith(link.made_from or "-"),
        changes=tuple(
            Change(
                kind=change.kind,
                title=entries[change.doc_id].info.title
                if change.doc_id in entries
                else change.doc_id,
                href=around.links.document(change.doc_id) if change.doc_id in entries else None,
            )
            for change in changes
        ),
    )


def examples_of(questions: Sequence[str]) -> tuple[Example, ...]:
    """Return each question with the address that asks it and the language it is in."""
    return tuple(
        Example(text, f"/ask?{urlencode({'q': text})}", language_of(text)) for text in questions
    )


def _blocks(answer: Answer, around: Around) -> tuple[SourceBlock, ...]:
    """Put consecutive quotes from one report together."""
    blocks: list[SourceBlock] = []
    for quote, citation in zip(answer.quotes, answer.citations, strict=True):
        view = _quote(quote, citation, answer=answer, around=around)
        last = blocks[-1] if blocks else None
        if last and last.place.doc_id == view.place.doc_id:
            blocks[-1] = replace(last, quotes=(*last.quotes, view))
            continue
        newer = newer_of(citation.document.superseded_by, around.edition, around.links)
        blocks.append(SourceBlock(view.place, (view,), newer))
    return tuple(blocks)


def _superseded(
    notices: Sequence[Notice], around: Around
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the title of each replaced report that is quoted, with what replaces it."""
    return tuple(
        (
            around.edition.entry(notice.doc_id).info.title,
            newer_of(notice.newer, around.edition, around.links),
        )
        for notice in notices
        if notice.code is NoticeCode.SUPERSEDED
    )


def _left_out(
    answer: Answer, notices: Sequence[Notice], around: Around
) -> tuple[tuple[str, str | None], ...]:
    """Return the countries that are missing from an answer, with the way to ask about each."""
    text = answer.question.text
    known = {facet.value for facet in around.edition.coverage.facets["country"]}
    return tuple(
        (code, f"/ask?{urlencode({'q': text, 'country': code})}" if code in known else None)
        for notice in notices
        if notice.code is NoticeCode.SIDE_MISSING
        for code in notice.countries
    )


def _compared(
    comparison: FigureComparison | None, blocks: Sequence[SourceBlock]
) -> Comparison | None:
    if comparison is None:
        return None
    places = {block.place.doc_id: block.place for block in reversed(blocks)}
    return Comparison(
        reports=tuple(
            ComparedReport(
                place=places[report.citation.document.doc_id],
                figures=report.figures,
                numbers=report.numbers,
            )
            for report in comparison.reports
        ),
        shared=comparison.shared,
        differs=comparison.differs,
        years=comparison.years,
    )


def newer_of(doc_ids: Sequence[str], edition: Edition, links: Links) -> tuple[tuple[str, str], ...]:
    """Return titles and addresses of the reports that replace another."""
    return tuple((edition.entry(doc_id).info.title, links.document(doc_id)) for doc_id in doc_ids)


def _quote(quote: Quote, citation: Citation, *, answer: Answer, around: Around) -> QuoteView:
    alone = replace(answer, language=around.language, quotes=(quote,), citations=(citation,))
    away = Links(around.base)  # what is taken away must lead back here
    return QuoteView(
        number=citation.number,
        text=quote.text,
        groups=_quoted(quote, citation, around),
        place=_cited_place(citation, answer, around),
        context=_context(citation, around),
        citation=around.wording.answer(alone, away, template="citation.txt.j2"),
    )


def _quoted(quote: Quote, citation: Citation, around: Around) -> tuple[Group, ...]:
    """Set a quote as it is set in its report: a list item as one, a table row in cells."""
    light, start = quote.highlight, citation.span.start
    mark = Span(start + light.start, start + light.end) if light else None
    return _set(around.edition.index.document(citation.document.doc_id), citation.span, mark=mark)


def _say(result: Answer | Refusal, around: Around) -> FeedbackForm | None:
    if not around.stores:
        return None
    return FeedbackForm(
        question=result.question.text,
        query=around.query,
        fingerprint=around.edition.index.manifest.fingerprint,
        cited=tuple(str(sealed) for sealed in seal(result)),
    )


def _cited_place(citation: Citation, answer: Answer, around: Around) -> PlaceView:
    doc_id = citation.document.doc_id
    quoted = [each.span for each in answer.citations if each.document.doc_id == doc_id]
    place = _place(
        around,
        citation.document,
        citation.span,
        pages=(citation.page, citation.page_end, citation.page_label),
        headings=citation.headings,
    )
    href = around.links.quote(citation.document, citation.span, among=quoted)
    return replace(place, href=href)


def _near(scored: ScoredPassage, around: Around) -> NearestPassage:
    passage = scored.passage
    document = around.edition.index.document(passage.doc_id)
    page = document.page_at(passage.span.start)
    groups = _set(document, passage.span)
    return NearestPassage(
        snippet=_snippet(groups),
        groups=groups,
        place=_place(
            around,
            CitedDocument(document.doc_id, document.info, document.sha256),
            passage.span,
            pages=(page, document.page_at(passage.span.end - 1), document.page_label(page)),
            headings=passage.headings,
        ),
    )


def _snippet(groups: Sequence[Group]) -> str:
    """Return the first words under the heading, the cells of a table's rows apart."""
    blocks = [block for group in groups if group.kind != "heading" for block in group.blocks]
    cells = [["".join(run.text for run in cell) for cell in block.cells] for block in blocks]
    return shorten(" ".join(" · ".join(row) for row in cells), SNIPPET_CHARS, placeholder=" …")


def _place(
    around: Around,
    document: CitedDocument,
    span: Span,
    *,
    pages: tuple[int | None, int | None, str | None],
    headings: tuple[str, ...],
) -> PlaceView:
    page, page_end, label = pages
    info = document.info
    entry = around.edition.index.entry(document.doc_id)
    return PlaceView(
        doc_id=document.doc_id,
        title=info.title,
        publisher=info.publisher,
        year=info.year,
        language=info.language,
        page=page,
        page_end=page_end if page and page_end and page_end > page else None,
        page_label=label,
        headings=headings,
        href=around.links.quote(document, span),
        original_href=around.links.original(document.doc_id, entry.file, page=page),
    )


def _context(citation: Citation, around: Around) -> tuple[Group, ...]:
    row = around.edition.index.row_of(citation.passage_id)
    if row is None:
        return ()
    document = around.edition.index.document(citation.document.doc_id)
    passage, quote = around.edition.index.passage(row).span, citation.span
    # A quote may run over into the next passage: show all of both.
    shown = Span(min(passage.start, quote.start), max(passage.end, quote.end))
    return _set(document, shown, mark=quote)


def _set(document: Document, span: Span, *, mark: Span | None = None) -> tuple[Group, ...]:
    first = bisect_right(document.blocks, span.start, key=lambda block: block.span.end)
    last = bisect_right(document.blocks, span.end - 1, key=lambda block: block.span.start)
    return typeset(document, document.blocks[first:last], mark=mark, within=span)
