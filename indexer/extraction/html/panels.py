"""Parts of a page that a click opens: accordions, tabs, ``details``. They are read as if open.

A control that opens a part is the heading of that part, and ends with it: what stands below
belongs to no panel.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag

from indexer.extraction.html.elements import HEADINGS
from indexer.extraction.html.style_sheets import PageStyles
from indexer.extraction.html.visibility import is_unseen
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
_OPENER = re.compile(r"accordion|collaps|expand|toggl|disclosure|faq|spoiler", re.IGNORECASE)
_PARTS = ["p", "div", "ul", "ol", "table", "section", *HEADINGS]
_BODIES = frozenset({"div", "section"})
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class _Places:
    """The elements that controls point at.

    Attributes:
        by_id: Elements by their id.
        by_label: Elements by the id of what names them.
        openers: Identities of controls that nothing but their place tells.
    """

    by_id: Mapping[str, Tag]
    by_label: Mapping[str, Tag]
    openers: AbstractSet[int]


def open_panels(soup: BeautifulSoup, styles: PageStyles) -> None:
    """Show every part of ``soup`` that a click opens, and make headings of what opens them."""
    level = 0
    titles: list[tuple[Tag, Tag]] = []
    places = _Places(
        _by_attribute(soup, "id"),
        _by_attribute(soup, "aria-labelledby"),
        _openers(soup, styles),
    )
    for tag in soup.find_all():
        if tag.name in HEADINGS and tag.find_parent(_is_panel) is None:
            level = HEADINGS[tag.name]
        is_control = _is_control(tag) or id(tag) in places.openers
        if not is_control or tag.find_parent(_FURNITURE) is not None:
            continue
        if _is_tab(tag):
            titles += [(panel, tag) for panel in _pointed_at(tag, places)][:1]
            continue
        _open(tag, places, level)
    _open_tabs(soup, titles)
    _keep_headings(soup)


def _by_attribute(soup: BeautifulSoup, key: str) -> dict[str, Tag]:
    """Return the elements that have an attribute by its value, the first of each."""
    tags = soup.find_all(lambda tag: tag.has_attr(key))
    return {str(tag[key]): tag for tag in reversed(tags)}


def _openers(soup: BeautifulSoup, styles: PageStyles) -> frozenset[int]:
    """Return the controls that say nothing of it: pairs of a title and a panel, several alike.

    A title is a button, or a heading over what is hidden; one alone is enough where its class
    tells.
    """
    alike: dict[object, list[Tag]] = defaultdict(list)
    named: set[int] = set()
    for tag in soup.find_all(["button", "dt", "div", "a", *HEADINGS]):
        classes = [str(name) for name in tag.get_attribute_list("class") if name]
        is_named = any(map(_OPENER.search, classes))
        if not is_named and tag.name in {"dt", "div", "a"}:
            continue
        panel = _following(tag if tag.name in HEADINGS else tag.find_parent([*HEADINGS]) or tag)
        if panel is None or tag.find(_PARTS) is not None:
            continue
        if is_named:
            named.add(id(tag))
        elif tag.name == "button" or is_unseen(panel, styles.of(panel)):
            looks = (*classes, "over", *map(str, panel.get_attribute_list("class")))
            alike[(tag.name, *looks)].append(tag)
    repeated = (tags for tags in alike.values() if len(tags) >= _SEVERAL)
    return frozenset({*named, *(id(tag) for tags in repeated for tag in tags)})


def _following(title: Tag) -> Tag | None:
    following = title.find_next_sibling()
    return following if isinstance(following, Tag) and following.name in _BODIES else None


def _keep_headings(soup: BeautifulSoup) -> None:
    """Make text of controls that a heading is made of, or that are made of a heading."""
    for tag in soup.find_all(["button", "label"]):
        heading = tag.find_parent([*HEADINGS])
        if heading is not None and clean(heading.get_text()) == clean(tag.get_text()):
            tag.name = "span"
        elif tag.find([*HEADINGS]) is not None:
            tag.name = "div"


def _open(control: Tag, places: _Places, level: int) -> None:
    """Show the panel of ``control``, which becomes its heading."""
    heading = control.find_parent([*HEADINGS]) or control.find([*HEADINGS])
    if control.name in HEADINGS:
        heading = control
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
    elif heading is None:
        control.name = f"h{own}"
    elif heading is not control:
        control.name = "span"


def _open_tabs(soup: BeautifulSoup, titles: Sequence[tuple[Tag, Tag]]) -> None:
    """Show what tabs open, each part under its tab's words."""
    for panel, tab in titles:
        title = clean(tab.get_text(" "))
        if not title:
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


def _is_tab(tag: Tag) -> bool:
    kinds = {str(tag.get(key) or "") for key in ("data-toggle", "data-bs-toggle")}
    return tag.get("role") == "tab" or not kinds.isdisjoint({"tab", "pill"})


def _is_control(tag: Tag) -> bool:
    """Tell whether ``tag`` may open a part of the page."""
    if tag.name == "summary" or _is_tab(tag):
        return True
    if tag.has_attr("aria-haspopup"):
        return False
    if tag.name == "label":
        return tag.has_attr("for")
    is_button = tag.name in {"button", "a"} or tag.get("role") == "button"
    return is_button and any(tag.has_attr(key) for key in ("aria-expanded", *_POINTERS[:3]))


def _panel_of(control: Tag, title: Tag, places: _Places) -> Tag | None:
    """Return what ``control`` opens: its ``details``, what it points at, or what follows it."""
    if control.name == "summary":
        return control.find_parent("details")
    if control.name == "label" and not _is_switch(places.by_id.get(str(control["for"]))):
        return None
    pointed = next(_pointed_at(control, places), None)
    if pointed is not None:
        return pointed
    is_inside = any(outer is control for outer in title.parents)
    return _following(control if is_inside else title)


def _pointed_at(control: Tag, places: _Places) -> Iterator[Tag]:
    """Yield the elements that ``control`` points at, or that it names."""
    pointed = [places.by_id.get(target) for target in _targets(control)]
    for panel in (*pointed, places.by_label.get(str(control.get("id") or ""))):
        if panel is not None and not any(outer is panel for outer in control.parents):
            yield panel


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
