"""Notes as large as the body stand apart."""

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Line
from indexer.records import BlockKind
from tests.indexer.extraction.layout.page_lines import LEFT, SIZE, full, page_of, texts


def test_notes_as_large_as_the_body_stand_apart_below_it() -> None:
    body = [full(f"Body text number {at} goes on and on") for at in range(20)]
    notes = [
        Line("2 What is being made.", 1, LEFT, 200.0, 90.0, SIZE, raised=True),
        Line("It has no end.", 1, LEFT, 160.0, 78.0, SIZE),
    ]

    blocks = lay_out([page_of(*body, *notes)], [])

    assert texts(blocks, BlockKind.FOOTNOTE) == ["2 What is being made. It has no end."]
