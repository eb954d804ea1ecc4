"""Finds the main text of a page, and takes out what nobody who looks at it sees."""

import re

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from indexer.extraction.html.elements import HEADINGS
from indexer.extraction.html.panels import ENDS, open_panels
from indexer.extraction.html.raised import raise_numbers
from indexer.extraction.html.style_sheets import PageStyles
from indexer.extraction.html.table_roles import name_tables
from indexer.extraction.html.visibility import blank_strings, is_unseen
from indexer.extraction.text_cleaning import clean, ends_sentence

_CODE = [
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "dialog",
    "annotation-xml",
    "annotation",
]
_MEDIA = ["svg", "canvas", "iframe", "object", "embed", "audio", "video", "map"]
_CONTROLS = ["select", "button", "input", "datalist", "label", "option"]
_PAGE = frozenset({"html", "body"})
_FURNITURE = ["nav", "header", "footer", "aside"]
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar"})
_ARTICLE = ["article", "main", "section", "blockquote", "figure"]

_PARTS = ["p", "li", "tr", "dd"]
_MIN_STATEMENT = 6
"""Words of a sentence that makes a header or an aside a part of the text."""

_MIN_SHARE = 0.5
"""Share of the page's prose that an element must hold to be its main text."""


def main_text(soup: BeautifulSoup) -> Tag:
    """Return the element that holds the main text, with all furniture taken out of it.

    Call `drop_unseen` before.

    An element that holds most of the page's prose is never furniture, whatever it is called. If
    nothing is left, the page is its furniture, and stays.
    """
    page = soup.body or soup
    if not page.get_text(strip=True):
        page = soup
    prose = _prose(page)
    furniture = [
        tag for tag in page.find_all(_is_furniture) if not prose or _prose(tag) < _MIN_SHARE * prose
    ]
    for tag in page.find_all("aside"):
        inner = tag.find([*HEADINGS])
        if isinstance(inner, Tag):
            tag[ENDS] = str(HEADINGS[inner.name])
    left = len(page.get_text(strip=True)) - _outer_length(furniture)
    if left > 0:
        for tag in furniture:
            tag.extract()
    main = page.find("main") or page.find(role="main")
    if isinstance(main, Tag) and _length(main) >= _MIN_SHARE * _length(page):
        return _with_leads(main, page)
    return page


def _with_leads(main: Tag, page: Tag) -> Tag:
    """Return ``main`` with the headers before it and the asides beside it that were kept.

    What holds ``main``, or is it, cannot stand in it.
    """
    around = {id(main), *(id(parent) for parent in main.parents)}
    outside = [
        tag
        for tag in page.find_all(["header", "aside"])
        if id(tag) not in around and not any(parent is main for parent in tag.parents)
    ]
    for tag in reversed([tag for tag in outside if tag.name == "header"]):
        main.insert(0, tag.extract())
    for tag in outside:
        if tag.name == "aside":
            main.append(tag.extract())
    return main


def drop_unseen(soup: BeautifulSoup) -> int:
    """Take out what nobody who looks at the page sees: code, controls, hidden elements.

    Returns:
        Words of hidden elements; code and controls do not count.
    """
    styles = PageStyles(soup)
    raise_numbers(soup, styles)
    open_panels(soup, styles)
    name_tables(soup, styles)
    for tag in soup.find_all([*_CODE, *_MEDIA, *_CONTROLS]):
        tag.extract()
    gone: set[int] = set()
    unseen = [tag for tag in soup.find_all() if tag.name not in _PAGE and _is_unseen(tag, styles)]
    n_words = 0
    for tag in unseen:
        if gone.isdisjoint(map(id, tag.parents)):
            n_words += len(tag.get_text(" ").split())
            tag.extract()
        gone.add(id(tag))
    for text in list(blank_strings(soup, styles)):
        n_words += len(text.split())
        text.extract()
    return n_words


def _is_unseen(tag: Tag, styles: PageStyles) -> bool:
    return is_unseen(tag, styles.lasting(tag) if ENDS in tag.attrs else styles.of(tag))


def _is_furniture(tag: Tag) -> bool:
    """Tell whether ``tag`` is a frame around the text. A lead that states something is none."""
    if str(tag.get("role") or "") in _FURNITURE_ROLES:
        return not (tag.name == "header" and _states_something(tag))
    if _is_page_margin(tag):
        return True
    if tag.name not in _FURNITURE:
        return False
    if tag.name in {"header", "aside"} and _states_something(tag):
        return False
    return tag.name in {"nav", "aside"} or tag.find_parent(_ARTICLE) is None


def _states_something(tag: Tag) -> bool:
    """Tell whether most of ``tag`` is no link, and it has a sentence or a figure."""
    own = clean("".join(text for text in tag.find_all(string=True) if not _is_linked(text)))
    if 2 * len(own) < len(clean(tag.get_text())):
        return False
    return any(
        len(text.split()) >= _MIN_STATEMENT and (ends_sentence(text) or re.search(r"\d", text))
        for text in (clean(part.get_text(" ")) for part in tag.find_all(_PARTS))
    )


def _is_linked(text: PageElement) -> bool:
    return text.find_parent(["a", "nav", "form", "button"]) is not None


def _is_page_margin(tag: Tag) -> bool:
    """Tell whether ``tag`` holds the running head or foot, as LibreOffice exports them."""
    return tag.name == "div" and str(tag.get("title") or "") in {"header", "footer"}


def _prose(tag: Tag) -> int:
    return sum(len(paragraph.get_text(strip=True)) for paragraph in tag.find_all("p"))


def _length(tag: Tag) -> int:
    return len(tag.get_text(strip=True))


def _outer_length(tags: list[Tag]) -> int:
    """Return the length of the text in ``tags``, counting nested ones once."""
    chosen = {id(tag) for tag in tags}
    outer = [tag for tag in tags if not any(id(parent) in chosen for parent in tag.parents)]
    return sum(_length(tag) for tag in outer)
