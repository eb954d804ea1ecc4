"""The upright rules of a page: what a person sees between the cells of a table."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pypdf import mult

from indexer.extraction.pdf.fragments import Matrix, Operation

_STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_FILLS = frozenset({b"f", b"F", b"f*"})
_THICK = 1.6  # points; what is filled broader may lie behind a letter
_LONG = 5.0
_REACH = 0.5
_IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]

Point = tuple[float, float]
Side = tuple[Point, Point]
"""A straight line, by its ends."""


@dataclass(frozen=True, slots=True, order=True)
class _Rule:
    x: float
    y0: float
    y1: float


class Rules:
    """The upright rules of one page, found by their place."""

    def __init__(self, sides: Iterable[Side]) -> None:
        """Keep those of ``sides`` that stand upright; a thin one may lean by its thickness."""
        self._rules = sorted(
            _Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1))
            for (x0, y0), (x1, y1) in sides
            if abs(x1 - x0) <= _THICK and abs(y1 - y0) >= _LONG
        )
        self._places = [rule.x for rule in self._rules]

    def part(self, x0: float, x1: float, y: float) -> bool:
        """Tell whether a rule stands between ``x0`` and ``x1`` at the height ``y``."""
        at = bisect_left(self._places, x0 - _REACH)
        while at < len(self._places) and self._places[at] <= x1 + _REACH:
            if self._rules[at].y0 <= y <= self._rules[at].y1:
                return True
            at += 1
        return False


NO_RULES = Rules(())


def painted_sides(
    operations: Sequence[Operation], place: Callable[[float, float], Point]
) -> Iterator[Side]:
    """Yield the straight lines that a page strokes or fills as thin boxes, not those of its forms.

    Args:
        operations: Of its content stream.
        place: Where a point of the unrotated page stands on the page as it is read.
    """
    for side, matrix in _sides(operations):
        (a, b, c, d, e, f) = matrix
        start, end = (place(a * x + c * y + e, b * x + d * y + f) for x, y in side)
        yield start, end


def _sides(operations: Sequence[Operation]) -> Iterator[tuple[Side, Matrix]]:
    """Yield what is painted, each with the matrix of its coordinates."""
    matrix = _IDENTITY
    saved: list[Matrix] = []
    path = _Path()
    for operands, operator in operations:
        if operator in _PATHS:
            path.add(operator, [float(n) for n in operands if isinstance(n, int | float)])
        elif operator in _STROKES or operator in _FILLS:
            yield from ((side, matrix) for side in path.taken(is_filled=operator in _FILLS))
        elif operator == b"n":
            path.clear()
        elif operator == b"q":
            saved.append(matrix)
        elif operator == b"Q":
            matrix = saved.pop() if saved else _IDENTITY
        elif operator == b"cm":
            numbers = [float(n) for n in operands if isinstance(n, int | float)]
            matrix = mult(numbers, matrix) if len(numbers) == len(_IDENTITY) else matrix


_PATHS = frozenset({b"m", b"l", b"re"})


class _Path:
    """A path that is being built, of which straight lines and boxes count."""

    def __init__(self) -> None:
        self._parts: list[list[Point]] = []

    def clear(self) -> None:
        """Begin a new path."""
        self._parts.clear()

    def add(self, operator: bytes, numbers: Sequence[float]) -> None:
        """Go on with a line or a box; one that lacks numbers is passed over."""
        if operator == b"re" and len(numbers) == 4:  # noqa: PLR2004
            x, y, width, height = numbers
            right, top = x + width, y + height
            self._parts.append([(x, y), (right, y), (right, top), (x, top), (x, y)])
        elif operator != b"re" and len(numbers) == 2:  # noqa: PLR2004
            if operator == b"m" or not self._parts:
                self._parts.append([])
            self._parts[-1].append((numbers[0], numbers[1]))

    def taken(self, *, is_filled: bool) -> Iterator[Side]:
        """Yield the sides of the path, and begin a new one; of what is filled only thin parts."""
        parts, self._parts = self._parts, []
        for points in parts:
            if is_filled and not _is_thin(points):
                continue
            yield from pairwise(points)


def _is_thin(points: Sequence[Point]) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(max(xs) - min(xs), max(ys) - min(ys)) <= _THICK
