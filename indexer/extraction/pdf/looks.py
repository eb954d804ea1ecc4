"""How text looks that a page draws: painted, pale as paper, or not painted at all.

A page's colours and render modes are followed as far as they decide that; whether pale text lies on
a dark ground is `indexer.extraction.pdf.visibility`'s to tell.
"""

from dataclasses import dataclass, replace
from enum import Enum

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

LOOK_OPERATORS = frozenset(b"rg g k cs sc scn gs Tr".split())
"""Operators after which text may look different."""

_PALE = 0.94  # of full light, in each of red, green and blue
_CLEAR = 0.02
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_UNFILLED_MODES = frozenset({3, 7})  # PDF 32000-1, table 106
_STROKED_MODES = frozenset({1, 2, 5, 6})
_SPACES = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/DeviceCMYK": 4}


class Look(Enum):
    """How a piece of text looks."""

    PLAIN = "plain"
    PALE = "pale as paper"
    UNPAINTED = "not painted"


@dataclass(frozen=True, slots=True)
class _Style:
    """What of the graphics state decides how text looks."""

    pale: bool = False
    clear: bool = False
    mode: int = 0
    components: int | None = 1  # of the colour space, where light is easily told


class LookTracker:
    """Follows the graphics state of one content stream."""

    def __init__(self, resources: DictionaryObject | None, start: Look = Look.PLAIN) -> None:
        """Begin at ``start``, the look of what draws the stream."""
        self._resources = resources or DictionaryObject()
        self._style = _Style(pale=start is Look.PALE, mode=3 if start is Look.UNPAINTED else 0)
        self._saved: list[_Style] = []

    @property
    def look(self) -> Look:
        """How text drawn now looks."""
        style = self._style
        if style.mode in _UNFILLED_MODES or style.clear:
            return Look.UNPAINTED
        return Look.PALE if style.pale and style.mode not in _STROKED_MODES else Look.PLAIN

    @property
    def is_pale(self) -> bool:
        """An area filled now is pale as paper."""
        return self._style.pale

    def follow(self, operator: bytes, operands: list[object]) -> None:
        """Note what ``operator`` changes; one that is not understood leaves plain colour."""
        if operator == b"q":
            self._saved.append(self._style)
        elif operator == b"Q":
            self._style = self._saved.pop() if self._saved else self._style
        elif operator == b"Tr":
            mode = operands[0] if operands else 0
            self._style = replace(self._style, mode=int(mode) if isinstance(mode, int) else 0)
        elif operator == b"gs":
            self._set_alpha(operands)
        elif operator == b"cs":
            components = self._components(operands)
            self._style = replace(self._style, components=components, pale=False)
        elif operator in LOOK_OPERATORS:
            self._set_colour(operator, operands)

    def _set_colour(self, operator: bytes, operands: list[object]) -> None:
        known = {b"g": 1, b"rg": 3, b"k": 4}.get(operator, self._style.components)
        values = [float(value) for value in operands if isinstance(value, int | float)]
        is_told = len(values) == len(operands) == known
        self._style = replace(self._style, components=known, pale=is_told and _is_pale(values))

    def _set_alpha(self, operands: list[object]) -> None:
        entry = _looked_up(self._resources, "/ExtGState", operands)
        found = entry.get("/ca") if isinstance(entry, DictionaryObject) else None
        alpha: object = found.get_object() if isinstance(found, PdfObject) else None
        if isinstance(alpha, int | float):
            self._style = replace(self._style, clear=alpha <= _CLEAR)

    def _components(self, operands: list[object]) -> int | None:
        name = operands[0] if operands else None
        if isinstance(name, str) and name in _SPACES:
            return _SPACES[name]
        space = _looked_up(self._resources, "/ColorSpace", operands)
        if not isinstance(space, ArrayObject) or not space:
            return None
        if space[0] != "/ICCBased":
            return _SPACES.get(str(space[0]))
        profile = space[1].get_object() if len(space) > 1 else None
        count = profile.get("/N") if isinstance(profile, DictionaryObject) else None
        return count if isinstance(count, int) else None


def drawn_object(
    resources: DictionaryObject | None, operands: list[object]
) -> DictionaryObject | None:
    """Return the picture or form that a ``Do`` draws, if the resources have it."""
    drawn = _looked_up(resources, "/XObject", operands) if resources else None
    return drawn if isinstance(drawn, DictionaryObject) else None


def form_matrix(drawn: DictionaryObject | None) -> list[float]:
    """Return what leads from a form's coordinates to those of the page that draws it."""
    found = drawn.get("/Matrix") if drawn is not None else None
    matrix = found.get_object() if found is not None else None
    if not isinstance(matrix, ArrayObject) or len(matrix) != len(_IDENTITY):
        return list(_IDENTITY)
    return [float(value) for value in matrix]


def _is_pale(values: list[float]) -> bool:
    if len(values) < 4:  # noqa: PLR2004  (grey, or red, green and blue)
        return min(values) >= _PALE
    *inks, black = values
    return min((1 - ink) * (1 - black) for ink in inks) >= _PALE


def _looked_up(resources: DictionaryObject, kind: str, operands: list[object]) -> PdfObject | None:
    """Return the resource of ``kind`` that the only operand names."""
    name = operands[0] if operands else None
    found = resources.get(kind)
    table = found.get_object() if isinstance(found, PdfObject) else None
    if not isinstance(table, DictionaryObject) or not isinstance(name, str):
        return None
    entry = table.get(name)
    return entry.get_object() if isinstance(entry, PdfObject) else None
