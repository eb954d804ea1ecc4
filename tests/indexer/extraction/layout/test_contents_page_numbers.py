"""A table of contents is rows and no headings."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Line, PageLines
from indexer.records import BlockKind
from tests.indexer.extraction.layout.page_lines import LEFT, SIZE, WIDE, full, page_of, texts


def test_page_numbers_drawn_apart_come_back_to_their_contents_lines() -> None:
    titles = [
        replace(full(f"Part {at} of the book ........"), y=700.0 - 20 * n)
        for n, at in enumerate("abc")
    ]
    numbers = [
        Line(str(7 + n), 1, LEFT + WIDE, LEFT + WIDE + 6, 700.0 - 20 * n, SIZE) for n in range(3)
    ]

    blocks = lay_out([page_of(*titles, *numbers)], [])

    assert texts(blocks) == [
        "Part a of the book | 7",
        "Part b of the book | 8",
        "Part c of the book | 9",
    ]


def _contents(numbers: Sequence[str]) -> PageLines:
    titles = [
        Line(f"Part {'abcdef'[at]} of the book", 1, LEFT, 300.0, 700.0 - 20 * at, 12.0)
        for at in range(len(numbers))
    ]
    return page_of(
        *[full(f"Body text number {at} goes on and on.") for at in range(3)],
        *titles,
        *[
            Line(number, 1, 530.0, 540.0, 700.0 - 20 * at, SIZE)
            for at, number in enumerate(numbers)
        ],
    )


def test_contents_without_dots_are_rows_and_not_headings() -> None:
    blocks = lay_out([_contents(["iii", "1", "4", "4", "9"])], [])

    assert texts(blocks, BlockKind.HEADING) == []
    assert texts(blocks, BlockKind.TABLE_ROW)[:2] == [
        "Part a of the book | iii",
        "Part b of the book | 1",
    ]


def test_numbers_that_fall_make_no_contents() -> None:
    blocks = lay_out([_contents(["9", "4", "7", "1", "3"])], [])

    assert all(" .... " not in text for text in texts(blocks))
