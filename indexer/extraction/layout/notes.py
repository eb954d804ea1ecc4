"""Tells footnotes at the bottom of a page from the text above them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.extraction.layout.lines import Line

_SMALLER = 0.94
_WIDE_GAP = 2.2
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|[a-z]|[¹²³⁰-⁹]{1,3})[.)]?(?:\s+\S|[A-ZÀ-Þ“\"])")


def split_notes(lines: Sequence[Line], *, body_size: float) -> tuple[list[Line], list[Line]]:
    """Return a page's lines as ``(text, notes)``, each in the order given.

    A note begins with a superscript, a number or a sign, is set smaller than the body, and stands
    below all body text of its column; smaller lines under its beginning belong to it. Notes as
    large as the body begin with a superscript, a wide gap below the text.
    """
    below = [line for line in lines if _is_below_body(line, lines, body_size)] or _apart(lines)
    starts = [line for line in below if line.raised or _NOTE_MARK.match(line.text)]
    if not starts:
        return list(lines), []
    notes = {line for line in below if any(_belongs(line, start) for start in starts)}
    return [line for line in lines if line not in notes], [line for line in lines if line in notes]


def starts_note(line: Line) -> bool:
    """Tell whether ``line``, one of a page's notes, begins a new one."""
    return line.raised or bool(_NOTE_MARK.match(line.text))


def _is_below_body(line: Line, lines: Sequence[Line], body_size: float) -> bool:
    if line.size > _SMALLER * body_size:
        return False
    return not any(
        other.y < line.y and other.size > _SMALLER * body_size and _overlap(line, other)
        for other in lines
    )


def _apart(lines: Sequence[Line]) -> list[Line]:
    """Return the lines below the widest gap in the lower half of the page that a note begins."""
    by_height = sorted(lines, key=lambda line: -line.y)
    if not by_height:
        return []
    middle = (by_height[0].y + by_height[-1].y) / 2
    for above, line in pairwise(by_height):
        is_wide = above.y - line.y >= _WIDE_GAP * line.size
        if is_wide and line.y < middle and line.raised and line.text[:1].isdigit():
            return [other for other in lines if other.y <= line.y]
    return []


def _belongs(line: Line, start: Line) -> bool:
    return line is start or (
        line.y <= start.y + 0.5
        and line.size >= 0.8 * start.size
        and line.x0 >= start.x0 - 3 * start.size
    )


def _overlap(line: Line, other: Line) -> bool:
    return min(line.x1, other.x1) > max(line.x0, other.x0)
