"""Cites what is quoted: each quote with its report, page and heading path."""

from collections.abc import Sequence

from indexer.store.protocol import SearchIndex
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
        _citation(number, quote, passages, index) for number, quote in enumerate(quotes, start=1)
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


def _citation(
    number: int, quote: QuotedSpan, passages: Sequence[ScoredPassage], index: SearchIndex
) -> Citation:
    entry = index.documents[quote.document]
    document = index.document(entry.doc_id)
    passage = passages[quote.best.passage].passage
    page = document.page_at(quote.span.start)
    text = quote.span.of(document.text)
    return Citation(
        number=number,
        passage_id=passage.passage_id,
        document=CitedDocument(entry.doc_id, entry.info, entry.sha256, entry.superseded_by),
        span=quote.span,
        quote=text,
        page=page,
        page_end=document.page_at(quote.span.end - 1),
        page_label=document.page_label(page),
        headings=passage.headings,
        restated=restated_sections(text, entry.info.sources, index),
    )
