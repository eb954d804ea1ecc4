"""Text that a browser does not show: not displayed, off the page, cut to nothing, in no colour.

Text in the colour of its ground goes where the page says both; without style sheets in files of
their own, a ground that nothing sets is white.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from indexer.extraction.html.colours import Colour, colour_of, looks_alike
from indexer.extraction.html.elements import NOT_TEXT
from indexer.extraction.html.style_sheets import PageStyles

_FOR_LISTENERS = re.compile(
    r"(?:sr|screen-?reader)-(?:only|text)|visually-?hidden|(?:element|a11y)-(?:invisible|hidden)"
    r"|u-(?:hidden-visually|visually-hidden|sr-only)"
)
"""Classes of text for screen readers, whose style sheets are seldom in the page."""

_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|em|rem|ex|ch|vw|vh|%|cm|mm|in|pc)?")
_UNITS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "vw": 12.0, "vh": 8.0, "%": 12.0}
"""Pixels, about, on a page of 1,200 by 800 in type of 16 pixels."""

_FAR = 400.0
_NOTHING = 1.0
_TINY_TYPE = 3.0
_FAINT = 0.05
_CUT = re.compile(r"rect\(\s*(?:0|1px)\D|inset\((?:50|100)%|circle\(0|polygon\(\s*0 0\s*[,)]")
_SHRUNK = re.compile(r"scale[xy]?\(\s*0?\.?0*\s*[,)]")
_RELATIVE = ("em", "%", "ex", "ch")


def is_unseen(tag: Tag, declared: Mapping[str, str]) -> bool:
    """Tell whether nothing inside of ``tag`` is shown.

    Args:
        tag: The element.
        declared: What its page declares for it.
    """
    hidden = tag.get("hidden")
    if (hidden is not None and hidden != "until-found") or tag.get("aria-hidden") == "true":
        return True
    if any(_FOR_LISTENERS.fullmatch(str(name)) for name in tag.get_attribute_list("class")):
        return True
    if not declared:
        return False
    if declared.get("display") == "none" or declared.get("visibility") in {"hidden", "collapse"}:
        return True
    return (
        _number(declared.get("opacity", ""), 1.0) <= _FAINT
        or _SHRUNK.search(declared.get("transform", "")) is not None
        or pixels(declared.get("text-indent", ""), 0.0) <= -_FAR
        or _is_away_or_cut(declared)
    )


def _is_away_or_cut(declared: Mapping[str, str]) -> bool:
    is_lifted = declared.get("position") in {"absolute", "fixed"}
    if is_lifted and any(
        pixels(declared.get(side, ""), 0.0) <= -_FAR for side in ("left", "right", "top", "bottom")
    ):
        return True
    cuts = declared.get("clip-path", "") + (declared.get("clip", "") if is_lifted else "")
    if _CUT.search(cuts) or pixels(declared.get("margin-left", ""), 0.0) <= -_FAR:
        return True
    hides = any(declared.get(key) in {"hidden", "clip"} for key in ("overflow", "overflow-y"))
    sides = ("height", "max-height", "width", "max-width")
    return hides and any(pixels(declared.get(side, ""), _FAR) <= _NOTHING for side in sides)


def pixels(length: str, otherwise: float) -> float:
    """Return about how many pixels a CSS length is; ``otherwise`` where it is none."""
    match = _LENGTH.fullmatch(length.strip())
    return float(match[1]) * _UNITS.get(match[2] or "px", 10.0) if match else otherwise


def _number(value: str, otherwise: float) -> float:
    match = _LENGTH.fullmatch(value)
    if match is None:
        return otherwise
    return float(match[1]) / (100 if match[2] == "%" else 1)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How text is set in an element: its colour and ground, where known, and whether it is tiny."""

    colour: Colour | None = None
    ground: Colour | None = None
    is_tiny: bool = False

    @property
    def is_blank(self) -> bool:
        """Nobody can read it."""
        if self.is_tiny:
            return True
        if self.colour is None:
            return False
        return self.colour.is_clear or (
            self.ground is not None and looks_alike(self.colour, self.ground)
        )


def blank_strings(soup: BeautifulSoup, styles: PageStyles) -> Iterator[NavigableString]:
    """Yield the text that is displayed and cannot be read: tiny, clear, or as its ground."""
    has_files = soup.find("link", rel="stylesheet") is not None
    paper = None if has_files else Colour(255, 255, 255)
    pending: list[tuple[object, _Setting]] = [(soup, _Setting(ground=paper))]
    while pending:
        node, setting = pending.pop()
        if isinstance(node, Tag):
            inner = _setting_in(node, styles, setting)
            pending.extend((child, inner) for child in reversed(node.contents))
        elif isinstance(node, NavigableString) and setting.is_blank:
            if isinstance(node, NOT_TEXT) or not node.strip():
                continue
            yield node


def _setting_in(tag: Tag, styles: PageStyles, around: _Setting) -> _Setting:
    declared = styles.of(tag)
    colour = declared.get("color") or str(tag.get("color") or "" if tag.name == "font" else "")
    setting = around
    if colour and colour not in {"inherit", "currentcolor"}:
        setting = replace(setting, colour=colour_of(colour))
    if ground := _ground(tag, declared):
        setting = replace(setting, ground=colour_of(ground))
    if (size := declared.get("font-size", "")) and not (
        around.is_tiny and size.endswith(_RELATIVE) and not size.endswith("rem")
    ):
        setting = replace(setting, is_tiny=pixels(size, 16.0) < _TINY_TYPE)
    return setting


def _ground(tag: Tag, declared: Mapping[str, str]) -> str:
    """Return the colour of the ground that ``tag`` lays; a picture is no colour; empty for none."""
    if "background-image" in declared and declared["background-image"] != "none":
        return "picture"
    written = [
        declared[key]
        for key in ("background", "background-color")
        if key in declared and declared[key] not in {"none", "transparent", "inherit", "initial"}
    ]
    return written[-1] if written else str(tag.get("bgcolor") or "")
