"""Cites what is quoted: each quote with its report, page and heading path."""

from collections.abc import Sequence

from indexer.records import Passage, Span
from indexer.store.protocol import SearchIndex
from indexer.store.records import DocumentEntry
from service.pipeline.quoting import QuotedSpan
from service.pipeline.restated import restated_sections
from service.records import Citation, CitedDocument, ScoredPassage

N_NEAREST = 3
"""Passages shown with a refusal at most."""


def citations_of(
    quotes: Sequence[QuotedSpan], passages: Sequence[ScoredPassage], index: SearchIndex
) -> tuple[Citation, ...]:
    """Return a citation for each quote, numbered from 1.

    Args:
        quotes: Chosen from the sentences of ``passages``.
        passages: The retrieved passages.
        index: Where it was retrieved.
    """
    return tuple(
        citation_of(
            quote.span,
            passages[quote.best.passage].passage,
            entry=index.documents[quote.document],
            index=index,
            number=number,
        )
        for number, quote in enumerate(quotes, start=1)
    )


def nearest_passages(passages: Sequence[ScoredPassage]) -> tuple[ScoredPassage, ...]:
    """Return at most `N_NEAREST` passages, best first, that do not overlap."""
    nearest: list[ScoredPassage] = []
    for scored in passages:
        passage = scored.passage
        if not any(
            passage.doc_id == better.passage.doc_id and passage.span.overlaps(better.passage.span)
            for better in nearest
        ):
            nearest.append(scored)
    return tuple(nearest[:N_NEAREST])


def citation_of(
    span: Span, passage: Passage, *, entry: DocumentEntry, index: SearchIndex, number: int
) -> Citation:
    """Return a citation of a stretch of text.

    Args:
        span: What is cited.
        passage: Where it stands, or begins.
        entry: The report.
        index: Where the report is, and those that it restates.
        number: Of the citation.
    """
    document = index.document(entry.doc_id)
    page = document.page_at(span.start)
    text = span.of(document.text)
    return Citation(
        number=number,
        passage_id=passage.passage_id,
        document=CitedDocument(entry.doc_id, entry.info, entry.sha256, entry.superseded_by),
        span=span,
        quote=text,
        page=page,
        page_end=document.page_at(span.end - 1),
        page_label=document.page_label(page),
        headings=passage.headings,
        restated=restated_sections(text, entry.info.sources, index),
    )
