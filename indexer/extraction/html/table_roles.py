"""Tables that a page makes of other elements, by roles or by styles, named as tables."""

from bs4 import BeautifulSoup
from bs4.element import Tag

from indexer.extraction.html.style_sheets import PageStyles

_BY_ROLE = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "rowgroup": "tbody",
    "row": "tr",
    "columnheader": "th",
    "rowheader": "th",
    "cell": "td",
    "gridcell": "td",
}
_BY_DISPLAY = {
    "table": "table",
    "table-header-group": "thead",
    "table-row-group": "tbody",
    "table-footer-group": "tfoot",
    "table-row": "tr",
    "table-cell": "td",
}
_PLAIN = frozenset({"div", "span", "ul", "li", "section", "p", "dl", "dt", "dd"})
_OUTER = {
    "thead": ("table",),
    "tbody": ("table",),
    "tfoot": ("table",),
    "tr": ("table", "thead", "tbody", "tfoot"),
    "td": ("tr",),
}
"""Parts of a table, each with what it may stand in."""

_MIN_ROWS = 2


def name_tables(soup: BeautifulSoup, styles: PageStyles) -> None:
    """Rename the elements of ``soup`` that are set as tables to what they stand for.

    Styles may also use a table to set two columns of text; it needs two rows to be a table.
    """
    for tag in soup.find_all([*_PLAIN]):
        if name := _BY_ROLE.get(str(tag.get("role") or "")):
            tag.name = name
            for key in ("colspan", "rowspan"):
                if tag.has_attr(f"aria-{key}"):
                    tag[key] = str(tag[f"aria-{key}"])
        elif name := _displayed(tag, styles):
            is_part = tag.parent is not None and tag.parent.name in _OUTER.get(name, ())
            if is_part or (name == "table" and _n_rows(tag, styles) >= _MIN_ROWS):
                tag.name = name


def _n_rows(table: Tag, styles: PageStyles) -> int:
    """Return how many rows are displayed right inside of ``table``, or in its groups."""
    inner = [part for part in table.children if isinstance(part, Tag)]
    grouped = [
        part
        for group in inner
        if _displayed(group, styles) in _OUTER["tr"]
        for part in group.children
        if isinstance(part, Tag)
    ]
    return sum(_displayed(part, styles) == "tr" for part in (*inner, *grouped))


def _displayed(tag: Tag, styles: PageStyles) -> str:
    """Return the name of the element that ``tag`` is displayed like; empty for no part of one."""
    return _BY_DISPLAY.get(styles.of(tag).get("display", ""), "") if tag.name in _PLAIN else ""
