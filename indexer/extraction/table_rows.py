"""Table cells → blocks: what a row looks like in a document's text, in every format."""

import re
from collections.abc import Iterable, Sequence

from indexer.extraction.text_cleaning import clean, ends_sentence
from indexer.records import BlockKind, TextBlock

_MAX_HEADER_WORDS = 6
_MIN_HEADER_CELLS = 3


def row_block(cells: Iterable[str], *, is_header: bool = False) -> TextBlock | None:
    """Return one table row, its cells joined by ``" | "``; ``None`` if all are empty."""
    text = " | ".join(filter(None, map(clean, cells)))
    kind = BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW
    return TextBlock(kind, text) if any(map(str.isalnum, text)) else None


def table_blocks(lines: Sequence[str]) -> list[TextBlock]:
    """Return the rows of a table whose cells are parted by tabs.

    A cell that was wrapped over several lines is put together again: its lower half begins in
    lower case under an upper half that has no end.
    """
    rows: list[list[str]] = []
    for line in lines:
        cells = [clean(cell) for cell in line.split("\t")]
        if rows:
            cells = _fold_into(rows[-1], cells)
        if any(cells):
            rows.append(cells)
    has_header = len(rows) > 1 and _is_header(rows[0], rows[1])
    blocks = (row_block(row, is_header=has_header and at == 0) for at, row in enumerate(rows))
    return [block for block in blocks if block]


def _fold_into(row: list[str], cells: list[str]) -> list[str]:
    """Append to ``row`` what continues its cells; return ``cells`` without it."""
    left: list[str] = []
    for at, cell in enumerate(cells):
        above = row[at] if at < len(row) else ""
        if cell[:1].islower() and above and not ends_sentence(above):
            row[at] = f"{above} {cell}"
            left.append("")
        else:
            left.append(cell)
    return left


def _is_header(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether a row names the columns: three or more, all short, none a figure."""
    names = [cell for cell in first if cell]
    return (
        len(names) >= _MIN_HEADER_CELLS
        and len(names) == len(first)
        and all(
            len(name.split()) <= _MAX_HEADER_WORDS and not ends_sentence(name) for name in names
        )
        and all(name[0].isupper() and not re.search(r"\d", name) for name in names)
        and any(len(cell) > len(name) for cell, name in zip(second, first, strict=False))
    )
