"""A sentence that a column, page or note cut in two is one block again."""

import pytest

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Line, PageLines
from indexer.records import BlockKind, PageStart
from tests.indexer.extraction.layout.page_lines import (
    LEFT,
    PITCH,
    SIZE,
    TOP,
    full,
    page_of,
    short,
    stacked,
)


def test_a_footnote_between_two_halves_of_a_paragraph_stands_behind_it() -> None:
    note = Line("1 Survey of the harbour, 2019.", 1, LEFT, 250.0, 60.0, 7.0, raised=True)
    first = page_of(
        full("The council of the old harbour town meets"), full("once a month and"), note
    )
    second = page_of(short("decides in public."), number=2)

    blocks = lay_out([first, second], [])

    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH, BlockKind.FOOTNOTE]
    assert blocks[1].page_starts == (PageStart(0, 1),)


def test_a_line_is_short_when_the_next_word_found_no_room() -> None:
    column = [
        ("They name the means of the", 200.0),
        ("national", 110.0),
        ("Infrastructure-Coordination", 205.0),
        ("Commission and others there", 205.0),
    ]
    lines = [
        Line(text, 1, LEFT, x1, TOP - at * PITCH, SIZE) for at, (text, x1) in enumerate(column)
    ]

    assert len(lay_out([PageLines(1, 600.0, 840.0, tuple(lines))], [])) == 1


def test_the_next_paragraph_is_not_taken_for_the_rest_of_one_with_a_note() -> None:
    first = page_of(
        full("The council of the old harbour town"), full("meets once in every month.2")
    )
    second = page_of(short("Elsewhere councils meet less."), number=2)

    assert len(lay_out([first, second], [])) == 2


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            (
                "- To reach this aim the town needs a stronger harbour wall",
                "- and mended ships. They are old.",
            ),
            id="one sentence in two items",
        ),
        pytest.param(
            (
                "The reasons that make so little of the harbours of towns",
                "- their age, and even their names - are of old.",
            ),
            id="an aside after a lone dash",
        ),
        pytest.param(
            ("(a) Give ships of the old harbour room to turn (Alba and those of Bruma", "Sea);"),
            id="an open bracket",
        ),
    ],
)
def test_a_sentence_cut_in_two_blocks_is_one(lines: tuple[str, str]) -> None:
    assert len(stacked(*lines)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ("- Mend the old harbour walls of the towns by the sea", "- Build new ones"),
            id="the next item begins with a capital",
        ),
        pytest.param(
            ("- harbour walls of all the old towns beside the sea", "- and ships"),
            id="items that all begin small",
        ),
        pytest.param(
            ("- They stand at the front of the harbour with great care,", "- and with patience"),
            id="items parted by commas",
        ),
        pytest.param(
            ("What the old harbours of the towns need is as follows", "- new walls", "- ships"),
            id="a list without a colon",
        ),
        pytest.param(
            ("The harbours of the old towns by the sea are wide", "Elsewhere they are narrow."),
            id="two paragraphs",
        ),
    ],
)
def test_what_may_be_two_blocks_stays_two(lines: tuple[str, ...]) -> None:
    assert len(stacked(*lines)) == len(lines)
