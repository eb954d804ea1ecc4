"""First pages for tests, line by line."""

from indexer.extraction.layout.lines import Line, PageLines
from indexer.extraction.pdf.front_pages import FrontPages

BODY = 10.0
_WIDTH, _HEIGHT = 595.0, 842.0
_TEXT = "Of the harbours of the coast the oldest is the one that has been dug by hand."

Written = tuple[str, float, float] | tuple[str, float, float, float]
"""Text, size, height, and where it begins."""


def page_of(*written: Written, number: int = 1, bold: bool = True) -> PageLines:
    """Return a page with some lines; those above the size of text are bold if ``bold``."""
    lines = []
    for text, size, y, *begins in written:
        x = begins[0] if begins else 60.0
        x1 = x + len(text) * size / 2
        lines.append(Line(text, number, x, x1, y, size, bold=bold and size > BODY))
    return PageLines(number, _WIDTH, _HEIGHT, tuple(lines))


def printed(
    *pages: PageLines,
    title: str | None = None,
    author: str | None = None,
) -> FrontPages:
    """Return first pages, with a page of plain text behind them."""
    number = len(pages) + 1
    text = tuple(Line(_TEXT, number, 60.0, 500.0, 700.0 - 12 * row, BODY) for row in range(20))
    behind = PageLines(number, _WIDTH, _HEIGHT, text)
    return FrontPages((*pages, behind), title=title, author=author)
