"""Finds the tables of a page whose rules are drawn cell by cell, so that they show the columns.

Word draws the rule under a row as one stroke for each cell. Where two such rules or more stand over
each other, what lies between them is a table; its columns are known before a word of it is read.

rules ─▶ rows of strokes ─▶ those over each other ─▶ columns, and how high the headings reach
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from indexer.extraction.layout.lines import LevelRule, Line

_THICK = 2.5  # points from the upper to the lower edge of a rule
_TOUCH = 4.0  # points between two strokes of one rule
_OUTSIDE = 3.0
_MIN_COLUMN = 8.0
_MAX_SPANNING_WORDS = 12
_LARGER = 1.06
_TIGHT = 1.5  # from one line to the next of a cell, in units of the font size
_MIN_BORDERS = 2
_MIN_RULES = 2
_MAX_STEP = 4.0  # from one line to the next of a table, in units of the font size

Borders = tuple[float, ...]
"""Left ends of a table's columns and the right end of the last one, from left to right."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table between rules.

    Attributes:
        top: Height of its first rule.
        header_bottom: Height of the rule under its headings.
        bottom: Height of its last rule.
        borders: Of its columns.
        heights: Of all its rules, from top to bottom.
    """

    top: float
    header_bottom: float
    bottom: float
    borders: Borders
    heights: tuple[float, ...] = ()

    @property
    def columns(self) -> tuple[tuple[float, float], ...]:
        """Left and right end of each column."""
        return tuple(pairwise(self.borders))

    def holds(self, line: Line) -> bool:
        """Tell whether ``line`` stands in the table."""
        is_level = self.bottom < line.y < self.top
        start, end = self.borders[0] - _OUTSIDE, self.borders[-1] + _OUTSIDE
        return is_level and line.x0 >= start and line.x1 <= end

    def part_of(self, line: Line) -> int:
        """Return between which of its rules ``line`` stands, counted from the top."""
        return sum(line.y < height for height in self.heights)

    def heads(self, line: Line) -> bool:
        """Tell whether ``line`` is one of its headings."""
        return line.y > self.header_bottom and self.holds(line)

    @property
    def is_open(self) -> bool:
        """No rule stands below its headings."""
        return len(self.heights) <= _MIN_RULES

    def columns_under(self, lines: Sequence[Line]) -> range:
        """Return the columns over which ``lines`` of one cell stand, at least one."""
        x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
        over = [
            at
            for at, (start, end) in enumerate(self.columns)
            if min(x1, end) - max(x0, start) > _OUTSIDE
        ]
        if over:
            return range(over[0], over[-1] + 1)
        off = [abs(start + end - x0 - x1) for start, end in self.columns]
        nearest = off.index(min(off))
        return range(nearest, nearest + 1)


@dataclass(frozen=True, slots=True)
class _Strokes:
    y: float
    borders: Borders

    def is_over(self, other: "_Strokes") -> bool:
        """Tell whether both reach from the same left to the same right end."""
        left, right = self.borders[0] - other.borders[0], self.borders[-1] - other.borders[-1]
        return abs(left) <= _TOUCH and abs(right) <= _TOUCH


def ruled_tables(rules: Sequence[LevelRule], lines: Sequence[Line]) -> list[RuledTable]:
    """Return the tables that ``rules`` of a page show, from top to bottom.

    Args:
        rules: Sorted by height.
        lines: Of the page.
    """
    tables: list[RuledTable] = []
    open_rules: list[_Strokes] = []
    for lower in _strokes(rules):
        upper = next((rule for rule in open_rules if rule.is_over(lower)), None)
        if upper:
            open_rules.remove(upper)
            tables = _with_part(tables, upper, lower, lines)
        open_rules.append(lower)
    return [_with_open_end(table, tables, lines) for table in tables]


def _with_open_end(
    table: RuledTable, tables: Sequence[RuledTable], lines: Sequence[Line]
) -> RuledTable:
    """Return ``table``, down to the last row in its columns where no rule ends it.

    So it stands on each page but the last one of a long table.
    """
    if not table.is_open:
        return table
    low = max((other.top for other in tables if other.top < table.bottom), default=float("-inf"))
    whole = replace(table, bottom=low)
    bottom = end = table.bottom
    for _, level in groupby(
        sorted((line for line in lines if low < line.y < table.bottom), key=lambda line: -line.y),
        key=lambda line: line.y,
    ):
        row = [piece for line in level for piece in split_at(line, table.borders)]
        height, size = row[0].y, row[0].size
        over = [whole.columns_under([piece]) for piece in row]
        is_inside = all(map(whole.holds, row)) and all(len(columns) == 1 for columns in over)
        if not is_inside or end - height > _MAX_STEP * size:
            break
        if len({columns[0] for columns in over}) > 1 or end - height <= _TIGHT * size:
            bottom = height
        end = height
    return replace(table, bottom=bottom - _THICK)


def _with_part(
    tables: list[RuledTable], upper: _Strokes, lower: _Strokes, lines: Sequence[Line]
) -> list[RuledTable]:
    """Return ``tables`` with what stands between two rules, if it stands in their columns."""
    part = RuledTable(
        upper.y, lower.y, lower.y, _united(upper.borders, lower.borders), (upper.y, lower.y)
    )
    inside = [piece for line in lines if part.holds(line) for piece in split_at(line, part.borders)]
    begun = next((table for table in tables if table.bottom == upper.y), None)
    if begun is None:
        return [*tables, part] if _are_headings(inside, part) else tables
    if not inside or not _keep_to_columns(inside, part):
        return tables
    whole = replace(
        begun,
        bottom=lower.y,
        borders=_united(begun.borders, part.borders),
        heights=(*begun.heights, lower.y),
    )
    return [whole if table is begun else table for table in tables]


def _are_headings(lines: Sequence[Line], part: RuledTable) -> bool:
    """Tell whether some of ``lines`` stand over one column each, and none over all of several."""
    over = [part.columns_under([line]) for line in lines]
    is_whole = any(len(columns) == len(part.columns) for columns in over)
    return len({columns[0] for columns in over if len(columns) == 1}) > 1 and not is_whole


def _keep_to_columns(lines: Sequence[Line], part: RuledTable) -> bool:
    """Tell whether each of ``lines`` stands in its column, or is a single one that names rows.

    A title between two tables is larger than what stands in them, or goes on in a second line.
    """
    across = [line for line in lines if len(part.columns_under([line])) > 1]
    sizes = [line.size for line in lines if line not in across]
    return all(
        len(line.text.split()) <= _MAX_SPANNING_WORDS
        and line.size <= _LARGER * max(sizes, default=0)
        and all(other is line or abs(line.y - other.y) > _TIGHT * line.size for other in across)
        for line in across
    )


def split_at(line: Line, borders: Borders) -> list[Line]:
    """Return ``line`` in pieces, parted where a wide space in it lies over a border."""
    words = line.text.split()
    pieces: list[Line] = []
    done, start = 0, line.x0
    for gap in line.gaps:
        if any(gap.x0 - _OUTSIDE <= border <= gap.x1 + _OUTSIDE for border in borders[1:-1]):
            text = " ".join(words[done : gap.n_words])
            pieces.append(replace(line, text=text, x0=start, x1=gap.x0, gaps=()))
            done, start = gap.n_words, gap.x1
    if not pieces:
        return [line]
    rest = " ".join(words[done:])
    return [*pieces, replace(line, text=rest, x0=start, gaps=(), raised=False)]


def _united(borders: Borders, others: Borders) -> Borders:
    """Return all ``borders`` and those of ``others`` that are not among them."""
    new = [x for x in others if all(abs(x - border) > _TOUCH for border in borders)]
    return tuple(sorted((*borders, *new)))


def _strokes(rules: Sequence[LevelRule]) -> list[_Strokes]:
    """Return the rules of two strokes or more that touch each other, from top to bottom."""
    rows: list[list[LevelRule]] = []
    for rule in reversed(rules):
        if rows and rows[-1][0].y - rule.y <= _THICK:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    return [
        _Strokes(row[0].y, borders)
        for row in rows
        for borders in _borders(row)
        if len(borders) > _MIN_BORDERS
    ]


def _borders(row: Iterable[LevelRule]) -> list[Borders]:
    """Return where the strokes of one height begin and end, apart where they do not touch."""
    runs: list[list[float]] = []
    for rule in sorted(row, key=lambda rule: rule.x0):
        if runs and rule.x0 <= runs[-1][-1] + _TOUCH:
            if rule.x1 > runs[-1][-1] + _MIN_COLUMN:
                runs[-1].append(rule.x1)
        else:
            runs.append([rule.x0, rule.x1])
    return [tuple(run) for run in runs]
