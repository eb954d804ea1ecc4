"""Parts of a page that a click opens: accordions, tabs, ``details``. They are read as if open.

A control that opens a part is the heading of that part, and ends with it: what stands below
belongs to no panel.
"""

import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup
from bs4.element import Tag

from indexer.extraction.html.elements import HEADINGS
from indexer.extraction.text_cleaning import clean

ENDS = "data-cita-ends"
"""Attribute of a panel: the level of its heading, which ends with it."""

_MAX_LEVEL = 6
_MAX_TITLE_WORDS = 30
_SAYS_NOTHING = re.compile(
    r"(?i)\W*(?:(?:show|read|see|view|ver|leer|mostrar|ler|leia|saiba) )?"
    r"(?:more|less|all|menu|menú|details?|más|menos|todo|mais|tudo|detalles?|detalhes?|"
    r"open|close|toggle|expand|abrir|cerrar|fechar)\W*"
)
_POINTERS = ("aria-controls", "data-target", "data-bs-target", "href")
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*;?", re.IGNORECASE)
_FURNITURE = ["nav", "form", "select"]


def open_panels(soup: BeautifulSoup) -> None:
    """Show every part of ``soup`` that a click opens, and make headings of what opens them."""
    level = 0
    titles: dict[str, Tag] = {}
    places = {str(tag["id"]): tag for tag in reversed(soup.find_all(id=True))}
    for tag in soup.find_all():
        if tag.name in HEADINGS and tag.find_parent(_is_panel) is None:
            level = HEADINGS[tag.name]
        if not _is_control(tag) or tag.find_parent(_FURNITURE) is not None:
            continue
        if tag.get("role") == "tab":
            titles |= dict.fromkeys(_targets(tag), tag)
            continue
        _open(tag, places, level)
    _open_tabs(soup, titles, places)


def _open(control: Tag, places: Mapping[str, Tag], level: int) -> None:
    """Show the panel of ``control``, which becomes its heading."""
    heading = control.find_parent([*HEADINGS])
    panel = _panel_of(control, heading or control, places)
    if panel is None or _is_menu(panel):
        return
    outer = control.find_parent(attrs={ENDS: True})
    inside = int(str(outer[ENDS])) if outer is not None and outer is not panel else level
    own = HEADINGS[heading.name] if heading is not None else min(inside + 1, _MAX_LEVEL)
    _show(panel)
    panel[ENDS] = str(own)
    title = clean(control.get_text(" "))
    if _SAYS_NOTHING.fullmatch(title) or len(title.split()) > _MAX_TITLE_WORDS:
        control.name = "p" if control.name == "summary" and title else control.name
        return
    control.name = "span" if heading is not None else f"h{own}"


def _open_tabs(soup: BeautifulSoup, titles: Mapping[str, Tag], places: Mapping[str, Tag]) -> None:
    """Show what tabs open, each part under its tab's words."""
    for target, tab in titles.items():
        panel = places.get(target)
        title = clean(tab.get_text(" "))
        if panel is None or not title:
            continue
        above = panel.find_previous([*HEADINGS])
        level = min((HEADINGS[above.name] if above is not None else 0) + 1, _MAX_LEVEL)
        if above is not None and ENDS in above.attrs:
            level = int(str(above[ENDS]))  # the tab before it
        heading = soup.new_tag(f"h{level}", attrs={ENDS: str(level)})
        heading.string = title
        _show(panel)
        panel[ENDS] = str(level)
        panel.insert(0, heading)


def _is_control(tag: Tag) -> bool:
    """Tell whether ``tag`` may open a part of the page."""
    if tag.name == "summary" or tag.get("role") == "tab":
        return True
    if tag.has_attr("aria-haspopup"):
        return False
    if tag.name == "label":
        return tag.has_attr("for")
    is_button = tag.name in {"button", "a"} or tag.get("role") == "button"
    return is_button and any(tag.has_attr(key) for key in ("aria-expanded", *_POINTERS[:3]))


def _panel_of(control: Tag, title: Tag, places: Mapping[str, Tag]) -> Tag | None:
    """Return what ``control`` opens: its ``details``, what it points at, or what follows it."""
    if control.name == "summary":
        return control.find_parent("details")
    if control.name == "label" and not _is_switch(places.get(str(control["for"]))):
        return None
    for target in _targets(control):
        panel = places.get(target)
        if panel is not None and not any(outer is panel for outer in control.parents):
            return panel
    following = title.find_next_sibling()
    return (
        following if isinstance(following, Tag) and following.name in {"div", "section"} else None
    )


def _is_switch(tag: Tag | None) -> bool:
    return tag is not None and tag.name == "input" and tag.get("type") in {"checkbox", "radio"}


def _is_menu(panel: Tag) -> bool:
    """Tell whether most of a panel is links."""
    linked = sum(len(link.get_text(strip=True)) for link in panel.find_all("a"))
    return 2 * linked > len(panel.get_text(strip=True))


def _targets(control: Tag) -> Iterator[str]:
    for key in _POINTERS:
        name = str(control.get(key) or "").removeprefix("#")
        if name and not name.startswith(("http", "/")):
            yield name


def _show(panel: Tag) -> None:
    for key in ("hidden", "aria-hidden"):
        panel.attrs.pop(key, None)
    if panel.has_attr("style"):
        panel["style"] = _HIDING.sub("", str(panel["style"]))


def _is_panel(tag: Tag) -> bool:
    return tag.name == "details" or ENDS in tag.attrs
