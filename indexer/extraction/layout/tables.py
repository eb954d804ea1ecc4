"""Finds tables that are drawn as columns of text, and puts each row on one line."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from indexer.extraction.layout.lines import Line
from indexer.extraction.text_cleaning import is_caption
from indexer.segmentation.table_cells import is_figure

_MIN_CELLS = 2
_MAX_CELL_LINES = 14
_MIN_STEP, _MAX_STEP = 0.5, 1.7  # of lines in a cell, in units of the font size
_ALIGNED = 6.0
_MAX_HEADER_WORDS = 8
_MAX_HEADER_LINES = 4
_MAX_HEADER_STEP = 3.0  # from an upper header row to the lower one, in units of the font size
_SMALLER = 0.94
_MAX_COLUMN_ROWS = 60
_MAX_ROWS_ABOVE = 12
_MIN_GAPS = 3  # rows that part two columns, for each cell that stands over both
_FIGURE = re.compile(r"[-–—+(]?\s?[$€£]?\s?[\d\s.,]*[\d–—-]\s?[%)]?")


@dataclass(slots=True)
class Cell:
    """Lines under each other in one column of a row."""

    lines: list[Line]

    @property
    def x0(self) -> float:
        """Left end of the cell's text."""
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        """Right end of the cell's text."""
        return max(line.x1 for line in self.lines)

    @property
    def text(self) -> str:
        """Its lines with a space between them: for looking at, not for keeping."""
        return " ".join(line.text for line in self.lines)

    def takes(self, line: Line) -> bool:
        """Tell whether ``line``, next in order, stands right under this cell's last line."""
        last = self.lines[-1]
        step = (last.y - line.y) / max(last.size, line.size)
        overlaps = min(self.x1, line.x1) > max(self.x0, line.x0)
        return _MIN_STEP < step <= _MAX_STEP and overlaps

    def is_close(self, line: Line) -> bool:
        """Tell whether ``line`` stands one tight line below, flush with this cell."""
        last = self.lines[-1]
        return last.y - line.y <= 1.35 * line.size and abs(line.x0 - self.x0) <= 1.5 * line.size


@dataclass(slots=True)
class Row:
    """Cells beside each other, from left to right."""

    cells: list[Cell]

    @property
    def is_tall(self) -> bool:
        """A cell has too many lines for one of a table."""
        return any(len(cell.lines) > _MAX_CELL_LINES for cell in self.cells)

    def takes(self, line: Line) -> bool:
        """Tell whether ``line``, next in order, begins a cell to the right of this row's last."""
        top = max(cell.lines[0].y for cell in self.cells)
        bottom = min(cell.lines[-1].y for cell in self.cells)
        reach = 0.6 * line.size
        return line.x0 >= self.cells[-1].x1 - 1 and bottom - reach <= line.y <= top + reach

    def is_level(self, line: Line) -> bool:
        """Tell whether ``line`` stands to the right of this row, on its first or last baseline."""
        baselines = (self.cells[0].lines[0].y, self.cells[0].lines[-1].y)
        is_right = line.x0 >= self.cells[-1].x1 - 1
        return is_right and any(abs(line.y - y) <= 0.2 * line.size for y in baselines)


Extents = tuple[tuple[float, float], ...]
"""Left and right end of each column, from left to right."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as it is printed.

    Attributes:
        cells: Lines of each cell, by column; a cell may be empty.
        is_header: It names the columns.
        columns: Where each column begins and ends, from left to right.
    """

    cells: tuple[tuple[Line, ...], ...]
    is_header: bool
    columns: Extents


