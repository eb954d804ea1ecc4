"""Documents as the evaluated pipeline serves them; its answers are judged against their text."""

from bisect import bisect_right
from dataclasses import dataclass

from indexer.records import PageStart, Span
from indexer.store.protocol import StoredIndex


@dataclass(frozen=True, slots=True)
class ServedDocument:
    """A document of the index that answered.

    Attributes:
        doc_id: Its id.
        text: The text that spans index.
        publisher: Who published it.
        countries: ISO 3166-1 alpha-2 codes.
        regions: As the catalogue writes them.
        themes: As the catalogue writes them.
        page_starts: Ascending; empty for a format without pages.
        passages: Of all its passages; ``None`` over HTTP, where nobody lists them.
    """

    doc_id: str
    text: str
    publisher: str | None = None
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    page_starts: tuple[PageStart, ...] = ()
    passages: tuple[Span, ...] | None = None

    def page_at(self, offset: int) -> int | None:
        """Return the 1-based page of the character at ``offset``; ``None`` without pages."""
        if not self.page_starts:
            return None
        after = bisect_right(self.page_starts, offset, key=lambda page_start: page_start.start)
        return self.page_starts[max(after - 1, 0)].page


def served_document(index: StoredIndex, doc_id: str) -> ServedDocument | None:
    """Return a document of an index, or ``None`` if there is none of this id."""
    if index.position(doc_id) is None:
        return None
    entry = index.entry(doc_id)
    document = index.document(doc_id)
    return ServedDocument(
        doc_id=doc_id,
        text=document.text,
        publisher=entry.info.publisher,
        countries=entry.info.countries,
        regions=entry.info.regions,
        themes=entry.info.themes,
        page_starts=document.page_starts,
        passages=index.passage_spans(entry),
    )
