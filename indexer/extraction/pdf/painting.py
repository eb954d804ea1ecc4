"""What a page paints, followed operator by operator: areas, straight lines, clips and layers.

One walk serves both those who look for a table's rules and those who tell what hides text. A page
and each form that it draws have a tracker of their own; all write to one record.
"""

import math
import sys
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from pypdf import mult
from pypdf.generic import DictionaryObject

from indexer.extraction.pdf.looks import (
    EVERYWHERE,
    LOOK_OPERATORS,
    PLAIN,
    Box,
    Colour,
    Look,
    LookTracker,
)
from indexer.extraction.pdf.resources import drawn_object, is_layer_off, looked_up

Matrix = list[float]
"""The six numbers ``a b c d e f`` of a PDF coordinate transform."""

IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]

Point = tuple[float, float]
Side = tuple[Point, Point]
"""A straight line, by its ends."""

Moment = tuple[int, int]
"""When something is drawn: steps of the page, and steps of the forms within."""

_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_PATHS = frozenset({b"m", b"l", b"c", b"v", b"y", b"re"})
_CLIPS = frozenset({b"W", b"W*"})
_ENDS = _FILLS | _STROKES | {b"n"}
_LAYERS = frozenset({b"BDC", b"BMC", b"EMC"})
PAINT_OPERATORS = (
    LOOK_OPERATORS
    | _PATHS
    | _CLIPS
    | _ENDS
    | _LAYERS
    | {b"q", b"Q", b"cm", b"w", b"sh", b"Do", b"INLINE IMAGE"}
)
"""Operators that a tracker follows."""

_BROAD = 4.0  # points; a line as broad as that may be a ground
_THICK = 1.6  # points; what is filled broader may lie behind a letter
_LONG = 5.0
_N_BOX = 4
_LEAN = 0.001  # of a transform that counts as upright
_N_MATRIX = 6
_UNIT_SQUARE = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
_MAX_AREAS = 20_000
"""Areas kept of one page; a map of more is no ground for text."""


class Shape(Enum):
    """What is known of an area from its box."""

    BOX = "fills it"
    OTHER = "fills part of it"
    PICTURE = "a picture in it"