def find_tables(lines: Sequence[Line], *, begun: Extents = ()) -> list[Line | TableRow]:
    """Return ``lines`` of a page in their order, those of tables replaced by rows.

    A table is two rows or more, one under the other, of two cells or more whose left ends, right
    ends or middles are aligned. Two columns of prose are one tall row and stay lines; so does
    everything in doubt.

    Args:
        lines: In reading order.
        begun: Columns of the table that the page before ends with. What stands in them at the head
            of this page goes on with it, be it one row, and has its header there.
    """
    rows = rows_of(lines)
    goes_on = bool(rows) and _fits(rows[0], begun)
    items: list[Line | TableRow] = []
    for is_table, run in groupby(_marked(rows, goes_on=goes_on), key=lambda marked: marked[0]):
        members = [row for _, row in run]
        if is_table:
            items += _printed(members, begun if goes_on and members[0] is rows[0] else ())
        else:
            items += [line for row in members for cell in row.cells for line in cell.lines]
    return items


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Put ``lines`` into cells and cells into rows, following the order in which they come."""
    rows: list[Row] = []
    for at, line in enumerate(lines):
        begins = at + 1 < len(lines) and _is_beside(line, lines[at + 1])
        cell = _cell_above(rows, line, begins_row=begins)
        row = None if cell else _row_beside(rows, lines[at : at + _MAX_HEADER_LINES])
        if cell:
            cell.lines.append(line)
        elif row:
            row.cells.append(Cell([line]))
        else:
            rows.append(Row([Cell([line])]))
    return rows


def _cell_above(rows: Sequence[Row], line: Line, *, begins_row: bool) -> Cell | None:
    """Return the cell that ``line`` continues.

    That is the last one begun; or, in a file drawn line by line across the columns, the cell of
    the last row right above a line that has none beside it.
    """
    if not rows or (begins_row and (len(rows[-1].cells) > 1 or _is_captioned(rows[-1]))):
        return None
    last, *earlier = reversed(rows[-1].cells)
    if last.takes(line):
        return last
    return next((cell for cell in earlier if cell.takes(line) and cell.is_close(line)), None)


def _is_captioned(row: Row) -> bool:
    """Tell whether the only cell of ``row`` ends with a caption."""
    return len(row.cells) == 1 and is_caption(row.cells[0].lines[-1].text)


def _row_beside(rows: Sequence[Row], lines: Sequence[Line]) -> Row | None:
    """Return the row in which the first of ``lines`` begins a cell.

    That is the last one, also where the cell begins higher and its last line is level with the row
    (a header set at the foot of its row); or, where a file draws a table column by column and the
    line is a figure, the row on its baseline.
    """
    line = lines[0]
    if rows and (rows[-1].takes(line) or _ends_level(rows[-1], lines)):
        return rows[-1]
    if not _FIGURE.fullmatch(line.text):
        return None
    return next((row for row in rows[-_MAX_COLUMN_ROWS:] if row.is_level(line)), None)


def _ends_level(row: Row, lines: Sequence[Line]) -> bool:
    """Tell whether ``lines``, right of ``row``, come down to the baseline of its only line."""
    level = row.cells[0].lines[0]
    cell = Cell([lines[0]])
    if len(row.cells) > 1 or len(row.cells[0].lines) > 1 or lines[0].x0 < row.cells[0].x1 - 1:
        return False
    for line in lines[1:]:
        if not cell.takes(line):
            return False
        if abs(line.y - level.y) <= 0.2 * line.size:
            return True
        cell.lines.append(line)
    return False


def _is_beside(left: Line, right: Line) -> bool:
    return abs(left.y - right.y) <= 0.3 * left.size and right.x0 >= left.x1


def _fits(row: Row, columns: Extents) -> bool:
    """Tell whether the cells of ``row`` stand in ``columns``, each in one of its own."""
    if row.is_tall:
        return False
    places = [
        next(
            (
                at
                for at, (start, end) in enumerate(columns)
                if cell.x0 >= start - _ALIGNED and cell.x1 <= end + _ALIGNED
            ),
            -1,
        )
        for cell in row.cells
    ]
    return len(places) >= _MIN_CELLS and -1 not in places and len(set(places)) == len(places)


def _marked(rows: Sequence[Row], *, goes_on: bool) -> list[tuple[int, Row]]:
    """Give each row the number of the table it belongs to, 0 for none."""
    marks = [0] * len(rows)
    table = 0
    if goes_on:
        marks[0] = table = 1
    for at in range(1, len(rows)):
        if _is_under(_with_columns_above(rows, marks, at - 1), rows[at]):
            table += not marks[at - 1]
            marks[at - 1] = marks[at] = marks[at - 1] or table
    for at in range(len(rows) - 2, -1, -1):
        if not marks[at] and marks[at + 1] and _heads(rows[at], rows[at + 1 :][:_MAX_ROWS_ABOVE]):
            marks[at] = marks[at + 1]
    return list(zip(marks, rows, strict=True))


def _heads(row: Row, table: Sequence[Row]) -> bool:
    """Tell whether ``row`` stands over a table's header and names some of its columns together."""
    below = table[0]
    texts = [cell.text for cell in row.cells]
    if len(row.cells) < _MIN_CELLS or any(len(text.split()) > _MAX_HEADER_WORDS for text in texts):
        return False
    if any(letter.isdigit() for text in texts for letter in text):
        return False
    top, bottom = below.cells[0].lines[0], row.cells[0].lines[-1]
    is_close = 0 < bottom.y - top.y <= _MAX_HEADER_STEP * max(top.size, bottom.size)
    is_alike = _is_bold(row) is _is_bold(below)
    return is_close and is_alike and _n_aligned(row, table) == len(row.cells)


