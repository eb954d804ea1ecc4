"""Glyphs of a PDF font: how wide they are, and whether they are bold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123
_MAX_CID = 65_535


@dataclass(frozen=True, slots=True)
class FontShape:
    """Widths and weight of one font.

    Attributes:
        widths: Of the character codes that the font lists, in thousandths of the font size; of all
            256 where codes have one byte and any is listed.
        default_width: Of all other codes; ``None`` where the font lists none at all.
        code_bytes: Bytes of one character code, 1 or 2.
        bold: It is a bold cut.
    """

    widths: Mapping[int, float]
    default_width: float | None
    code_bytes: int
    bold: bool

    def width_of(self, shown: bytes, text: str) -> float:
        """Return the width of ``shown`` in thousandths; estimated from ``text`` if unlisted."""
        if self.default_width is None:
            return sum(map(_usual_width, text))
        default = self.default_width
        widths = self.widths
        if self.code_bytes == 1:
            return sum(map(widths.__getitem__, shown))
        pairs = zip(shown[::2], shown[1::2], strict=False)
        return sum(widths.get(high << 8 | low, default) for high, low in pairs)


UNKNOWN_FONT = FontShape(widths={}, default_width=None, code_bytes=1, bold=False)


def font_shape(font: DictionaryObject | None) -> FontShape:
    """Return widths and weight of ``font``; a font that does not keep the standard is unknown."""
    if font is None:
        return UNKNOWN_FONT
    try:
        return _composite_shape(font) if "/DescendantFonts" in font else _simple_shape(font)
    except (LookupError, TypeError, ValueError, AttributeError):
        return UNKNOWN_FONT


def _simple_shape(font: DictionaryObject) -> FontShape:
    bold = _is_bold(font, font)
    if "/Widths" not in font:
        return FontShape(widths={}, default_width=None, code_bytes=1, bold=bold)
    first = int(_number(font.get("/FirstChar", 0)))
    listed = _sequence(font["/Widths"])[:256]
    scale = 1000 * abs(_number(_sequence(font["/FontMatrix"])[0])) if "/FontMatrix" in font else 1
    widths = dict.fromkeys(range(256), 0.0)
    widths |= {first + at: _number(width) * scale for at, width in enumerate(listed)}
    return FontShape(widths=widths, default_width=0.0, code_bytes=1, bold=bold)


def _composite_shape(font: DictionaryObject) -> FontShape:
    descendant = _sequence(font["/DescendantFonts"])[0].get_object()
    if not isinstance(descendant, DictionaryObject):
        return UNKNOWN_FONT
    return FontShape(
        widths=_cid_widths(_sequence(descendant["/W"])) if "/W" in descendant else {},
        default_width=_number(descendant.get("/DW", 1000)),
        code_bytes=2,
        bold=_is_bold(font, descendant),
    )


def _cid_widths(entries: Sequence[PdfObject]) -> dict[int, float]:
    """Read a ``/W`` array: ``first [w w …]`` and ``first last w`` (PDF 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    at = 0
    while at + 1 < len(entries):
        first, second = int(_number(entries[at])), entries[at + 1].get_object()
        if isinstance(second, ArrayObject):
            widths.update((first + n, _number(width)) for n, width in enumerate(second))
            at += 2
        else:
            last = min(int(_number(second)), _MAX_CID)
            widths.update(dict.fromkeys(range(first, last + 1), _number(entries[at + 2])))
            at += 3
    return widths


def _is_bold(font: DictionaryObject, holder: DictionaryObject) -> bool:
    name = str(font.get("/BaseFont", "")).rpartition("+")[2].lower()
    if any(word in name for word in _BOLD_NAMES):
        return True
    descriptor = holder.get("/FontDescriptor")
    descriptor = descriptor.get_object() if descriptor is not None else None
    if not isinstance(descriptor, DictionaryObject):
        return False
    heavy = _number(descriptor.get("/FontWeight", 400)) >= _BOLD_WEIGHT
    return heavy or bool(int(_number(descriptor.get("/Flags", 0))) & _FORCE_BOLD)


def _sequence(value: PdfObject) -> Sequence[PdfObject]:
    resolved = value.get_object()
    if not isinstance(resolved, ArrayObject):
        raise TypeError(f"need an array, got {type(resolved).__name__}")
    return resolved


def _number(value: object) -> float:
    resolved = value.get_object() if isinstance(value, PdfObject) else value
    if not isinstance(resolved, int | float):
        raise TypeError(f"need a number, got {type(resolved).__name__}")
    return float(resolved)


def _usual_width(char: str) -> float:
    """Return about how wide ``char`` is in a text face such as Helvetica, in thousandths."""
    if char in "iljI.,;:'|!":
        return 250.0
    if char in "ftr-()[] ":
        return 310.0
    if char in "mwMW@%—":
        return 830.0
    if char.isupper():
        return 680.0
    return 530.0 if char < "\u2e80" else 1000.0
