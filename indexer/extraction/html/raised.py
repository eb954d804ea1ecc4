"""Numbers that a page shows raised: note numbers and exponents, written in superscript signs."""

import re
from collections.abc import Mapping

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from indexer.extraction.html.elements import BLOCKS
from indexer.extraction.html.style_sheets import PageStyles
from indexer.extraction.html.visibility import pixels
from indexer.superscripts import superscript

_RAISING = frozenset({"super", "text-top"})
_RISE = 2.0
_MAX_RISE = 40.0
_NOTE_NUMBER = re.compile(r"\s*[\[(]?\d{1,3}[\])]?\s*")
_TO_PLACE = re.compile("#.")
_CALL_CLASS = re.compile(
    r"(?:mso)?(?:foot|end)note-?(?:ref(?:erence)?|anchor|call|link|marker|number)s?|note-?refs?"
    r"|fn-?refs?|reference",
    re.IGNORECASE,
)
_CALL_ROLES = frozenset({"doc-noteref", "noteref"})
_MAX_SYMBOL = 5


def raise_numbers(soup: BeautifulSoup, styles: PageStyles) -> None:
    """Replace what ``soup`` shows raised by superscript signs.

    That is what stands in ``sup``, what a style raises, an exponent of MathML, and a number that
    calls a note: a link to a place, or what its class or role says to be one. The symbol of a
    linked note that has no superscript sign goes.
    """
    replaced: set[int] = set()
    for tag in soup.find_all():
        if id(tag.parent) in replaced:
            replaced.add(id(tag))
        elif _stands_raised(tag) or _is_raised(styles.of(tag)) or _calls_note(tag):
            text = tag.get_text()
            raised = superscript(text)
            is_symbol = raised == text and len(text.strip()) <= _MAX_SYMBOL and _has_link(tag)
            replaced.add(id(tag))
            tag.replace_with("" if is_symbol else raised)


def _stands_raised(tag: Tag) -> bool:
    """Tell whether ``tag`` is ``sup``, or the exponent of a formula."""
    if tag.name == "sup":
        return True
    is_exponent = tag.parent is not None and tag.parent.name == "msup"
    return is_exponent and any(isinstance(before, Tag) for before in tag.previous_siblings)


def _is_raised(declared: Mapping[str, str]) -> bool:
    """Tell whether a style raises text: on its line, or by moving it up a little in small type."""
    if not declared:
        return False
    aligned = declared.get("vertical-align", "")
    if aligned.endswith("%"):  # of the line's height
        return not aligned.startswith("-")
    if aligned in _RAISING or _RISE <= pixels(aligned, 0.0) <= _MAX_RISE:
        return True
    moved = -pixels(declared.get("top", ""), 0.0) or pixels(declared.get("bottom", ""), 0.0)
    is_moved = declared.get("position") == "relative" and _RISE <= moved <= _MAX_RISE
    return is_moved and "font-size" in declared


def _calls_note(tag: Tag) -> bool:
    """Tell whether ``tag`` is a number right behind a word that leads to a note."""
    if not (_is_call(tag) or (tag.name == "a" and _TO_PLACE.search(str(tag.get("href") or "")))):
        return False
    if not _NOTE_NUMBER.fullmatch(tag.get_text()):
        return False
    before = _text_before(tag)
    return before is not None and before[-1:].strip() != "" and before.find_parent("a") is None


def _is_call(tag: Tag) -> bool:
    """Tell whether the page says that ``tag`` calls a note."""
    if str(tag.get("role") or tag.get("epub:type") or "") in _CALL_ROLES:
        return True
    return any(_CALL_CLASS.fullmatch(str(name)) for name in tag.get_attribute_list("class"))


def _text_before(tag: Tag) -> NavigableString | None:
    """Return the text right before ``tag`` in its block."""
    for element in tag.previous_elements:
        if isinstance(element, NavigableString) and str(element):
            return element
        if isinstance(element, Tag) and element.name in BLOCKS | {"br"}:
            return None
    return None


def _has_link(tag: Tag) -> bool:
    within = tag.find("a", href=_TO_PLACE) or tag.find_parent("a", href=_TO_PLACE)
    return within is not None