def _is_bold(row: Row) -> bool:
    return all(line.bold for cell in row.cells for line in cell.lines)


def _with_columns_above(rows: Sequence[Row], marks: Sequence[int], at: int) -> list[Row]:
    """Return row ``at``, and those over it in its table: they have cells where it is empty."""
    start = max(at - _MAX_ROWS_ABOVE, 0)
    return [
        rows[at],
        *(
            row
            for row, mark in zip(rows[start:at], marks[start:at], strict=True)
            if mark and mark == marks[at]
        ),
    ]


def _is_under(table: Sequence[Row], below: Row) -> bool:
    """Tell whether ``below`` goes on with a table that ends in the first row of ``table``."""
    above = table[0]
    if min(len(above.cells), len(below.cells)) < _MIN_CELLS:
        return False
    if above.is_tall or below.is_tall:
        return False
    if below.cells[0].lines[0].y >= above.cells[0].lines[0].y:
        return False
    if _n_aligned(below, [above]) >= _MIN_CELLS:
        return True
    # An empty cell above has nothing to be aligned with; the columns must stay apart.
    whole = [*table, below]
    return _n_aligned(below, table) >= _MIN_CELLS and (
        len(_columns(whole)) >= max(len(row.cells) for row in whole)
    )


def _n_aligned(below: Row, rows: Sequence[Row]) -> int:
    others = [other for row in rows for other in row.cells]
    return sum(any(_is_aligned(cell, other) for other in others) for cell in below.cells)


def _is_aligned(cell: Cell, other: Cell) -> bool:
    distances = (
        abs(cell.x0 - other.x0),
        abs(cell.x1 - other.x1),
        abs(cell.x0 + cell.x1 - other.x0 - other.x1) / 2,
    )
    return min(distances) <= _ALIGNED


def _printed(rows: Sequence[Row], begun: Extents) -> list[TableRow]:
    columns = _columns(rows, begun)
    if begun and len(columns) < max(len(begun), *(len(row.cells) for row in rows)):
        columns = _columns(rows)
    printed = [
        TableRow(
            tuple(
                tuple(
                    line
                    for cell in row.cells
                    if _column_of(cell, columns) == at
                    for line in cell.lines
                )
                for at in range(len(columns))
            ),
            is_header=False,
            columns=columns,
        )
        for row in rows
    ]
    is_named = _is_set_apart(rows) if begun else is_header(rows)
    printed[0] = replace(printed[0], is_header=is_named)
    return _with_one_header(printed) if len(rows) > _MIN_CELLS else printed


def _with_one_header(printed: list[TableRow]) -> list[TableRow]:
    """Join two header rows: what stands over several columns goes before each of their names."""
    upper, lower = printed[0].cells, printed[1].cells
    if not printed[0].is_header or lower[0] or not any(lower):
        return printed
    over: list[tuple[Line, ...]] = []
    for above, below in zip(upper, lower, strict=True):
        over.append(above or (over[-1] if over and below else ()))
    named = [cells for cells, below in zip(over, lower, strict=True) if below]
    if len(named) == len(set(named)) or not all(named):
        return printed  # nothing stands over two columns
    cells = tuple((*above, *below) for above, below in zip(over, lower, strict=True))
    return [replace(printed[0], cells=cells), *printed[2:]]


