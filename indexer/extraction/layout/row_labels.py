"""Gives each row the name that a table prints once for several: ``2021`` for all of its months.

Where the rows of each group begin the same way (January, February), only the name says which one is
meant.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.extraction.layout.lines import Line
from indexer.extraction.layout.tables import TableRow
from indexer.segmentation.table_cells import is_figure

_MIN_COLUMNS = 3
_MIN_UNNAMED = 2
_ALIGNED = 6.0  # points between the columns of a table's parts on two pages

Parts = list[Line | TableRow]


def with_row_labels(pages: Sequence[Parts]) -> list[Parts]:
    """Return the parts of all ``pages``, the names of groups in each of their rows.

    A table goes on over pages, and past its headings there. A sum below each group is named like
    its rows. The last row keeps no name if nothing else begins like it: it sums up the groups.
    """
    filled = [list(parts) for parts in pages]
    for places in _tables(filled):
        rows = [row for page, at in places if isinstance(row := filled[page][at], TableRow)]
        for (page, at), row in zip(places, _named(rows), strict=True):
            filled[page][at] = row
    return filled


def _tables(pages: Sequence[Parts]) -> Iterator[list[tuple[int, int]]]:
    """Yield the places of each table's rows, by page and part; those of headings are left out."""
    places: list[tuple[int, int]] = []
    last: TableRow | None = None
    for page, parts in enumerate(pages):
        for at, part in enumerate(parts):
            row = part if isinstance(part, TableRow) and len(part.cells) >= _MIN_COLUMNS else None
            is_new = row is None or last is None or not _is_alike(row, last)
            if is_new or (row and row.is_header and places and places[-1][0] == page):
                yield places
                places = []
            if row and not row.is_header:
                places.append((page, at))
            last = row
    yield places


def _is_alike(row: TableRow, other: TableRow) -> bool:
    return len(row.cells) == len(other.cells) and all(
        abs(start - other_start) <= _ALIGNED
        for (start, _), (other_start, _) in zip(row.columns, other.columns, strict=True)
    )


def _named(rows: Sequence[TableRow]) -> list[TableRow]:
    """Return ``rows`` of one table with the names of their groups, if they stand in groups."""
    firsts = Counter(_text(row.cells[0]) for row in rows if not row.cells[1])
    seconds = Counter(_text(row.cells[1]) for row in rows)
    unnamed = [_text(row.cells[1]) for row in rows if row.cells[1] and not row.cells[0]]
    is_grouped = any(seconds[text] > 1 for text in unnamed) and not any(map(is_figure, unnamed))
    if len(unnamed) < _MIN_UNNAMED or not is_grouped:
        return list(rows)
    named: list[TableRow] = []
    name: tuple[Line, ...] = ()
    for at, row in enumerate(rows):
        first, second, *others = row.cells
        is_last = at == len(rows) - 1 and seconds[_text(second)] == 1 and _is_bold(row)
        if first and second:
            name = first
        elif second and not is_last:
            first = name
        elif firsts[_text(first)] > 1:  # as the sum of each group
            first, second = name, first
        named.append(replace(row, cells=(first, second, *others)))
    return named


def _text(cell: Sequence[Line]) -> str:
    return " ".join(line.text for line in cell)


def _is_bold(row: TableRow) -> bool:
    return all(line.bold for cell in row.cells for line in cell)
