"""Lines of a page → its tables' rows: those between rules first, then those told by their cells.

Where rules show the columns, a heading of several lines is one cell, a line across two columns is
parted at the border, and a row of one cell stays in its table.
"""

from collections import defaultdict
from collections.abc import Sequence

from indexer.extraction.layout.lines import LevelRule, Line
from indexer.extraction.layout.ruled_columns import RuledTable, ruled_tables, split_at
from indexer.extraction.layout.tables import (
    Cell,
    Extents,
    Row,
    TableRow,
    find_tables,
    is_header,
    rows_of,
)
from indexer.extraction.text_cleaning import split_bullet
from indexer.segmentation.table_cells import is_figure

_MIN_ROWS, _MIN_OPEN_ROWS = 1, 2
_MAX_HEADING_WORDS = 25
_MAX_HEADING_LINES = 8
_MAX_ROW_LINES = 3
_MAX_CELL_WORDS = 3
_MAX_ROWS_FOR_WIDE = 4  # rows of a table for each that has more than one cell
_CENTRED = 10.0  # points from the middle of a table to that of what names the rows below it


def page_rows(
    lines: Sequence[Line], rules: Sequence[LevelRule], *, begun: Extents = ()
) -> list[Line | TableRow]:
    """Return ``lines`` of a page in their order, those of tables replaced by rows.

    Args:
        lines: In reading order.
        rules: Level rules of the page, sorted by height.
        begun: Columns of the table that the page before ends with, as in `find_tables`.
    """
    printed = {table: _printed(table, lines) for table in ruled_tables(rules, lines)}
    tables = [table for table, rows in printed.items() if rows]
    items: list[Line | TableRow] = []
    others: list[Line] = []
    for line in lines:
        table = next((table for table in tables if table.holds(line)), None)
        if table is None:
            others.append(line)
        elif rows := printed.pop(table, None):
            items += [*find_tables(others, begun=() if items else begun), *rows]
            others = []
    return [*items, *find_tables(others, begun=() if items else begun)]


def _printed(table: RuledTable, lines: Sequence[Line]) -> list[TableRow]:
    """Return the rows of ``table``; none if it looks like a picture, a box or a letterhead."""
    pieces = [
        piece for line in lines if table.holds(line) for piece in split_at(line, table.borders)
    ]
    headings = [line for line in pieces if table.heads(line)]
    body = rows_of([line for line in pieces if not table.heads(line)])
    rows = _whole_rows(body, table)
    n_wide = sum(len(row.cells) > 1 for row in rows)
    n_wanted = _MIN_OPEN_ROWS if table.is_open else _MIN_ROWS
    if n_wide < max(n_wanted, len(rows) / _MAX_ROWS_FOR_WIDE) or any(row.is_tall for row in rows):
        return []
    if any(_is_list(cell) for row in rows for cell in row.cells) or _is_cut(rows, table, lines):
        return []
    columns = _headings(headings, table)
    header = Row([Cell(list(lines)) for lines in columns if lines])
    if any(_is_no_heading(cell) for cell in header.cells):
        return []
    is_named = _names_columns(header, rows, table)
    if not is_named and any(len(lines) > _MAX_ROW_LINES for lines in columns):
        return []
    names = TableRow(columns, is_named, table.columns)
    return [names, *(_printed_row(row, table) for row in rows)]


def _is_no_heading(cell: Cell) -> bool:
    return len(cell.lines) > _MAX_HEADING_LINES or len(cell.text.split()) > _MAX_HEADING_WORDS


def _is_list(cell: Cell) -> bool:
    return sum(split_bullet(line.text) is not None for line in cell.lines) > 1


def _is_cut(rows: Sequence[Row], table: RuledTable, lines: Sequence[Line]) -> bool:
    """Tell whether most of ``rows`` go on with short cells beside the table."""
    left, right = table.borders[0], table.borders[-1]
    heights = [
        line.y
        for line in lines
        if (line.x0 >= right or line.x1 <= left) and len(line.text.split()) <= _MAX_CELL_WORDS
    ]
    cut = [row for row in rows if any(abs(row.cells[0].lines[0].y - y) <= 1 for y in heights)]
    return 2 * len(cut) >= len(rows)


