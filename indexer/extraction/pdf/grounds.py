"""The areas that a page fills: what text as pale as paper may be seen on."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdf import PageObject, mult
from pypdf.errors import PyPdfError
from pypdf.generic import ContentStream, DictionaryObject

from indexer.extraction.pdf.fragments import Operation, page_resources
from indexer.extraction.pdf.looks import LookTracker, drawn_object, form_matrix

_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_STROKES = frozenset({b"S", b"s"})
_BROAD = 4.0  # points; a line as broad as that may be a ground
_MAX_FORMS = 2_000
_IDENTITY = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]


@dataclass(frozen=True, slots=True)
class Ground:
    """The upright box around an area that is filled.

    Attributes:
        x0: Left end, in points of the unrotated page.
        y0: Lower end.
        x1: Right end.
        y1: Upper end.
        pale: Filled with a colour as pale as paper.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    pale: bool

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in the box."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


Point = tuple[float, float]

_UNIT_SQUARE: tuple[Point, ...] = ((0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0))
_EVERYWHERE = Ground(-math.inf, -math.inf, math.inf, math.inf, pale=False)


def page_grounds(page: PageObject, operations: Sequence[Operation]) -> list[Ground]:
    """Return what ``page`` fills, in drawing order; pictures and shadings are not pale.

    A page that does not keep the standard, or that draws too many forms, is taken to be filled.

    Args:
        page: As pypdf gives it.
        operations: Of its content stream.
    """
    walk = _Walk(page.pdf)
    try:
        return list(walk.grounds(operations, page_resources(page), _IDENTITY))
    except (PyPdfError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
        return [_EVERYWHERE]


class _Walk:
    """Goes through a page's operations and those of the forms it draws."""

    def __init__(self, pdf: object) -> None:
        self._pdf = pdf
        self._forms_left = _MAX_FORMS

    def grounds(
        self,
        operations: Sequence[Operation],
        resources: DictionaryObject | None,
        matrix: list[float],
    ) -> Iterator[Ground]:
        """Yield what ``operations`` fill; ``matrix`` leads from their coordinates to the page's."""
        look = LookTracker(resources)
        saved: list[list[float]] = []
        points: list[Point] = []
        line_width = 1.0
        for operands, operator in operations:
            look.follow(operator, operands)
            if operator == b"q":
                saved.append(matrix)
            elif operator == b"Q":
                matrix = saved.pop() if saved else matrix
            elif operator == b"cm":
                matrix = mult(_numbers(operands), matrix)
            elif operator == b"w":
                line_width = _numbers(operands)[0]
            elif operator == b"Do":
                yield from self._drawn(operands, resources, matrix)
            else:
                yield from _painted(operator, points, matrix, look, line_width)
            points = _path(points, operator, operands)

    def _drawn(
        self, operands: list[object], resources: DictionaryObject | None, matrix: list[float]
    ) -> Iterator[Ground]:
        """Yield the area of a picture, or what a form fills."""
        drawn = drawn_object(resources, operands)
        self._forms_left -= 1
        if drawn is None:
            return
        if drawn.get("/Subtype") == "/Image":
            yield from _box(_UNIT_SQUARE, matrix, pale=False)
        elif self._forms_left <= 0:
            yield _EVERYWHERE
        else:
            inner = drawn.get("/Resources")
            inner = inner.get_object() if inner is not None else None
            yield from self.grounds(
                ContentStream(drawn, self._pdf, "bytes").operations,
                inner if isinstance(inner, DictionaryObject) else resources,
                mult(form_matrix(drawn), matrix),
            )


def _painted(
    operator: bytes,
    points: Sequence[Point],
    matrix: list[float],
    look: LookTracker,
    line_width: float,
) -> Iterator[Ground]:
    if operator in _FILLS:
        yield from _box(points, matrix, pale=look.is_pale)
    elif operator in _STROKES and line_width * math.hypot(*matrix[:2]) >= _BROAD:
        yield from _box(points, matrix, pale=False, margin=line_width / 2)
    elif operator == b"sh":
        yield _EVERYWHERE
    elif operator == b"INLINE IMAGE":
        yield from _box(_UNIT_SQUARE, matrix, pale=False)


def _numbers(operands: Sequence[object]) -> list[float]:
    return [float(value) for value in operands if isinstance(value, int | float)]


def _path(points: list[Point], operator: bytes, operands: Sequence[object]) -> list[Point]:
    """Return the points of the path that is being built."""
    if operator in {b"n", *_FILLS, *_STROKES}:
        return []
    if operator not in {b"re", b"m", b"l", b"c", b"v", b"y"}:
        return points
    numbers = _numbers(operands)
    if operator == b"re" and len(numbers) == 4:  # noqa: PLR2004
        x, y, width, height = numbers
        numbers = [x, y, x + width, y, x, y + height, x + width, y + height]
    points += zip(numbers[::2], numbers[1::2], strict=False)
    return points


def _box(
    points: Sequence[Point], matrix: list[float], *, pale: bool, margin: float = 0.0
) -> Iterator[Ground]:
    if not points:
        return
    a, b, c, d, e, f = matrix
    corners = [
        (x + dx, y + dy) for x, y in points for dx in (-margin, margin) for dy in (-margin, margin)
    ]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    yield Ground(min(xs), min(ys), max(xs), max(ys), pale)
