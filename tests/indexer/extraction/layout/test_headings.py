"""Headings are whole, and their sizes, numbers and outline tell their levels."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Line, OutlineEntry, PageLines
from indexer.records import BlockKind
from tests.indexer.extraction.layout.page_lines import LEFT, SIZE, full, page_of, short, texts


def test_a_heading_over_two_columns_is_one_block() -> None:
    body = [full(f"Body text number {at} goes on and on.") for at in range(5)]
    upper = Line("How towns by the sea and", 1, LEFT, 250.0, 100.0, SIZE, bold=True)
    lower = Line("the river make room", 1, 320.0, 500.0, 700.0, SIZE, bold=True)

    blocks = lay_out([page_of(*body, upper, lower)], [])

    assert texts(blocks, BlockKind.HEADING) == ["How towns by the sea and the river make room"]


@pytest.mark.parametrize(("step", "kind"), [(12.0, BlockKind.CAPTION), (30.0, BlockKind.HEADING)])
def test_what_stands_right_under_a_lone_table_number_is_the_tables_title(
    step: float, kind: BlockKind
) -> None:
    body = [full(f"Body text number {at} goes on and on.") for at in range(9)]
    label = Line("Table 4", 1, LEFT, 100.0, 600.0, SIZE)
    title = Line("Prices on the fish market", 1, LEFT, 240.0, 600.0 - step, SIZE, bold=True)

    blocks = lay_out([page_of(*body, label, title, full("The market.", y=540.0))], [])

    assert texts(blocks, kind)[-1] == "Prices on the fish market"


def test_sizes_rank_headings_and_section_numbers_nest_in_a_size() -> None:
    body = [full(f"Body text number {at} goes on and on.") for at in range(8)]
    titles = [("Harbours", 20.0), ("1. Access", 14.0), ("1.1 Ways in", 14.0), ("Notices", 12.0)]
    lines = [
        Line(text, 4, LEFT, 200.0, 500.0 - 40 * at, size, bold=True)
        for at, (text, size) in enumerate(titles)
    ]

    blocks = lay_out([page_of(*body, number=1), PageLines(4, 600.0, 840.0, tuple(lines))], [])

    assert [block.level for block in blocks if block.kind is BlockKind.HEADING] == [1, 2, 3, 3]


@pytest.mark.parametrize(
    ("titles", "levels"),
    [
        pytest.param(
            [("Recommendation 1", 20), ("Box 4. A camp", 16), ("Recommendation 2. Plan", 14)],
            [1, 2, 1],
            id="a recommendation is part of no other and of no box",
        ),
        pytest.param(
            [("Recommendation 2", 20), ("Recommendation 2. Checklist", 16), ("Action 2.1: Do", 14)],
            [1, 2, 3],
            id="but of itself, and holds its actions",
        ),
        pytest.param(
            [
                *[("Recommendation 2", 20), ("Recommendation 2. Checklist", 16)],
                *[("Action 2.1: Do", 14), ("Box 4. A camp", 14)],
            ],
            [1, 2, 3, 2],
            id="a box is part of what a checklist checks",
        ),
        pytest.param(
            [("Part 9", 20), ("Our notes", 16), ("Annex 1: Laws", 14), ("Laws of one town", 12)],
            [1, 2, 1, 2],
            id="an annex is part of the document alone",
        ),
        pytest.param(
            [("3. Findings", 20), ("1. Towns", 16), ("2. Villages", 16)],
            [1, 2, 2],
            id="numbers may begin anew",
        ),
    ],
)
def test_numbers_tell_where_a_smaller_heading_stands(
    titles: list[tuple[str, int]], levels: list[int]
) -> None:
    body = [full(f"Body text number {at} goes on and on.") for at in range(8)]
    lines = [
        Line(text, 4, LEFT, 300.0, 500.0 - 60 * at, float(size), bold=True)
        for at, (text, size) in enumerate(titles)
    ]

    blocks = lay_out([page_of(*body, number=1), PageLines(4, 600.0, 840.0, tuple(lines))], [])

    found = [block.level for block in blocks if block.kind is BlockKind.HEADING]
    assert found == levels


def test_the_outline_names_headings_that_are_set_like_the_body() -> None:
    page = page_of(
        replace(short("Ways into town"), y=700.0), replace(full("People arrive by sea."), y=660.0)
    )

    blocks = lay_out([page], [OutlineEntry("Ways into town", 2)])

    assert (blocks[0].kind, blocks[0].level) == (BlockKind.HEADING, 2)


def test_a_wrapped_heading_is_one_block() -> None:
    body = [full(f"Body text number {at} goes on and on.") for at in range(5)]
    heading = [
        Line("How towns by the sea", 1, LEFT, 200.0, 500.0, 16.0, bold=True),
        Line("make room for all", 1, LEFT, 180.0, 481.0, 16.0, bold=True),
    ]

    blocks = lay_out([page_of(*body, *heading)], [])

    assert texts(blocks, BlockKind.HEADING) == ["How towns by the sea make room for all"]


def _headed(styles: Sequence[float], page: int = 4) -> list[int]:
    body = [full(f"Body text number {at} goes on and on.") for at in range(30)]
    lines = [
        Line(f"Harbour {'abcdefghijklm'[at]}", page, LEFT, 160.0, 800.0 - 70 * at, size, bold=True)
        for at, size in enumerate(styles)
    ]
    blocks = lay_out([page_of(*body), PageLines(page, 600.0, 840.0, tuple(lines))], [])
    return [block.level for block in blocks if block.kind is BlockKind.HEADING]


def test_among_many_styles_one_seen_once_pushes_nothing_down() -> None:
    sizes = [30.0, 28.0, 26.0, 24.0, 20.0, 20.0, 16.0, 16.0, 13.0, 13.0]

    assert _headed(sizes)[4:] == [1, 1, 2, 2, 3, 3]


def test_levels_beyond_the_lowest_move_up_over_unused_ones() -> None:
    entries = [OutlineEntry("Harbour a", 2), OutlineEntry("Harbour b", 9)]
    body = [replace(full(f"Body text number {at} goes on."), y=400.0 - 30 * at) for at in range(4)]
    titles = [replace(short("Harbour a"), y=700.0), replace(short("Harbour b"), y=600.0)]

    blocks = lay_out([page_of(*titles, *body)], entries)

    assert [block.level for block in blocks if block.level] == [1, 2]


def test_the_symbol_of_a_document_is_no_heading() -> None:
    body = [full(f"Body text number {at} goes on and on.") for at in range(5)]
    symbol = replace(short("ESCAP/CSD(8)/6"), y=400.0)

    assert texts(lay_out([page_of(*body, symbol)], []), BlockKind.HEADING) == []
