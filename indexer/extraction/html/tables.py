"""Tables and definition lists of a page, row by row."""

import re
from collections.abc import Iterator

from bs4.element import NavigableString, Tag

from indexer.extraction.html.elements import BLOCKS, HEADINGS, NOT_TEXT
from indexer.extraction.table_rows import RowCells, TableCell, row_block, row_blocks
from indexer.extraction.text_cleaning import clean
from indexer.records import BlockKind, TextBlock

_TO_THE_END = 10_000


def is_data_table(table: Tag) -> bool:
    """Tell whether a table holds data; one that only arranges the page is walked through."""
    if table.name != "table" or table.get("role") in {"presentation", "none"}:
        return False
    if table.find(["table", *HEADINGS]) is not None:
        return False
    widths = [len(row.find_all(["td", "th"])) for row in table.find_all("tr")]
    return max(widths, default=0) > 1


def table_blocks(table: Tag) -> Iterator[TextBlock]:
    """Yield the caption and the rows of a table, those of its foot last."""
    for caption in table.find_all("caption"):
        if text := clean(caption.get_text(" ")):
            yield TextBlock(BlockKind.CAPTION, text)
    rows = sorted(table.find_all("tr"), key=lambda row: row.find_parent("tfoot") is not None)
    for blocks in row_blocks([_row(row) for row in rows]):
        yield from blocks


def _row(row: Tag) -> RowCells:
    tags = row.find_all(["td", "th"])
    cells = tuple(map(_cell, tags))
    named = [tag.name == "th" for tag, cell in zip(tags, cells, strict=True) if cell.text.strip()]
    in_head = row.find_parent("thead") is not None
    return RowCells(cells, is_header=in_head or (bool(named) and all(named)))


def _cell(tag: Tag) -> TableCell:
    text = _inline_text(tag)
    strong = "".join(part.get_text() for part in tag.find_all(["b", "strong"]))
    return TableCell(
        text,
        columns=_span(tag, "colspan"),
        rows=_span(tag, "rowspan"),
        is_strong=tag.name == "th" or clean(strong) == clean(text),
    )


def _span(tag: Tag, attribute: str) -> int:
    """Return how far a cell spans; 0 means to the end of the table."""
    written = str(tag.get(attribute) or "1")
    number = int(written) if re.fullmatch(r"\d{1,4}", written) else 1
    return number or _TO_THE_END


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
