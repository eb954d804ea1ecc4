"""Fills cells that a table's rules show to go on from the row above: a name for two rows.

An empty cell and the lower part of a cell look alike but for the rule above them. Where the row is
ruled off from the one above it, and the cell is not, it is a part of the cell above.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from indexer.extraction.layout.lines import LevelRule, Line
from indexer.extraction.layout.tables import TableRow

_INSET = 1.0  # points from a column's left end


def with_row_spans(
    parts: Sequence[Line | TableRow], rules: Sequence[LevelRule]
) -> list[Line | TableRow]:
    """Return ``parts`` of a page with the text of such cells in each of their rows.

    Args:
        parts: Lines and rows of tables, in reading order.
        rules: Level rules of the page, sorted by height.
    """
    heights = [rule.y for rule in rules]
    filled: list[Line | TableRow] = []
    above: TableRow | None = None
    printed: TableRow | None = None
    for part in parts:
        row = part
        if isinstance(part, TableRow) and above and printed and above.columns is part.columns:
            between = _between(printed, part, rules, heights)
            row = _filled(part, above, between) if between and not above.is_header else part
        filled.append(row)
        above = row if isinstance(row, TableRow) else None
        printed = part if isinstance(part, TableRow) else None
    return filled


def _between(
    above: TableRow, row: TableRow, rules: Sequence[LevelRule], heights: Sequence[float]
) -> Sequence[LevelRule]:
    """Return the rules between two rows, by the baselines of what is printed in them."""
    low = max(line.y for cell in row.cells for line in cell)
    high = min(line.y for cell in above.cells for line in cell)
    return rules[bisect_left(heights, low) : bisect_right(heights, high)]


def _filled(row: TableRow, above: TableRow, between: Sequence[LevelRule]) -> TableRow:
    """Return ``row`` with the cells above those first empty ones over which no rule stands."""
    cells = list(row.cells)
    is_ruled = any(
        _is_over(start, between)
        for (start, _), cell in zip(row.columns, cells, strict=True)
        if cell
    )
    for at, (start, _) in enumerate(row.columns):
        if cells[at] or not is_ruled or _is_over(start, between):
            break
        cells[at] = above.cells[at]
    return replace(row, cells=tuple(cells))


def _is_over(x: float, rules: Sequence[LevelRule]) -> bool:
    return any(rule.x0 <= x + _INSET <= rule.x1 for rule in rules)
