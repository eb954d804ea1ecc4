"""Puts the lines of a page in the order in which a person reads them.

Most programs draw a page in reading order, cell by cell and column by column, and then that order
is better than anything geometry can tell. Where the drawing order jumps back up the page too
often, or back and never up to another column, or hops between columns line by line, the columns
are found by the gutter between them.
"""

from collections.abc import Sequence
from itertools import pairwise

from indexer.extraction.layout.lines import Line

_MAX_JUMPS_SHARE = 0.04
_MAX_HOPS_SHARE = 0.25
_MIN_COLUMN_LINES = 4
_MAX_CROSSING_SHARE = 0.4
_MIN_WORDS = 4
_STEP = 2.0


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` of one page in reading order; see the module for how."""
    if _is_drawn_in_order(lines):
        return list(lines)
    return _by_columns(list(lines))


def _is_drawn_in_order(lines: Sequence[Line]) -> bool:
    pairs = list(pairwise(lines))
    jumps = sum(_jumps_back(above, below) for above, below in pairs)
    ups = sum(below.y > above.y + 0.6 * above.size for above, below in pairs)
    if jumps > max(1, _MAX_JUMPS_SHARE * len(lines)) or jumps == ups > 0:
        return False
    hops = sum(_hops(line, below) for line, below in pairs if _is_prose(line, below))
    return hops <= _MAX_HOPS_SHARE * len(lines)


def _jumps_back(line: Line, following: Line) -> bool:
    is_above = following.y > line.y + 0.6 * line.size
    return is_above and following.x0 < line.x1 - line.size


def _hops(line: Line, following: Line) -> bool:
    """Tell whether ``following`` stands about as high as ``line``, but in another column."""
    is_level = abs(line.y - following.y) <= 1.2 * line.size
    return is_level and (following.x0 >= line.x1 or following.x1 <= line.x0)


def _is_prose(*lines: Line) -> bool:
    """Tell whether each of ``lines`` is too long for the cell of a table."""
    return all(len(line.text.split()) >= _MIN_WORDS for line in lines)


def _by_columns(lines: list[Line]) -> list[Line]:
    """Return ``lines`` band by band: what crosses the gutter, then left and right between it."""
    gutter = _gutter(lines)
    if gutter is None:
        return _by_height(lines)
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if line.x1 <= gutter:
            left.append(line)
        elif line.x0 >= gutter:
            right.append(line)
        else:
            ordered += [*_column(left), *_column(right), line]
            left, right = [], []
    return [*ordered, *_column(left), *_column(right)]


def _column(lines: list[Line]) -> list[Line]:
    return _by_columns(lines) if len(lines) >= 2 * _MIN_COLUMN_LINES else _by_height(lines)


def _by_height(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` from top to bottom, and from left to right on one baseline."""
    ordered: list[Line] = []
    baseline: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if baseline and baseline[0].y - line.y > 0.4 * line.size:
            ordered += sorted(baseline, key=lambda line: line.x0)
            baseline = []
        baseline.append(line)
    return ordered + sorted(baseline, key=lambda line: line.x0)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the x between two columns that fewest lines cross, ``None`` if there are none."""
    start, end = min(line.x0 for line in lines), max(line.x1 for line in lines)
    best: tuple[int, float] | None = None
    for step in range(1, int((end - start) / _STEP)):
        x = start + step * _STEP
        left = sum(line.x1 <= x for line in lines)
        right = sum(line.x0 >= x for line in lines)
        crossing = len(lines) - left - right
        if min(left, right) < _MIN_COLUMN_LINES or crossing > _MAX_CROSSING_SHARE * len(lines):
            continue
        off_centre = abs(x - (start + end) / 2)
        if best is None or (crossing, off_centre) < (best[0], abs(best[1] - (start + end) / 2)):
            best = (crossing, x)
    return best[1] if best else None
