"""Glyphs of a PDF font: how wide they are, which of them are spaces, whether they are bold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject
from pypdf.generic._font import Font

_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123
_MAX_CID = 65_535
_N_SIMPLE_CODES = 256
_BAD_FONT = (PyPdfError, LookupError, TypeError, ValueError, AttributeError)


@dataclass(frozen=True, slots=True)
class FontShape:
    """Widths, spaces and weight of one font.

    Attributes:
        widths: Of the character codes that the font lists, in thousandths of the font size; of all
            256 where codes have one byte and any is listed.
        default_width: Of all other codes; ``None`` where the font lists none at all.
        code_bytes: Bytes of one character code, 1 or 2.
        bold: It is a bold cut.
        spaces: Codes that show a space. A subset may number its glyphs itself, so that the space
            has any code and code 32 is a letter. ``None`` where the font does not tell.
    """

    widths: Mapping[int, float]
    default_width: float | None
    code_bytes: int
    bold: bool
    spaces: frozenset[int] | None = None

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

    def begins_with_space(self, shown: bytes) -> bool | None:
        """Tell whether the first code of ``shown`` is a space; ``None`` if the font is silent."""
        if self.spaces is None:
            return None
        return int.from_bytes(shown[: self.code_bytes], "big") in self.spaces

    def shows_space(self, shown: bytes) -> bool:
        """Tell whether a code of ``shown`` is a space; not if the font is silent."""
        return any(self._shows(code, shown) for code in self.spaces or ())

    def _shows(self, code: int, shown: bytes) -> bool:
        one = code.to_bytes(self.code_bytes, "big")
        at = shown.find(one)
        while at % self.code_bytes and at > 0:  # the end of one code and the beginning of the next
            at = shown.find(one, at + 1)
        return at >= 0


UNKNOWN_FONT = FontShape(widths={}, default_width=None, code_bytes=1, bold=False)


def font_shape(font: DictionaryObject | None) -> FontShape:
    """Return the shape of ``font``; a font that does not keep the standard is unknown."""
    if font is None:
        return UNKNOWN_FONT
    try:
        return _composite_shape(font) if "/DescendantFonts" in font else _simple_shape(font)
    except _BAD_FONT:
        return UNKNOWN_FONT


def _simple_shape(font: DictionaryObject) -> FontShape:
    bold = _is_bold(font, font)
    decoder = _decoder(font)
    spaces = _simple_spaces(decoder) if decoder else None
    if "/Widths" not in font:
        listed = _core_widths(decoder) if decoder else {}
        return FontShape(listed, 0.0 if listed else None, code_bytes=1, bold=bold, spaces=spaces)
    first = int(_number(font.get("/FirstChar", 0)))
    in_order = _sequence(font["/Widths"])[:_N_SIMPLE_CODES]
    scale = 1000 * abs(_number(_sequence(font["/FontMatrix"])[0])) if "/FontMatrix" in font else 1
    widths = dict.fromkeys(range(_N_SIMPLE_CODES), 0.0)
    widths |= {first + at: _number(width) * scale for at, width in enumerate(in_order)}
    return FontShape(widths, default_width=0.0, code_bytes=1, bold=bold, spaces=spaces)


def _composite_shape(font: DictionaryObject) -> FontShape:
    descendant = _sequence(font["/DescendantFonts"])[0].get_object()
    if not isinstance(descendant, DictionaryObject):
        return UNKNOWN_FONT
    decoder = _decoder(font)
    return FontShape(
        widths=_cid_widths(_sequence(descendant["/W"])) if "/W" in descendant else {},
        default_width=_number(descendant.get("/DW", 1000)),
        code_bytes=2,
        bold=_is_bold(font, descendant),
        spaces=_composite_spaces(decoder) if decoder else None,
    )


def _decoder(font: DictionaryObject) -> Font | None:
    """Return what pypdf decodes the font's codes with."""
    try:
        return Font.from_font_resource(font)
    except _BAD_FONT:
        return None


def _simple_spaces(decoder: Font) -> frozenset[int] | None:
    encoding = decoder.encoding
    if not isinstance(encoding, dict):
        return None
    glyphs = ((code, encoding.get(code, chr(code))) for code in range(_N_SIMPLE_CODES))
    return frozenset(
        code for code, glyph in glyphs if decoder.character_map.get(glyph, glyph) == " "
    )


def _composite_spaces(decoder: Font) -> frozenset[int] | None:
    if decoder.encoding != "utf-16-be" or not decoder.character_map:
        return None
    return frozenset(
        ord(glyph)
        for glyph, text in decoder.character_map.items()
        if text == " " and isinstance(glyph, str) and len(glyph) == 1 and ord(glyph) <= _MAX_CID
    )


def _core_widths(decoder: Font) -> dict[int, float]:
    """Return the widths of one of the 14 fonts that every PDF program knows; none for others."""
    if decoder.name not in CORE_FONT_METRICS:
        return {}
    core = CORE_FONT_METRICS[decoder.name].character_widths
    # Codes without a glyph show a bullet (PDF 32000-1, D.2, note 3).
    widths = dict.fromkeys(range(_N_SIMPLE_CODES), float(core.get("•", 0)))
    return widths | {
        ord(code): float(width)
        for code, width in decoder.character_widths.items()
        if len(code) == 1 and ord(code) < _N_SIMPLE_CODES
    }


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
