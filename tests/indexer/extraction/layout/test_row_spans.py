"""A cell that no rule parts from the one above it goes on in its row."""

import pytest

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import LevelRule, Line, PageLines
from indexer.records import BlockKind

COLUMNS = (60.0, 160.0, 260.0)
ROWS = (("Country", "Year", "Spent"), ("Peru", "2021", "395"), ("", "2022", "610"))


def rows_of(rules: list[LevelRule]) -> list[str]:
    lines = [
        Line(cell, 1, x, x + 30, 700.0 - 20 * at, 10.0, bold=at == 0)
        for at, row in enumerate(ROWS)
        for x, cell in zip(COLUMNS, row, strict=True)
        if cell
    ]
    page = PageLines(1, 600.0, 840.0, tuple(lines), rules=tuple(sorted(rules)))
    blocks = lay_out([page], [])
    return [block.text for block in blocks if block.kind is BlockKind.TABLE_ROW]


@pytest.mark.parametrize(
    ("rules", "last_row"),
    [
        pytest.param([LevelRule(672, 155, 300)], "Peru | 2022 | 610", id="ruled off but the name"),
        pytest.param([LevelRule(672, 55, 300)], "| 2022 | 610", id="ruled off, name and all"),
        pytest.param(
            [LevelRule(672, 55, 150), LevelRule(672, 155, 300)], "| 2022 | 610", id="cell by cell"
        ),
        pytest.param([], "| 2022 | 610", id="no rules"),
        pytest.param([LevelRule(692, 155, 300)], "| 2022 | 610", id="rule higher up"),
    ],
)
def test_a_name_stands_in_each_row_that_it_is_for(rules: list[LevelRule], last_row: str) -> None:
    assert rows_of(rules)[-1] == last_row
