"""Numbers that a page shows raised: note numbers and exponents, written in superscript signs."""

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from indexer.superscripts import superscript

_RAISING = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w-]+)")
_NOTE_NUMBER = re.compile(r"\s*\[?\d{1,3}\]?\s*")
_TO_PLACE = re.compile("^#")
_MAX_SYMBOL = 5


def raise_numbers(soup: BeautifulSoup) -> None:
    """Replace what ``soup`` shows raised by superscript signs.

    That is what stands in ``sup``, what a style raises, and a link to a note that touches the word
    before it. The symbol of a linked note that has no superscript sign goes.
    """
    classes = _raising_classes(soup)
    replaced: set[int] = set()
    for tag in soup.find_all():
        if id(tag.parent) in replaced:
            replaced.add(id(tag))
        elif tag.name == "sup" or _is_raised(tag, classes) or _calls_note(tag):
            text = tag.get_text()
            raised = superscript(text)
            is_symbol = raised == text and len(text.strip()) <= _MAX_SYMBOL and _has_link(tag)
            replaced.add(id(tag))
            tag.replace_with("" if is_symbol else raised)


def _raising_classes(soup: BeautifulSoup) -> frozenset[str]:
    """Return the classes that a style sheet inside of the page raises."""
    rules = [rule.partition("{") for tag in soup.find_all("style") for rule in tag.text.split("}")]
    raising = (selector for selector, _, style in rules if _RAISING.search(style))
    return frozenset(name for selector in raising for name in _CLASS.findall(selector))


def _is_raised(tag: Tag, classes: frozenset[str]) -> bool:
    if not classes.isdisjoint(map(str, tag.get_attribute_list("class"))):
        return True
    return _RAISING.search(str(tag.get("style") or "")) is not None


def _calls_note(tag: Tag) -> bool:
    """Tell whether ``tag`` is a link to a place of the page, a number right behind a word."""
    if tag.name != "a" or not _TO_PLACE.match(str(tag.get("href") or "")):
        return False
    if not _NOTE_NUMBER.fullmatch(tag.get_text()):
        return False
    before = tag.previous_sibling
    return isinstance(before, NavigableString) and before[-1:].strip() != ""


def _has_link(tag: Tag) -> bool:
    within = tag.find("a", href=_TO_PLACE) or tag.find_parent("a", href=_TO_PLACE)
    return within is not None
