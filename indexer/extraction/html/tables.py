"""Tables and definition lists of a page, row by row."""

from collections.abc import Iterator

from bs4.element import NavigableString, Tag

from indexer.extraction.html.elements import BLOCKS, HEADINGS, NOT_TEXT
from indexer.extraction.table_rows import row_block
from indexer.extraction.text_cleaning import clean
from indexer.records import BlockKind, TextBlock


def is_data_table(table: Tag) -> bool:
    """Tell whether a table holds data; one that only arranges the page is walked through."""
    if table.name != "table" or table.get("role") in {"presentation", "none"}:
        return False
    if table.find(["table", *HEADINGS]) is not None:
        return False
    widths = [len(row.find_all(["td", "th"])) for row in table.find_all("tr")]
    return max(widths, default=0) > 1


def table_blocks(table: Tag) -> Iterator[TextBlock]:
    """Yield the caption and the rows of a table."""
    for caption in table.find_all("caption"):
        if text := clean(caption.get_text(" ")):
            yield TextBlock(BlockKind.CAPTION, text)
    for row in table.find_all("tr"):
        cells = row.find_all(["td", "th"])
        is_header = all(cell.name == "th" for cell in cells) or row.find_parent("thead") is not None
        if block := row_block(map(_inline_text, cells), is_header=is_header):
            yield block


def _inline_text(tag: Tag) -> str:
    """Return all text under ``tag``; blocks and line breaks become spaces, inline tags nothing."""
    pieces: list[str] = []
    for node in tag.descendants:
        if isinstance(node, Tag) and (node.name in BLOCKS or node.name == "br"):
            pieces.append(" ")
        elif isinstance(node, NavigableString) and not isinstance(node, NOT_TEXT):
            pieces.append(str(node))
    return "".join(pieces)


def definition_blocks(listed: Tag) -> Iterator[TextBlock]:
    """Yield each term with its definitions as a row: ``term | definition``."""
    terms: list[str] = []
    has_definition = False
    for entry in listed.find_all(["dt", "dd"]):
        if entry.name == "dt" and has_definition:
            yield from filter(None, [row_block(terms)])
            terms = []
        has_definition = entry.name == "dd"
        terms.append(_inline_text(entry))
    yield from filter(None, [row_block(terms)])
