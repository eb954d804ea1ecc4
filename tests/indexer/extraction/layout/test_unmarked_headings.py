"""Headings set like the body are found by what stands around them, and lists stay lists."""

from dataclasses import replace

import pytest

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Line
from indexer.records import BlockKind, TextBlock
from tests.indexer.extraction.layout.page_lines import LEFT, SIZE, full, page_of, short, texts

BODY = [full(f"Body text number {at} goes on and on.") for at in range(8)]
SECTION = [full("Boats come to the harbour and leave it again.", y=1.0)]


def heading(text: str) -> Line:
    return Line(text, 1, LEFT, 300.0, 0.0, 12.0, bold=True)


def laid_out(*lines: Line) -> tuple[TextBlock, ...]:
    """Blocks of lines far apart, some pages behind body text."""
    apart = [replace(line, y=660.0 - 30 * at) for at, line in enumerate(lines)]
    return lay_out([page_of(*BODY), page_of(*apart, number=4)], [])


def test_a_run_of_numbered_headings_goes_on_in_the_type_of_the_body() -> None:
    blocks = laid_out(
        *(heading("1. Boats"), *SECTION, heading("2. What do nets cost?"), *SECTION),
        *(short("3. Who mends the nets of all the boats that come here?"), *SECTION),
        *(short("4. Who sells them?"), *SECTION, heading("Conclusion"), *SECTION),
    )

    found = [block for block in blocks if block.kind is BlockKind.HEADING]
    assert [block.text[:2] for block in found] == ["1.", "2.", "3.", "4.", "Co"]
    assert len({block.level for block in found}) == 1


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [heading("1. Boats"), *SECTION, heading("2. Nets"), short("3. Who mends them?")],
            id="nothing between",
        ),
        pytest.param(
            [heading("2. Nets"), *SECTION, short("3. Who mends them?"), *SECTION],
            id="one heading is no run",
        ),
        pytest.param(
            [
                *(heading("1. Boats"), *SECTION, heading("2. Nets"), *SECTION, short("1. Old")),
                *(*SECTION, short("2. New"), *SECTION, short("3. Who mends them?"), *SECTION),
            ],
            id="a list begins anew",
        ),
        pytest.param(
            [
                *(heading("1. Boats"), *SECTION, heading("2. Nets"), *SECTION),
                *(short("3. The board mends them."), *SECTION),
            ],
            id="a sentence",
        ),
    ],
)
def test_what_only_looks_like_the_next_heading_is_none(lines: list[Line]) -> None:
    assert not [text for text in texts(laid_out(*lines), BlockKind.HEADING) if text[0] == "3"]


@pytest.mark.parametrize(
    ("note", "later", "levels"),
    [
        pytest.param("- 1 Harbour Board (2020) Report.", "Imprint", [1, 2, 1, 1], id="closes"),
        pytest.param("- 1 Harbour Board (2020) Report.", "2. Sails", [1, 2, 2], id="inside"),
        pytest.param("They are listed.", "Imprint", [1, 2, 2], id="no notes"),
    ],
)
def test_notes_that_close_a_document_stand_in_no_part_and_hold_none(
    note: str, later: str, levels: list[int]
) -> None:
    title = Line("Part 1", 1, LEFT, 200.0, 0.0, 16.0, bold=True)

    blocks = laid_out(
        *(title, *SECTION, heading("Nets"), *SECTION),
        *(Line("References", 1, LEFT, 110.0, 0.0, SIZE), short(note), heading(later), *SECTION),
    )

    assert [block.level for block in blocks if block.kind is BlockKind.HEADING] == levels
