"""Cells beside each other are rows of a table."""

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
