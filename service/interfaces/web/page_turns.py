"""Offsets at which the pages of a report begin."""

from indexer.records import Document


def page_turns(document: Document) -> dict[int, int]:
    """Return the page that begins at each offset, in order, each page once.

    A footnote comes after the paragraph that it interrupts, so pages may go back and forth; the way
    back is left out.
    """
    turns: dict[int, int] = {}
    highest = 0
    for page_start in document.page_starts:
        if page_start.page > highest:
            turns[page_start.start] = highest = page_start.page
    return turns
