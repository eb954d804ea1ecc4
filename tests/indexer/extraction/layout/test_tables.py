"""Cells beside each other are rows of a table."""

import pytest

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Line, PageLines
from indexer.records import BlockKind
from tests.indexer.extraction.layout.page_lines import SIZE, TOP, texts


def test_cells_beside_each_other_are_rows_under_their_header() -> None:
    cells = [("City", "People"), ("Alba", "1 200"), ("Bruma", "3 400")]
    lines = [
        Line(text, 1, x, x + 50.0, TOP - at * 18, SIZE)
        for at, row in enumerate(cells)
        for text, x in zip(row, (60.0, 300.0), strict=True)
    ]

    blocks = lay_out([PageLines(1, 600.0, 840.0, tuple(lines))], [])

    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.TABLE_HEADER, "City | People"),
        (BlockKind.TABLE_ROW, "Alba | 1 200"),
        (BlockKind.TABLE_ROW, "Bruma | 3 400"),
    ]


def test_a_wrapped_cell_stays_in_its_cell() -> None:
    lines = [
        Line("Centre for training", 1, 60.0, 160.0, 700.0, SIZE),
        Line("$20", 1, 300.0, 330.0, 700.0, SIZE),
        Line("and learning", 1, 60.0, 130.0, 688.0, SIZE),
        Line("Trust fund", 1, 60.0, 120.0, 672.0, SIZE),
        Line("$30", 1, 300.0, 330.0, 672.0, SIZE),
    ]

    blocks = lay_out([PageLines(1, 600.0, 840.0, tuple(lines))], [])

    assert texts(blocks) == ["Centre for training and learning | $20", "Trust fund | $30"]


def test_rows_drawn_as_cells_stay_rows_of_their_own() -> None:
    cells = [("Alba", "harbour"), ("near the", "and quay"), ("Bruma", "none at all")]
    lines = [
        Line(text, 1, x, x + 50.0, TOP - at * 22, SIZE)
        for at, row in enumerate(cells)
        for text, x in zip(row, (60.0, 300.0), strict=True)
    ]

    blocks = lay_out([PageLines(1, 600.0, 840.0, tuple(lines))], [])

    assert texts(blocks) == [" | ".join(row) for row in cells]


def test_a_header_set_small_and_at_the_foot_of_its_row_is_whole() -> None:
    lines = [
        Line("State", 1, 60.0, 90.0, 700.0, 8.0),
        Line("Day of", 1, 200.0, 240.0, 709.0, 8.0),
        Line("signature", 1, 200.0, 250.0, 700.0, 8.0),
        Line("Alba", 1, 60.0, 90.0, 680.0, SIZE),
        Line("none", 1, 200.0, 230.0, 680.0, SIZE),
        Line("Bruma", 1, 60.0, 90.0, 660.0, SIZE),
        Line("in May", 1, 200.0, 230.0, 660.0, SIZE),
    ]

    blocks = lay_out([PageLines(1, 600.0, 840.0, tuple(lines))], [])

    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.TABLE_HEADER, "State | Day of signature"),
        (BlockKind.TABLE_ROW, "Alba | none"),
        (BlockKind.TABLE_ROW, "Bruma | in May"),
    ]


COLUMNS = (60.0, 200.0, 300.0)


def _drawn(rows: list[tuple[str, str, str]], page: int) -> list[Line]:
    """Cells one row under the other; a blank one is not drawn."""
    return [
        Line(cell, page, x, x + 5.0 * len(cell), TOP - at * 18, SIZE)
        for at, row in enumerate(rows)
        for cell, x in zip(row, COLUMNS, strict=True)
        if cell
    ]


def test_a_table_goes_on_over_the_page_in_the_same_columns() -> None:
    first = _drawn([("Town", "In 2021", "In 2022"), ("Alba", "12", "15"), ("Bruma", "7", "9")], 1)
    second = [*_drawn([("Corvo", "", "40")], 2), Line("So much.", 2, 60.0, 540.0, 600.0, SIZE)]
    third = _drawn([("Duna", "31", "17"), ("Estela", "", "18")], 3)

    blocks = lay_out(
        [
            PageLines(number, 600.0, 840.0, tuple(lines))
            for number, lines in enumerate((first, second, third), start=1)
        ],
        [],
    )

    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.TABLE_HEADER, "Town | In 2021 | In 2022"),
        (BlockKind.TABLE_ROW, "Alba | 12 | 15"),
        (BlockKind.TABLE_ROW, "Bruma | 7 | 9"),
        (BlockKind.TABLE_ROW, "Corvo | | 40"),
        (BlockKind.PARAGRAPH, "So much."),
        (BlockKind.TABLE_ROW, "Duna | 31 | 17"),
        (BlockKind.TABLE_ROW, "Estela | | 18"),
    ]


def test_words_over_figures_at_the_head_of_a_page_are_no_header_if_the_table_goes_on() -> None:
    first = _drawn([("Town", "People", "Kind"), ("Alba", "12", "port"), ("Bruma", "7", "camp")], 1)
    second = _drawn([("Corvo", "many", "port"), ("Duna", "31", "camp"), ("Estela", "8", "port")], 2)

    blocks = lay_out(
        [PageLines(1, 600.0, 840.0, tuple(first)), PageLines(2, 600.0, 840.0, tuple(second))], []
    )

    assert texts(blocks, BlockKind.TABLE_HEADER) == ["Town | People | Kind"]
    assert texts(blocks, BlockKind.TABLE_ROW)[2] == "Corvo | many | port"


def test_a_table_set_sideways_keeps_its_rows() -> None:
    table = _drawn([("Town", "In 2021", "In 2022"), ("Alba", "12", "15"), ("Bruma", "", "9")], 1)
    body = Line("The towns of the coast.", 1, 60.0, 540.0, 600.0, SIZE)

    blocks = lay_out([PageLines(1, 600.0, 840.0, (body,), asides=tuple(table))], [])

    assert texts(blocks) == [
        "The towns of the coast.",
        "Town | In 2021 | In 2022",
        "Alba | 12 | 15",
        "Bruma | | 9",
    ]


@pytest.mark.parametrize(
    ("n_rows", "expected"),
    [
        pytest.param(3, "Alba | 12 | 15", id="most rows part them"),
        pytest.param(2, "Alba | 12 15", id="too few do"),
    ],
)
def test_a_cell_over_two_columns_does_not_make_them_one(n_rows: int, expected: str) -> None:
    towns = [("Alba", "12", "15"), ("Bruma", "7", "9"), ("Corvo", "8", "4")]
    over = Line("The cost of both years", 1, 205.0, 320.0, TOP - 18 * n_rows, SIZE)
    name = Line("Sum", 1, 60.0, 75.0, TOP - 18 * n_rows, SIZE)

    blocks = lay_out([PageLines(1, 600.0, 840.0, (*_drawn(towns[:n_rows], 1), name, over))], [])

    assert texts(blocks)[0] == expected
