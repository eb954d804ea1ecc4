"""Cuts a long report into parts, so that 300 pages open as fast as three."""

from bisect import bisect_right
from dataclasses import dataclass

from indexer.records import Document
from service.interfaces.web.page_turns import page_turns

MIN_PART_CHARS = 60_000
"""A part ends at the first page turn after so many characters (some 20 pages)."""


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Consecutive blocks of a document, ``[first_block, last_block)``.

    Attributes:
        first_block: Position of its first block.
        last_block: One past its last.
        start: First character of its first block.
        first_page: Page on which it begins; ``None`` without pages.
        last_page: The highest page in it.
    """

    first_block: int
    last_block: int
    start: int
    first_page: int | None
    last_page: int | None


def cut_into_parts(
    document: Document, *, min_chars: int = MIN_PART_CHARS
) -> tuple[DocumentPart, ...]:
    """Cut ``document`` at page turns; at any block if it has no pages or a page is too long."""
    page_starts = {page_start.start for page_start in document.page_starts}
    starts = [0]
    for position, block in enumerate(document.blocks):
        length = block.span.start - document.blocks[starts[-1]].span.start
        at_page_start = block.span.start in page_starts or not page_starts
        if length >= (min_chars if at_page_start else 2 * min_chars):
            starts.append(position)
    ends = [*starts[1:], len(document.blocks)]
    turns = page_turns(document)
    return tuple(
        _part(document, first, last, turns) for first, last in zip(starts, ends, strict=True)
    )


def part_at(parts: tuple[DocumentPart, ...], offset: int) -> int:
    """Return the position of the part that holds the character at ``offset``."""
    return max(bisect_right(parts, offset, key=lambda part: part.start) - 1, 0)


def _part(document: Document, first: int, last: int, turns: dict[int, int]) -> DocumentPart:
    start = document.blocks[first].span.start
    end = document.blocks[last - 1].span.end
    pages = [page for offset, page in turns.items() if start <= offset < end]
    return DocumentPart(
        first_block=first,
        last_block=last,
        start=start,
        first_page=min(pages, default=document.page_at(start)),
        last_page=max(pages, default=document.page_at(end - 1)),
    )