def _headings(headings: Sequence[Line], table: RuledTable) -> tuple[tuple[Line, ...], ...]:
    """Return the lines over each column; those over several stand in each of them."""
    columns: dict[int, list[Line]] = defaultdict(list)
    for line in sorted(headings, key=lambda line: (-line.y, line.x0)):
        for at in table.columns_under([line]):
            columns[at].append(line)
    return tuple(tuple(columns[at]) for at in range(len(table.columns)))


def _names_columns(header: Row, rows: Sequence[Row], table: RuledTable) -> bool:
    """Tell whether ``header`` is one: it alone is ruled off, or its looks tell."""
    if any(is_figure(cell.text) for cell in header.cells):
        return False
    return not _is_grid(rows, table) or is_header(
        [header, *(row for row in rows if len(row.cells) > 1)]
    )


def _is_grid(rows: Sequence[Row], table: RuledTable) -> bool:
    """Tell whether a rule parts each of ``rows`` from the next."""
    wide = [table.part_of(row.cells[0].lines[0]) for row in rows if len(row.cells) > 1]
    return len(wide) > 1 and len(set(wide)) == len(wide)


def _whole_rows(rows: Sequence[Row], table: RuledTable) -> list[Row]:
    """Return ``rows`` of a table, each with its name and with what its only cell goes on with.

    A name may be set at half the height of its row. Where rules part the rows, a cell between two
    of them with nothing beside it belongs to what stands over it.
    """
    is_grid = _is_grid(rows, table)
    whole: list[Row] = []
    for row in rows:
        above = whole[-1] if whole else None
        if above and _is_name_of(above, row, table):
            whole[-1] = Row([*above.cells, *row.cells])
        elif above and is_grid and _goes_on_alone(row, above, table):
            above.cells.extend(row.cells)
        else:
            whole.append(row)
    return whole


def _is_name_of(name: Row, row: Row, table: RuledTable) -> bool:
    if len(name.cells) > 1 or name.cells[0].x1 > table.borders[1]:
        return False
    heights = [line.y for cell in row.cells for line in cell.lines]
    is_level = all(min(heights) <= line.y <= max(heights) for line in name.cells[0].lines)
    return is_level and 0 not in table.columns_under(row.cells[0].lines)


def _goes_on_alone(row: Row, above: Row, table: RuledTable) -> bool:
    first = row.cells[0].lines[0]
    is_below = table.part_of(first) == table.part_of(above.cells[0].lines[0])
    return len(row.cells) == 1 and 0 not in table.columns_under([first]) and is_below


def _printed_row(row: Row, table: RuledTable) -> TableRow:
    """Return ``row`` with a cell for each column, or with one that names the rows below it."""
    cell = row.cells[0]
    if len(row.cells) == 1 and _is_name(cell, table):
        return TableRow((tuple(cell.lines),), is_header=False, columns=((cell.x0, cell.x1),))
    return TableRow(_cells(row, table), is_header=False, columns=table.columns)


def _is_name(cell: Cell, table: RuledTable) -> bool:
    over = table.columns_under(cell.lines)
    off_centre = (cell.x0 + cell.x1 - table.borders[0] - table.borders[-1]) / 2
    is_placed = 0 in over or len(over) > 1 or abs(off_centre) <= _CENTRED
    return is_placed and not is_figure(cell.text)


def _cells(row: Row, table: RuledTable) -> tuple[tuple[Line, ...], ...]:
    """Return the lines of each column, what spans several in each of them."""
    cells: list[tuple[Line, ...]] = [()] * len(table.columns)
    for cell in row.cells:
        for at in table.columns_under(cell.lines):
            cells[at] = (*cells[at], *cell.lines)
    return tuple(cells)
