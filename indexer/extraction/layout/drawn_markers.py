"""Puts markers of lists that were drawn by themselves before the text of their items."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.extraction.layout.lines import Line

_MARKERS = frozenset("•●○▪■□◦‣➢✓·")
_REACH = 6.0  # of the larger font size, between a marker and its text
_LEVEL = 0.4


def with_markers(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` with each lone marker joined to the text that stands right of it.

    A marker may be larger than its text, and stand a little lower. One without text stays.
    """
    texts = {id(line): line for line in lines}
    for marker in lines:
        text = _nearest(marker, lines) if marker.text in _MARKERS else None
        if text is not None and texts[id(text)] is text:
            texts[id(text)] = replace(text, text=f"{marker.text} {text.text}", x0=marker.x0)
            del texts[id(marker)]
    return [texts[id(line)] for line in lines if id(line) in texts]


def _nearest(marker: Line, lines: Sequence[Line]) -> Line | None:
    """Return the line whose text begins next to ``marker``, on about its baseline."""
    beside = [line for line in lines if line.text not in _MARKERS and _is_beside(marker, line)]
    return min(beside, key=lambda line: line.x0, default=None)


def _is_beside(marker: Line, line: Line) -> bool:
    size = max(marker.size, line.size)
    is_level = abs(marker.y - line.y) <= _LEVEL * size
    return is_level and 0 <= line.x0 - marker.x1 <= _REACH * size