def _columns(rows: Sequence[Row], begun: Extents = ()) -> Extents:
    """Return the horizontal extent of each column, from left to right.

    Cells that overlap are in one column, unless a few of them, such as a heading over two columns,
    bridge the gap that most other rows have there.
    """
    columns: list[tuple[float, float]] = []
    cells = [(cell.x0, max(cell.x0, cell.x1)) for row in rows for cell in row.cells]
    for start, end in sorted((*cells, *begun)):
        if columns and start < columns[-1][1] - 1:
            columns[-1] = (columns[-1][0], max(columns[-1][1], end))
        else:
            columns.append((start, end))
    return tuple(part for column in columns for part in _parted(column, rows))


def _parted(column: tuple[float, float], rows: Sequence[Row]) -> Extents:
    """Return the columns that ``column`` is made of, where only a few cells hold them together."""
    inside = [
        sorted((cell.x0, cell.x1) for cell in row.cells if column[0] <= cell.x0 <= column[1])
        for row in rows
    ]
    gaps = [(left[1], right[0]) for cells in inside for left, right in pairwise(cells)]
    cells = [cell for row in inside for cell in row]
    best: tuple[int, float] | None = None
    for x in sorted({(left + right) / 2 for left, right in gaps}):
        if not column[0] < x < column[1]:
            continue  # cells without width stand at the column's edge
        n_apart = sum(left <= x <= right for left, right in gaps)
        n_over = sum(start < x < end for start, end in cells)
        lead = n_apart - _MIN_GAPS * max(n_over, 1)
        if lead >= 0 and (best is None or lead > best[0]):
            best = (lead, x)
    if best is None:
        return (column,)
    left = max(end for _, end in cells if end <= best[1])
    right = min(start for start, _ in cells if start >= best[1])
    return (*_parted((column[0], left), rows), *_parted((right, column[1]), rows))


def _column_of(cell: Cell, columns: Sequence[tuple[float, float]]) -> int:
    """Return the column in which ``cell`` begins, or the nearest one."""
    distances = [max(start - cell.x0, cell.x0 - end, 0.0) for start, end in columns]
    return distances.index(min(distances))


def _is_set_apart(rows: Sequence[Row]) -> bool:
    """Tell whether the first row is bold, or smaller, above rows that are not."""
    lines = [line for cell in rows[0].cells for line in cell.lines]
    below = [line for row in rows[1:] for cell in row.cells for line in cell.lines]
    if not below:
        return False
    if all(line.bold for line in lines) and not all(line.bold for line in below):
        return True
    return max(line.size for line in lines) < _SMALLER * min(line.size for line in below)


def is_header(rows: Sequence[Row]) -> bool:
    """Tell whether the first row names the columns: by weight or size, or as words over figures."""
    if _is_set_apart(rows):
        return True
    first, rest = rows[0], rows[1:]
    texts = [cell.text for cell in first.cells]
    if any(len(text.split()) > _MAX_HEADER_WORDS for text in texts):
        return False
    if any(letter.isdigit() for text in texts for letter in text):
        return not any(map(is_figure, texts)) and _is_over_figures(rows)
    figures_below = sum(
        any(any(map(str.isdigit, line.text)) for cell in row.cells for line in cell.lines)
        for row in rest
    )
    return figures_below * 2 > len(rest)


def _is_over_figures(rows: Sequence[Row]) -> bool:
    """Tell whether every column that the first row names by a year or a range holds figures."""
    columns = _columns(rows)
    below: dict[int, list[bool]] = defaultdict(list)
    for row in rows[1:]:
        for cell in row.cells:
            below[_column_of(cell, columns)].append(is_figure(cell.text))
    named = [
        below[_column_of(cell, columns)]
        for cell in rows[0].cells
        if any(map(str.isdigit, cell.text))
    ]
    return all(2 * sum(figures) > len(figures) for figures in named)
