"""Tables → blocks: what a table's rows look like in a document's text, in every format.

    rows of cells ──spans filled──▶ grid ──▶ title · header · rows

A cell that spans columns or rows stands in each of them, and an empty cell keeps its place, so that
each row says by itself what its figures are of. Header rows become one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from indexer.extraction.text_cleaning import clean, ends_sentence, is_caption
from indexer.records import BlockKind, TextBlock
from indexer.segmentation.table_cells import is_figure, joined_cells

_MAX_SPAN = 64
_MAX_COLUMNS = 256
"""Rows of wider tables are not filled up to their width."""

_MAX_HEADER_WORDS = 6
_MAX_HEADING_WORDS = 12
_MIN_HEADER_CELLS = 3
_MAX_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True, eq=False)
class TableCell:
    """A cell as its file has it.

    Attributes:
        text: Its text; may be empty.
        columns: Columns that it spans, 1 or more.
        rows: Rows that it spans, 1 or more.
        is_strong: It is marked as a heading, or set in bold.
        continues: It is the lower part of the cell above it, and has no text of its own.
    """

    text: str
    columns: int = 1
    rows: int = 1
    is_strong: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class RowCells:
    """A row as its file has it.

    Attributes:
        cells: From left to right, without those that span into it from above.
        is_header: The file says that it names the columns.
    """

    cells: tuple[TableCell, ...]
    is_header: bool = False


_TABLE_KINDS = frozenset({BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW})
_EMPTY = TableCell("")
_GridRow = list[TableCell]


def row_block(cells: Iterable[str], *, is_header: bool = False) -> TextBlock | None:
    """Return one table row, its cells between bars; ``None`` if all are empty."""
    text = joined_cells(map(clean, cells))
    kind = BlockKind.TABLE_HEADER if is_header else BlockKind.TABLE_ROW
    return TextBlock(kind, text) if any(map(str.isalnum, text)) else None


def row_blocks(rows: Sequence[RowCells]) -> list[list[TextBlock]]:
    """Return the blocks of a table, row by row; a row that is empty or joined to one has none.

    A row of one cell over the full width is a caption above the header, and one cell below it.
    Several header rows are joined column by column, as the last of them. Where the file marks no
    header, the first rows are taken for it if they look like one.
    """
    grid = _without_empty_columns(_grid(rows))
    marked = [row.is_header for row in rows]
    if all(marked):
        marked = [False] * len(rows)
    first = _n_titles(grid) if len(grid) > 1 else 0
    n_header = _n_marked(marked[first:]) if any(marked) else _n_header_rows(grid[first:])
    header = range(first, first + n_header)
    blocks: list[TextBlock | None] = [_block(row, BlockKind.CAPTION) for row in grid[:first]]
    blocks += [None] * max(n_header - 1, 0)
    if header:
        headings = zip_longest(*(grid[at] for at in header), fillvalue=_EMPTY)
        blocks.append(row_block(map(_heading, headings), is_header=True))
    for row, is_header in zip(grid[first + n_header :], marked[first + n_header :], strict=True):
        is_named = is_header and not _is_one_cell(row)
        blocks.append(_block(row, BlockKind.TABLE_HEADER if is_named else BlockKind.TABLE_ROW))
    return _opened([[block] if block else [] for block in blocks])


def tabbed_blocks(lines: Sequence[str]) -> list[TextBlock]:
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
    has_header = len(rows) > 1 and (_is_header(rows[0], rows[1]) or _names_figures(rows))
    if has_header:  # a line loses the tabs at its end
        rows = [[*row, *[""] * (len(rows[0]) - len(row))] for row in rows]
    blocks = (row_block(row, is_header=has_header and at == 0) for at, row in enumerate(rows))
    return _opened([[block for block in blocks if block]])[0]


def _opened(rows: list[list[TextBlock]]) -> list[list[TextBlock]]:
    """Return the blocks of a table, its first row marked where no header stands above it."""
    for row in rows:
        for at, block in enumerate(row):
            if block.kind is not BlockKind.CAPTION:
                begins = block.kind is BlockKind.TABLE_ROW
                row[at] = replace(block, begins_table=begins)
                return rows
    return rows


def with_captions(blocks: Iterable[TextBlock]) -> tuple[TextBlock, ...]:
    """Return ``blocks`` with the paragraphs beside tables that name them as captions."""
    marked = list(blocks)
    for at, block in enumerate(marked):
        neighbours = marked[max(at - 1, 0) : at + 2]
        is_beside = any(neighbour.kind in _TABLE_KINDS for neighbour in neighbours)
        if block.kind is BlockKind.PARAGRAPH and is_beside and is_caption(block.text):
            marked[at] = replace(block, kind=BlockKind.CAPTION)
    return tuple(marked)


def _grid(rows: Sequence[RowCells]) -> list[_GridRow]:
    """Return rows of one width, with the cell that covers each place."""
    grid: list[dict[int, TableCell]] = []
    hanging: dict[int, tuple[TableCell, int]] = {}  # by column: a cell from above, and rows to come
    for row in rows:
        line = {column: cell for column, (cell, _) in hanging.items()}
        hanging = {at: (cell, left - 1) for at, (cell, left) in hanging.items() if left > 1}
        column = 0
        for cell in row.cells:
            while column in line:
                column += 1
            for place in range(column, column + min(cell.columns, _MAX_SPAN)):
                above = grid[-1].get(place, _EMPTY) if cell.continues and grid else cell
                line[place] = above
                if cell.rows > 1:
                    hanging[place] = (cell, cell.rows - 1)
            column += min(cell.columns, _MAX_SPAN)
        grid.append(line)
    width = min(max((max(line, default=-1) + 1 for line in grid), default=0), _MAX_COLUMNS)
    return [
        [line.get(column, _EMPTY) for column in range(max(width, max(line, default=-1) + 1))]
        for line in grid
    ]


def _without_empty_columns(grid: list[_GridRow]) -> list[_GridRow]:
    width = min(map(len, grid), default=0)
    empty = {at for at in range(width) if not any(row[at].text.strip() for row in grid)}
    return [[cell for at, cell in enumerate(row) if at not in empty] for row in grid]


def _block(row: _GridRow, kind: BlockKind) -> TextBlock | None:
    if _is_one_cell(row):
        text = clean(row[0].text)
        return TextBlock(kind, text) if any(map(str.isalnum, text)) else None
    block = row_block(cell.text for cell in row)
    return TextBlock(kind, block.text) if block else None


def _is_one_cell(row: _GridRow) -> bool:
    """Tell whether a single cell covers a row of several columns."""
    return len(row) > 1 and all(cell is row[0] for cell in row)


def _n_titles(grid: Sequence[_GridRow]) -> int:
    """Return how many rows above the header are one cell, if something stands below them."""
    n_titles = next((at for at, row in enumerate(grid) if not _is_one_cell(row)), 0)
    return n_titles if n_titles <= _MAX_HEADER_ROWS else 0


def _n_marked(marked: Sequence[bool]) -> int:
    return next((at for at, is_header in enumerate(marked) if not is_header), len(marked))


def _n_header_rows(grid: Sequence[_GridRow]) -> int:
    """Guess how many rows name the columns: the first, and those below what spans in it."""
    if len(grid) < 2 or not _names_columns(grid):  # noqa: PLR2004
        return 0
    n_rows = 1
    while n_rows < min(len(grid) - 1, _MAX_HEADER_ROWS):
        above, below = grid[n_rows - 1], grid[n_rows]
        spans = any(_is_same(cell, other) for cell, other in pairwise(above))
        if not (spans or any(map(_is_same, above, below))) or _has_figure(below):
            break
        n_rows += 1
    return n_rows


def _is_same(cell: TableCell, other: TableCell) -> bool:
    return cell is other and cell is not _EMPTY


def _names_columns(grid: Sequence[_GridRow]) -> bool:
    """Tell whether the first row looks like a header: short names, over figures or in bold."""
    first = grid[0]
    texts = [clean(cell.text) for cell in first]
    if _has_figure(first) or not all(texts[1:]) or len(texts) < 2:  # noqa: PLR2004
        return False
    if any(len(text.split()) > _MAX_HEADING_WORDS or ends_sentence(text) for text in texts):
        return False
    if all(cell.is_strong for cell in first if cell.text.strip()):
        return True
    return len(texts) >= _MIN_HEADER_CELLS or _is_over_figures(
        [clean(cell.text) for cell in row] for row in grid
    )


def _is_over_figures(rows: Iterable[Sequence[str]]) -> bool:
    """Tell whether one of the columns, the first aside, is words over figures."""
    first, *rest = rows
    for at in range(1, len(first)):
        filled = [row[at] for row in rest if at < len(row) and row[at]]
        if filled and 2 * sum(map(is_figure, filled)) > len(filled):
            return True
    return False


def _has_figure(row: _GridRow) -> bool:
    return any(is_figure(clean(cell.text)) for cell in row)


def _heading(cells: Iterable[TableCell]) -> str:
    """Return what the header rows say of one column, each thing once."""
    return " ".join(dict.fromkeys(filter(None, (clean(cell.text) for cell in cells))))


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


def _names_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row has a short name for each column but the first, over figures."""
    first = rows[0]
    return (
        all(first[1:])
        and not any(map(is_figure, first))
        and all(len(name.split()) <= _MAX_HEADER_WORDS for name in first)
        and _is_over_figures(rows)
    )


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
