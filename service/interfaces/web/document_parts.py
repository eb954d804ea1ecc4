"""Cuts a long report into sheets, so that a page of 300 pages opens as fast as one of three."""

from bisect import bisect_right
from dataclasses import dataclass

from indexer.records import Document

SHEET_CHARS = 60_000
"""A sheet ends at the first page turn after so many characters (some 20 pages)."""


@dataclass(frozen=True, slots=True)
class Sheet:
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


def sheets_of(document: Document, *, sheet_chars: int = SHEET_CHARS) -> tuple[Sheet, ...]:
    """Cut ``document`` at page turns; where it has no pages, or a page never ends, anywhere."""
    turns = {page_start.start for page_start in document.page_starts}
    starts = [0]
    for position, block in enumerate(document.blocks):
        length = block.span.start - document.blocks[starts[-1]].span.start
        at_turn = block.span.start in turns or not turns
        if length >= (sheet_chars if at_turn else 2 * sheet_chars):
            starts.append(position)
    ends = [*starts[1:], len(document.blocks)]
    first_turns = page_turns(document)
    return tuple(
        _sheet(document, first, last, first_turns) for first, last in zip(starts, ends, strict=True)
    )


def page_turns(document: Document) -> dict[int, int]:
    """Return the page that begins at each offset, leaving out the way back after a footnote.

    A footnote stands behind the paragraph that it interrupts, so that pages may go back and forth;
    a reader wants to see each page begin once.
    """
    turns: dict[int, int] = {}
    highest = 0
    for page_start in document.page_starts:
        if page_start.page > highest:
            turns[page_start.start] = highest = page_start.page
    return turns


def sheet_with(sheets: tuple[Sheet, ...], offset: int) -> int:
    """Return the position of the sheet that holds the character at ``offset``."""
    return max(bisect_right(sheets, offset, key=lambda sheet: sheet.start) - 1, 0)


def _sheet(document: Document, first: int, last: int, turns: dict[int, int]) -> Sheet:
    start = document.blocks[first].span.start
    end = document.blocks[last - 1].span.end
    begun = [page for at, page in turns.items() if start <= at < end]
    return Sheet(
        first_block=first,
        last_block=last,
        start=start,
        first_page=min(begun, default=document.page_at(start)),
        last_page=max(begun, default=document.page_at(end - 1)),
    )
