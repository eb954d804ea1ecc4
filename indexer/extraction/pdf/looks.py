"""How text looks that a page draws: its colour, and whether it is painted at all.

A page's colours and render modes are followed as far as they decide that; whether text stands out
from what lies behind it is `indexer.extraction.pdf.visibility`'s to tell.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from indexer.extraction.pdf.resources import looked_up

LOOK_OPERATORS = frozenset(b"rg g k cs sc scn gs Tr".split())
"""Operators after which text may look different."""

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""

Box = tuple[float, float, float, float]
"""Left, lower, right and upper end, in points of the unrotated page."""

BLACK: Colour = (0.0, 0.0, 0.0)
EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)

_PALE = 0.94  # of full light, in each of red, green and blue
_CLEAR = 0.02
_OPAQUE = 0.95
_UNFILLED_MODES = frozenset({3, 7})  # PDF 32000-1, table 106
_STROKED_MODES = frozenset({1, 2, 5, 6})
_SPACES = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/DeviceCMYK": 4}


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text looks, or an area filled now.

    Attributes:
        colour: Of its filling; ``None`` where it is not known, as of patterns and spot colours.
        is_painted: It is not clear, and its render mode paints.
        is_outlined: Its outline is drawn, too.
        is_opaque: Nothing shows through.
        is_hidden: It is optional content that is not shown.
        clip: What it is cut to.
    """

    colour: Colour | None = BLACK
    is_painted: bool = True
    is_outlined: bool = False
    is_opaque: bool = True
    is_hidden: bool = False
    clip: Box = EVERYWHERE

    @property
    def is_pale(self) -> bool:
        """It is filled with a colour as pale as paper, without an outline."""
        return self.colour is not None and min(self.colour) >= _PALE and not self.is_outlined


PLAIN = Look()
_COMPONENTS = {b"g": 1, b"rg": 3, b"k": 4}
_State = tuple[Colour | None, float, bool, int, int | None]


class LookTracker:
    """Follows the graphics state of one content stream.

    Attributes:
        colour: Of an area filled now.
    """

    def __init__(self, resources: DictionaryObject | None, start: Look = PLAIN) -> None:
        """Begin at ``start``, the look of what draws the stream."""
        self._resources = resources
        self._shows_through = not start.is_opaque
        self.colour = start.colour
        self._alpha = 1.0
        self._blends = False
        self._mode = 3 if not start.is_painted else 2 if start.is_outlined else 0
        self._components: int | None = 1  # of the colour space, where light is easily told
        self._saved: list[_State] = []

    def look(self, clip: Box = EVERYWHERE, *, is_hidden: bool = False) -> Look:
        """Return how text drawn now looks, cut to ``clip``."""
        return Look(
            colour=self.colour,
            is_painted=self._mode not in _UNFILLED_MODES and self._alpha > _CLEAR,
            is_outlined=self._mode in _STROKED_MODES,
            is_opaque=self.is_opaque,
            is_hidden=is_hidden,
            clip=clip,
        )

    @property
    def is_opaque(self) -> bool:
        """Nothing shows through what is filled now."""
        return self._alpha >= _OPAQUE and not (self._blends or self._shows_through)

    def follow(self, operator: bytes, operands: Sequence[object]) -> None:
        """Note what ``operator`` changes; one that is not understood leaves an unknown colour."""
        if operator == b"q":
            state = (self.colour, self._alpha, self._blends, self._mode, self._components)
            self._saved.append(state)
        elif operator == b"Q":
            if self._saved:
                state = self._saved.pop()
                self.colour, self._alpha, self._blends, self._mode, self._components = state
        elif operator == b"Tr":
            mode = operands[0] if operands else 0
            self._mode = int(mode) if isinstance(mode, int) else 0
        elif operator == b"gs":
            self._set_state(operands)
        elif operator == b"cs":
            self._components = self._components_of(operands)
            self.colour = BLACK if self._components else None
        elif operator in LOOK_OPERATORS:
            self._set_colour(operator, operands)

    def _set_colour(self, operator: bytes, operands: Sequence[object]) -> None:
        self._components = _COMPONENTS.get(operator, self._components)
        values = [float(value) for value in operands if isinstance(value, int | float)]
        is_told = len(values) == len(operands) == self._components
        self.colour = _colour(values) if is_told else None

    def _set_state(self, operands: Sequence[object]) -> None:
        entry = looked_up(self._resources, "/ExtGState", operands)
        if not isinstance(entry, DictionaryObject):
            return
        alpha = _resolved(entry.get("/ca"))
        if isinstance(alpha, int | float):
            self._alpha = float(alpha)
        mode, mask = _resolved(entry.get("/BM")), _resolved(entry.get("/SMask"))
        if mode is not None or mask is not None:
            is_plain = mode in (None, "/Normal", "/Compatible") and mask in (None, "/None")
            self._blends = not is_plain

    def _components_of(self, operands: Sequence[object]) -> int | None:
        name = operands[0] if operands else None
        if isinstance(name, str) and name in _SPACES:
            return _SPACES[name]
        space = looked_up(self._resources, "/ColorSpace", operands)
        if not isinstance(space, ArrayObject) or not space:
            return None
        if space[0] != "/ICCBased":
            return _SPACES.get(str(space[0]))
        profile = space[1].get_object() if len(space) > 1 else None
        count = profile.get("/N") if isinstance(profile, DictionaryObject) else None
        return count if count in _SPACES.values() else None


def _resolved(value: object) -> object:
    return value.get_object() if isinstance(value, PdfObject) else value


def _colour(values: Sequence[float]) -> Colour:
    if len(values) == 1:
        return (values[0], values[0], values[0])
    if len(values) == 3:  # noqa: PLR2004
        return (values[0], values[1], values[2])
    cyan, magenta, yellow, black = values
    return ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
