"""Columns are read one after the other."""

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Line, PageLines
from tests.indexer.extraction.layout.page_lines import PITCH, SIZE, TOP, texts


def test_two_columns_drawn_line_by_line_are_read_one_after_the_other() -> None:
    left = [f"left column line number {at} goes" for at in "abcdef"]
    right = [f"right column line number {at} goes" for at in "abcdef"]
    lines = [
        Line(text, 1, x, x + 200.0, TOP - at * PITCH, SIZE)
        for at in range(6)
        for text, x in ((left[at], 60.0), (right[at], 320.0))
    ]

    found = " ".join(texts(lay_out([PageLines(1, 600.0, 840.0, tuple(lines))], [])))

    assert found == " ".join([*left, *right])
