"""Answers and refusals as pages."""

from bisect import bisect_right
from urllib.parse import urlencode

from indexer.records import Document, Span
from service.api.responses import Presenter
from service.records import Answer, Citation, CitedDocument, Refusal, ScoredPassage
from service.web.typeset import Group, marked_parts, typeset
from service.web.views import AnswerPage, Form, NearPassage, PlaceView, QuoteView, RefusalPage

STRONG, FAIR = 0.75, 0.5
"""Confidence from which an answer counts as well supported, and as supported."""


def answer_page(answer: Answer, form: Form, presenter: Presenter) -> AnswerPage:
    """Show the quotes in reading order, each with its place and the passage around it."""
    quotes = tuple(
        QuoteView(
            number=citation.number,
            parts=marked_parts(quote.text, quote.highlight),
            place=_cited_place(citation, presenter),
            context=_context(citation, presenter),
        )
        for quote, citation in zip(answer.quotes, answer.citations, strict=True)
    )
    return AnswerPage(
        title=answer.question.text,
        form=form,
        support=support(answer.confidence),
        quotes=quotes,
        n_reports=len({citation.document.doc_id for citation in answer.citations}),
    )


def refusal_page(refusal: Refusal, form: Form, presenter: Presenter) -> RefusalPage:
    """Say why there is no answer, and show what comes nearest as what it is."""
    message = presenter.wording.refusal(refusal, presenter.edition.coverage)
    return RefusalPage(
        title=refusal.question.text,
        form=form,
        language=refusal.language,
        paragraphs=tuple(part for part in message.split("\n\n") if part),
        code=refusal.code,
        nearest=tuple(_near(scored, presenter) for scored in refusal.nearest),
        examples=examples_of(presenter.edition.examples),
    )


def support(confidence: float) -> str:
    """Return how sure we are as a word: ``strong``, ``fair`` or ``weak``."""
    if confidence >= STRONG:
        return "strong"
    return "fair" if confidence >= FAIR else "weak"


def examples_of(questions: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return each question with the address that asks it."""
    return tuple((text, f"/ask?{urlencode({'q': text})}") for text in questions)


def _cited_place(citation: Citation, presenter: Presenter) -> PlaceView:
    return _place(
        presenter,
        citation.document,
        citation.span,
        pages=(citation.page, citation.page_end, citation.page_label),
        headings=citation.headings,
    )


def _near(scored: ScoredPassage, presenter: Presenter) -> NearPassage:
    passage = scored.passage
    document = presenter.index.document(passage.doc_id)
    page = document.page_at(passage.span.start)
    return NearPassage(
        groups=_set(document, passage.span),
        place=_place(
            presenter,
            CitedDocument(document.doc_id, document.info, document.sha256),
            passage.span,
            pages=(page, document.page_at(passage.span.end - 1), document.page_label(page)),
            headings=passage.headings,
        ),
    )


def _place(
    presenter: Presenter,
    document: CitedDocument,
    span: Span,
    *,
    pages: tuple[int | None, int | None, str | None],
    headings: tuple[str, ...],
) -> PlaceView:
    page, page_end, label = pages
    info = document.info
    entry = presenter.index.entry(document.doc_id)
    return PlaceView(
        title=info.title,
        publisher=info.publisher,
        year=info.year,
        language=info.language,
        page=page,
        page_end=page_end if page and page_end and page_end > page else None,
        page_label=label,
        headings=headings,
        href=presenter.links.quote(document, span),
        original_href=presenter.links.original(document.doc_id, entry.file, page=page),
    )


def _context(citation: Citation, presenter: Presenter) -> tuple[Group, ...]:
    row = presenter.index.row_of(citation.passage_id)
    if row is None:
        return ()
    document = presenter.index.document(citation.document.doc_id)
    passage, quote = presenter.index.passage(row).span, citation.span
    # A quote may run over into the next passage: show all of both.
    around = Span(min(passage.start, quote.start), max(passage.end, quote.end))
    return _set(document, around, mark=quote)


def _set(document: Document, span: Span, *, mark: Span | None = None) -> tuple[Group, ...]:
    first = bisect_right(document.blocks, span.start, key=lambda block: block.span.end)
    last = bisect_right(document.blocks, span.end - 1, key=lambda block: block.span.start)
    return typeset(document, document.blocks[first:last], mark=mark, within=span)
