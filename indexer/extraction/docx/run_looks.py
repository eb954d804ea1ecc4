"""How runs of text look in DOCX: raised, hidden, or in the colour of what lies behind them."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from lxml import etree

from indexer.extraction.docx.package import attribute, child, children, name, value
from indexer.extraction.docx.styles import chain

Look = Mapping[str, str]
"""What is said of a run, by name: `_READ`, and ``fill`` for the ground behind it."""

_READ = ("vanish", "color", "sz", "position", "vertAlign", "rStyle")
_OFF = frozenset({"0", "false", "off"})
_TINY = 4  # half-points
_ALIKE = 16
_WHITE = "ffffff"
_HEX_DIGITS = 6


class RunLooks:
    """Tells how runs look, by their own properties and by their styles."""

    def __init__(self, styles: etree._Element | None, document: etree._Element) -> None:
        """Take the styles of ``document``; a page of a colour of its own has no known ground."""
        self._raw = {
            attribute(style, "styleId") or "": style for style in children(styles, "style")
        }
        self._looks: dict[str, Look] = {}
        self._page = "" if child(document, "background") is not None else _WHITE

    def of(self, run: etree._Element, paragraph: etree._Element) -> "RunLook":
        """Return how ``run`` looks in ``paragraph``."""
        own = _look(run)
        inherited = self._of_style(value(paragraph, "pPr", "pStyle"))
        look = {**inherited, **self._of_style(own.get("rStyle")), **own}
        return RunLook(look, paragraph, self._page)

    def _of_style(self, style_id: str | None) -> Look:
        if style_id is None or style_id not in self._raw:
            return {}
        if style_id not in self._looks:
            look: dict[str, str] = {}
            for style in reversed(chain(style_id, self._raw)):
                look |= _look(style)
                if fill := _fill(child(style, "pPr")):
                    look["paragraph fill"] = fill
            self._looks[style_id] = look
        return self._looks[style_id]


class RunLook:
    """How one run looks."""

    def __init__(self, look: Look, paragraph: etree._Element, page: str) -> None:
        """Keep what decides it; the ground is looked for only where there is a colour."""
        self._look = look
        self._paragraph = paragraph
        self._page = page

    @property
    def is_raised(self) -> bool:
        """It is a superscript, or stands higher than its line."""
        aligned = self._look.get("vertAlign")
        if aligned is not None:
            return aligned == "superscript"
        position = self._look.get("position", "")
        return position.isdecimal() and int(position) > 0

    @property
    def is_unseen(self) -> bool:
        """It is hidden, of a point or less, or as its ground."""
        if self._look.get("vanish", "0") not in _OFF:
            return True
        size = self._look.get("sz", "")
        if size.isdecimal() and int(size) < _TINY:
            return True
        colour = self._look.get("color", "")
        return _is_colour(colour) and _is_alike(colour, self._ground)

    @cached_property
    def _ground(self) -> str:
        """Colour behind the run; empty where it is not known, as in tables and boxes of a style."""
        paragraph = _fill(child(self._paragraph, "pPr")) or self._look.get("paragraph fill", "")
        if fill := self._look.get("fill") or paragraph:
            return fill
        for outer in self._paragraph.iterancestors():
            if name(outer) == "tc" and (fill := _fill(child(outer, "tcPr"))):
                return fill
            if name(outer) == "txbxContent" or (
                name(outer) == "tbl" and child(outer, "tblPr", "tblStyle") is not None
            ):
                return ""
        return self._page


def _look(element: etree._Element) -> dict[str, str]:
    """Return what a run or a style says itself."""
    properties = child(element, "rPr")
    if properties is None:
        return {}
    return dict(_said(properties))


def _said(properties: etree._Element) -> Iterator[tuple[str, str]]:
    for key in _READ:
        if (found := child(properties, key)) is not None:
            yield key, attribute(found, "val") or ("1" if key == "vanish" else "")
    if child(properties, "highlight") is not None:
        yield "fill", "highlight"
    elif fill := _fill(properties):
        yield "fill", fill


def _fill(properties: etree._Element | None) -> str:
    """Return the colour that shading lays; empty for none."""
    shade = child(properties, "shd")
    if shade is None:
        return ""
    fill = attribute(shade, "fill") or "auto"
    is_plain = attribute(shade, "val") in {"clear", "nil", None}
    return ("" if fill == "auto" else fill) if is_plain else "pattern"


def _is_colour(text: str) -> bool:
    return len(text) == _HEX_DIGITS and all(char in "0123456789abcdefABCDEF" for char in text)


def _is_alike(colour: str, ground: str) -> bool:
    if not _is_colour(ground):
        return False
    pairs = zip(bytes.fromhex(colour), bytes.fromhex(ground), strict=True)
    return all(abs(one - other) <= _ALIKE for one, other in pairs)