@dataclass(frozen=True, slots=True)
class Area:
    """What is painted inside of an upright box.

    Attributes:
        x0: Left end, in points of the unrotated page.
        y0: Lower end.
        x1: Right end.
        y1: Upper end.
        colour: Red, green and blue; ``None`` where it is not known, or not one.
        is_opaque: Nothing shows through.
        shape: How much of the box it fills.
        moment: When it is painted: before what comes at a later one.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    colour: Colour | None
    is_opaque: bool
    shape: Shape
    moment: Moment

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in the box."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(slots=True)
class PaintRecord:
    """What a page and its forms paint, in drawing order within each of them.

    Attributes:
        areas: Filled boxes, broad lines, pictures and shadings.
        sides: Straight lines that the page itself strokes or fills as thin boxes, upright or level.
        steps: Texts and objects that the page has drawn.
        form_steps: Texts that its forms have drawn.
    """

    areas: list[Area] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    steps: int = 0
    form_steps: int = 0

    @property
    def moment(self) -> Moment:
        """Now."""
        return self.steps, self.form_steps


class PaintTracker:
    """Follows the operators of one content stream."""

    def __init__(
        self,
        resources: DictionaryObject | None,
        record: PaintRecord,
        *,
        layers_off: AbstractSet[int] = frozenset(),
        start: Look = PLAIN,
        matrix: Matrix = IDENTITY,
    ) -> None:
        """Begin with what holds where the stream is drawn.

        Args:
            resources: Of the stream.
            record: Takes what is painted.
            layers_off: Object numbers of optional content that is not shown.
            start: The look of what draws the stream.
            matrix: From the stream's coordinates to the page's; of a form if not the identity.
        """
        self._looks = LookTracker(resources, start)
        self._resources = resources
        self._record = record
        self._layers_off = layers_off
        self._is_page = matrix is IDENTITY
        self._matrix = matrix
        self._clip = start.clip
        self._hidden = [start.is_hidden]
        self._line_width = 1.0
        self._saved: list[tuple[Matrix, Box, float]] = []
        self._parts: list[list[Point]] = []
        self._has_curve = False
        self._clips_next = False
        self._look: Look | None = None

    @property
    def look(self) -> Look:
        """How text drawn now looks."""
        if self._look is None:
            self._look = self._looks.look(self._clip, is_hidden=self._hidden[-1])
        return self._look

    def follow(self, operator: bytes, operands: Sequence[object]) -> None:
        """Note what ``operator`` changes or paints; one that lacks numbers is passed over."""
        if operator in _PATHS:
            self._add(operator, _numbers(operands))
        elif operator in _ENDS:
            self._paint(operator)
        elif operator in _CLIPS:
            self._clips_next = True
        elif operator in LOOK_OPERATORS:
            self._looks.follow(operator, operands)
            self._look = None
        elif operator in _LAYERS:
            was_hidden = self._hidden[-1]
            self._mark(operator, operands)
            if self._hidden[-1] is not was_hidden:
                self._look = None
        elif operator in {b"Do", b"INLINE IMAGE", b"sh"}:
            self._draw(operator, operands)
        else:
            self._set_state(operator, operands)

    def _set_state(self, operator: bytes, operands: Sequence[object]) -> None:
        if operator == b"q":
            self._saved.append((self._matrix, self._clip, self._line_width))
            self._looks.follow(operator, operands)
        elif operator == b"Q":
            if self._saved:
                self._matrix, self._clip, self._line_width = self._saved.pop()
            self._looks.follow(operator, operands)
            self._look = None
        elif operator == b"cm":
            numbers = _numbers(operands)
            if len(numbers) == _N_MATRIX:
                self._matrix = mult(numbers, self._matrix)
        elif operator == b"w":
            self._line_width = (_numbers(operands) or [1.0])[0]

    def _mark(self, operator: bytes, operands: Sequence[object]) -> None:
        """Enter or leave marked content, some of which is a layer."""
        if operator == b"EMC":
            if len(self._hidden) > 1:
                self._hidden.pop()
            return
        is_layer = operator == b"BDC" and len(operands) > 1 and operands[0] == "/OC"
        layer = looked_up(self._resources, "/Properties", operands[1:]) if is_layer else None
        is_off = bool(self._layers_off) and is_layer_off(layer, self._layers_off)
        self._hidden.append(self._hidden[-1] or is_off)

    def _add(self, operator: bytes, numbers: Sequence[float]) -> None:
        """Go on with the path."""
        if operator == b"re":
            if len(numbers) == _N_BOX:
                x, y, width, height = numbers
                right, top = x + width, y + height
                self._parts.append([(x, y), (right, y), (right, top), (x, top), (x, y)])
        elif operator in {b"m", b"l"}:
            if len(numbers) == 2:  # noqa: PLR2004
                if operator == b"m" or not self._parts:
                    self._parts.append([])
                self._parts[-1].append((numbers[0], numbers[1]))
        else:
            self._has_curve = True
            if not self._parts:
                self._parts.append([])
            self._parts[-1] += zip(numbers[::2], numbers[1::2], strict=False)

    def _paint(self, operator: bytes) -> None:
        """End the path: paint it, and clip what follows to it if that was asked for."""
        parts, self._parts = self._parts, []
        has_curve, self._has_curve = self._has_curve, False
        if parts and self._is_page and not has_curve and operator != b"n":
            self._keep_sides(parts, is_filled=operator not in _STROKES)
        if parts and not self._hidden[-1]:
            points = [point for part in parts for point in part]
            if operator in _FILLS:
                is_box = (
                    len(parts) == 1
                    and not has_curve
                    and _is_upright_box(parts[0])
                    and _keeps_upright(self._matrix)
                )
                self._keep(points, self._looks.colour, Shape.BOX if is_box else Shape.OTHER)
            elif operator in _STROKES:
                broad = self._line_width * math.hypot(*self._matrix[:2])
                if broad >= _BROAD:
                    self._keep(points, None, Shape.OTHER, margin=broad / 2)
        if self._clips_next:
            self._clips_next = False
            box = self._box([point for part in parts for point in part])
            self._clip = _common(self._clip, box) if box else self._clip
            self._look = None

    def _keep_sides(self, parts: Sequence[list[Point]], *, is_filled: bool) -> None:
        """Keep the straight lines of a path; of what is filled those of thin parts."""
        a, b, c, d, e, f = self._matrix
        for part in parts:
            points = [(a * x + c * y + e, b * x + d * y + f) for x, y in part]
            if is_filled and not _is_thin(points):
                continue
            for start, end in pairwise(points):
                across, up = abs(end[0] - start[0]), abs(end[1] - start[1])
                if min(across, up) <= _THICK and max(across, up) >= _LONG:
                    self._record.sides.append((start, end))

    def _draw(self, operator: bytes, operands: Sequence[object]) -> None:
        """Note the area of a picture or a shading."""
        if self._hidden[-1]:
            return
        if operator == b"sh":
            self._keep(None, None, Shape.OTHER)
        elif operator == b"INLINE IMAGE":
            self._keep(_UNIT_SQUARE, None, Shape.PICTURE)
        else:
            drawn = drawn_object(self._resources, operands)
            if drawn is not None and drawn.get("/Subtype") == "/Image":
                has_holes = any(key in drawn for key in ("/SMask", "/Mask", "/ImageMask"))
                self._keep(_UNIT_SQUARE, None, Shape.OTHER if has_holes else Shape.PICTURE)

    def _keep(
        self,
        points: Sequence[Point] | None,
        colour: Colour | None,
        shape: Shape,
        *,
        margin: float = 0.0,
    ) -> None:
        """Keep an area as far as it is not clipped."""
        if len(self._record.areas) >= _MAX_AREAS:
            return
        box = self._box(points) if points is not None else EVERYWHERE
        if box is None:
            return
        x0, y0, x1, y1 = _common(
            (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin), self._clip
        )
        if x0 <= x1 and y0 <= y1:
            is_opaque = self._looks.is_opaque
            known = colour if is_opaque else None
            steps, form_steps = self._record.moment
            moment = (steps, sys.maxsize if self._is_page else form_steps)
            self._record.areas.append(Area(x0, y0, x1, y1, known, is_opaque, shape, moment))

    def _box(self, points: Sequence[Point]) -> Box | None:
        """Return the upright box around ``points`` on the page."""
        if not points:
            return None
        a, b, c, d, e, f = self._matrix
        xs = [a * x + c * y + e for x, y in points]
        ys = [b * x + d * y + f for x, y in points]
        return min(xs), min(ys), max(xs), max(ys)


def _numbers(operands: Sequence[object]) -> list[float]:
    return [float(value) for value in operands if isinstance(value, int | float)]


def _common(one: Box, other: Box) -> Box:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def _is_upright_box(points: Sequence[Point]) -> bool:
    """Tell whether a path is a rectangle whose sides are level and upright."""
    corners = set(points)
    xs, ys = {x for x, _ in corners}, {y for _, y in corners}
    return len(corners) == _N_BOX and len(xs) == 2 and len(ys) == 2  # noqa: PLR2004


def _keeps_upright(matrix: Matrix) -> bool:
    """Tell whether a transform turns by nothing but right angles."""
    a, b, c, d, *_ = map(abs, matrix)
    return max(b, c) <= _LEAN * max(a, d) or max(a, d) <= _LEAN * max(b, c)


def _is_thin(points: Sequence[Point]) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(max(xs) - min(xs), max(ys) - min(ys)) <= _THICK
