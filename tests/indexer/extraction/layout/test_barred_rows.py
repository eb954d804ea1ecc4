"""Rows written with bars are rows of a table."""

import pytest

from indexer.extraction.layout.document import lay_out
from indexer.records import PageStart
from tests.indexer.extraction.layout.page_lines import full, page_of, stacked


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            (
                "| Harbour | Are there means for ships | Y/N",
                "| Offices | and boats to find room? |",
            ),
            ["Harbour Offices | Are there means for ships and boats to find room? | Y/N"],
            id="a cell goes on",
        ),
        pytest.param(
            ("Harbours, quays | Is there room? | Y/N", "and walls | Is it wide? | Y/N"),
            ["Harbours, quays | Is there room? | Y/N", "and walls | Is it wide? | Y/N"],
            id="the question beside it is over",
        ),
        pytest.param(
            ("Alba | ships | Y/N |", "Bruma | boats | Y/N |"),
            ["Alba | ships | Y/N", "Bruma | boats | Y/N"],
            id="the same answer twice",
        ),
    ],
)
def test_rows_written_with_bars(lines: tuple[str, ...], expected: list[str]) -> None:
    assert stacked(*lines) == expected


def test_a_row_written_with_bars_goes_on_over_the_page() -> None:
    first = page_of(full("| If so, are there means to find room for"))
    second = page_of(full("ships of the town? | Y/N |"), number=2)

    (block,) = lay_out([first, second], [])

    assert block.text == "If so, are there means to find room for ships of the town? | Y/N"
    assert block.page_starts == (PageStart(0, 1), PageStart(block.text.index("ships"), 2))
