"""Pages of lines for the tests of the layout."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Line, PageLines
from indexer.records import BlockKind, TextBlock

LEFT, WIDE, TOP, PITCH, SIZE = 60.0, 480.0, 780.0, 12.0, 10.0


def full(text: str, page: int = 1, y: float = 0.0) -> Line:
    """A line that runs to the right margin."""
    return Line(text, page, LEFT, LEFT + WIDE, y, SIZE)


def short(text: str, page: int = 1, y: float = 0.0) -> Line:
    """A line that ends half way."""
    return Line(text, page, LEFT, LEFT + WIDE / 2, y, SIZE)


def page_of(*lines: Line, number: int = 1, top: float = TOP) -> PageLines:
    """A page with ``lines`` one under the other, those with a place of their own where they are."""
    placed = [
        replace(line, page=number, y=line.y or top - at * PITCH) for at, line in enumerate(lines)
    ]
    return PageLines(number, 600.0, 840.0, tuple(placed))


def texts(blocks: Sequence[TextBlock], kind: BlockKind | None = None) -> list[str]:
    return [block.text for block in blocks if kind in {None, block.kind}]


def stacked(*lines: str) -> list[str]:
    """Blocks of lines that stand a wide gap apart."""
    placed = [
        Line(text, 1, LEFT, LEFT + 5 * len(text), TOP - 30 * at, SIZE)
        for at, text in enumerate(lines)
    ]
    return texts(lay_out([page_of(*placed)], []))
