"""Rules drawn cell by cell show the columns of a table."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Gap, LevelRule, Line, PageLines
from indexer.extraction.layout.ruled_columns import ruled_tables, split_at
from indexer.records import BlockKind, TextBlock
from tests.indexer.extraction.layout.page_lines import SIZE, texts

BORDERS = (60.0, 160.0, 260.0, 360.0)
HEADER_TOP, HEADER_BOTTOM, BOTTOM = 740.0, 700.0, 600.0


def rules_at(*heights: float, borders: Sequence[float] = BORDERS) -> list[LevelRule]:
    """A rule at each height, drawn as a stroke for each column."""
    return [LevelRule(y, start + 1, end) for y in heights for start, end in pairwise(borders)]


def cell(text: str, x: float, y: float, *, size: float = SIZE, bold: bool = False) -> Line:
    return Line(text, 1, x, x + 4.0 * len(text), y, size, bold)


def row(y: float, *cells: str) -> list[Line]:
    """Cells at the left ends of the columns; a blank one is not drawn."""
    return [cell(text, x, y) for text, x in zip(cells, BORDERS, strict=False) if text]


HEADINGS = [
    cell("Pistol", 160.0, 710.0, size=7.0),
    cell("Home-made", 260.0, 718.0, size=7.0),
    cell("weapons", 260.0, 710.0, size=7.0),
]


def laid_out(lines: Sequence[Line], rules: Sequence[LevelRule]) -> Sequence[TextBlock]:
    return lay_out([PageLines(1, 600.0, 840.0, tuple(lines), rules=tuple(sorted(rules)))], [])


def test_headings_over_several_lines_are_one_row() -> None:
    lines = [*HEADINGS, *row(680.0, "January", "30", "9"), *row(660.0, "February", "27", "–")]

    blocks = laid_out(lines, rules_at(HEADER_TOP, HEADER_BOTTOM, BOTTOM))

    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.TABLE_HEADER, "| Pistol | Home-made weapons"),
        (BlockKind.TABLE_ROW, "January | 30 | 9"),
        (BlockKind.TABLE_ROW, "February | 27 | –"),
    ]


def test_a_heading_over_two_columns_stands_in_both() -> None:
    over = Line("Seized in 2021", 1, 190.0, 330.0, 730.0, 7.0)
    lines = [over, *HEADINGS, *row(680.0, "January", "30", "9"), *row(660.0, "March", "8", "5")]

    blocks = laid_out(lines, rules_at(HEADER_TOP, HEADER_BOTTOM, BOTTOM))

    header = "| Seized in 2021 Pistol | Seized in 2021 Home-made weapons"
    assert texts(blocks, BlockKind.TABLE_HEADER) == [header]


def test_a_line_across_two_columns_is_parted_where_the_border_is() -> None:
    across = Line("19 May Ninth", 1, 160.0, 300.0, 680.0, SIZE, gaps=(Gap(2, 254.0, 262.0),))
    lines = [*HEADINGS, cell("Alba", 60.0, 680.0), across, *row(660.0, "Bruma", "2 May", "Tenth")]

    blocks = laid_out(lines, rules_at(HEADER_TOP, HEADER_BOTTOM, BOTTOM))

    assert texts(blocks, BlockKind.TABLE_ROW) == ["Alba | 19 May | Ninth", "Bruma | 2 May | Tenth"]


def test_a_line_keeps_its_spaces_that_no_border_stands_in() -> None:
    line = Line(
        "a b c", 1, 60.0, 200.0, 680.0, SIZE, gaps=(Gap(1, 80.0, 90.0), Gap(2, 150.0, 170.0))
    )

    pieces = split_at(line, BORDERS)

    assert [(piece.text, piece.x0, piece.x1) for piece in pieces] == [
        ("a b", 60.0, 150.0),
        ("c", 170.0, 200.0),
    ]


def test_a_table_that_no_rule_ends_reaches_down_to_its_last_row() -> None:
    prose = Line("So it went on in all towns of the coast.", 1, 60.0, 350.0, 640.0, SIZE)
    lines = [*HEADINGS, *row(680.0, "January", "30", "9"), *row(660.0, "March", "8", "5"), prose]

    blocks = laid_out(lines, rules_at(HEADER_TOP, HEADER_BOTTOM))

    assert [block.kind for block in blocks] == [
        BlockKind.TABLE_HEADER,
        BlockKind.TABLE_ROW,
        BlockKind.TABLE_ROW,
        BlockKind.PARAGRAPH,
    ]


def test_a_lone_name_in_a_table_names_the_rows_below_it() -> None:
    lines = [
        *HEADINGS,
        *row(680.0, "January", "30", "9"),
        *row(660.0, "By sea"),
        *row(640.0, "March", "8", "5"),
    ]

    blocks = laid_out(lines, rules_at(HEADER_TOP, HEADER_BOTTOM, BOTTOM))

    assert texts(blocks, BlockKind.TABLE_ROW) == ["January | 30 | 9", "By sea", "March | 8 | 5"]


def test_a_name_set_at_half_the_height_of_its_row_is_in_it() -> None:
    lines = [
        *HEADINGS,
        cell("Arab States", 60.0, 674.0),
        cell("Libya", 160.0, 680.0),
        cell("Somalia", 160.0, 668.0),
        cell("none", 260.0, 680.0),
        *row(640.0, "Africa", "8", "5"),
    ]

    blocks = laid_out(lines, rules_at(HEADER_TOP, HEADER_BOTTOM, BOTTOM))

    assert texts(blocks, BlockKind.TABLE_ROW)[0] == "Arab States | Libya Somalia | none"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param([650.0], ["Annual | Plan Report |", "Second | 8 | 5"], id="rules part rows"),
        pytest.param([], ["Annual | Plan |", "| Report |", "Second | 8 | 5"], id="none does"),
    ],
)
def test_a_cell_between_the_rules_of_a_row_goes_on(inner: list[float], expected: list[str]) -> None:
    lines = [
        *HEADINGS,
        *row(685.0, "Annual", "Plan"),
        *row(660.0, "", "Report"),
        *row(630.0, "Second", "8", "5"),
    ]

    blocks = laid_out(lines, rules_at(HEADER_TOP, HEADER_BOTTOM, *inner, BOTTOM))

    assert texts(blocks, BlockKind.TABLE_ROW) == expected


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([Line("Prose over all of it.", 1, 65.0, 350.0, 710.0, SIZE)], id="prose"),
        pytest.param([cell("One", 60.0, 710.0)], id="one cell"),
        pytest.param([], id="nothing"),
    ],
)
def test_rules_around_no_headings_are_no_table(lines: list[Line]) -> None:
    assert ruled_tables(sorted(rules_at(HEADER_TOP, HEADER_BOTTOM)), lines) == []


def test_a_table_ends_where_prose_stands_in_its_rules() -> None:
    prose = [
        Line("The towns of the coast and", 1, 60.0, 350.0, 640.0, SIZE),
        Line("those of the hills", 1, 62.0, 350.0, 628.0, SIZE),
    ]
    heights = (HEADER_TOP, HEADER_BOTTOM, 660.0, BOTTOM)
    long = [
        Line(f"{line.text} and so on, as in all years before", 1, 60.0, 350.0, line.y, SIZE)
        for line in prose
    ]

    (table,) = ruled_tables(
        sorted(rules_at(*heights)), [*HEADINGS, *row(680.0, "a", "1", "2"), *long]
    )

    assert table.bottom == 660.0


NAMES = [cell("Kind", 60.0, 710.0), cell("Here", 160.0, 710.0), cell("There", 260.0, 710.0)]
LISTS = [cell(f"• {y}", x, y) for x in (160.0, 260.0) for y in (680.0, 668.0)]
TALL = [cell("so it", 160.0, 735.0 - 3.5 * at, size=3.0) for at in range(9)]


@pytest.mark.parametrize(
    ("lines", "heights"),
    [
        pytest.param(
            [*NAMES, *LISTS],
            (HEADER_TOP, HEADER_BOTTOM, BOTTOM),
            id="lists beside each other",
        ),
        pytest.param(
            [*NAMES, *row(660.0, "Session of 2025")], (HEADER_TOP, HEADER_BOTTOM), id="letterhead"
        ),
        pytest.param(
            [*NAMES, *(cell(str(at), 160.0, 690.0 - 15 * at) for at in range(6))],
            (HEADER_TOP, HEADER_BOTTOM, BOTTOM),
            id="scale of a chart",
        ),
        pytest.param(
            [*TALL, cell("Kind", 60.0, 710.0), *row(680.0, "Alba", "fish")],
            (HEADER_TOP, HEADER_BOTTOM, BOTTOM),
            id="more lines than headings have",
        ),
    ],
)
def test_what_only_looks_ruled_is_read_as_before(lines: list[Line], heights: list[float]) -> None:
    blocks = laid_out(lines, rules_at(*heights))

    assert blocks == laid_out(lines, [])


def test_a_table_that_goes_on_beside_its_rules_is_read_by_its_cells() -> None:
    lines = [
        *HEADINGS,
        *row(680.0, "January", "30", "9", "11"),
        *row(660.0, "February", "27", "5", "12"),
    ]

    blocks = laid_out(lines, rules_at(HEADER_TOP, HEADER_BOTTOM, BOTTOM))

    assert texts(blocks, BlockKind.TABLE_ROW) == ["January | 30 | 9 | 11", "February | 27 | 5 | 12"]
