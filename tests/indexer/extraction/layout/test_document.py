"""Pages become blocks, whatever stands on them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import Line, PageLines
from indexer.records import BlockKind, PageStart
from tests.indexer.extraction.layout.page_lines import (
    LEFT,
    SIZE,
    TOP,
    WIDE,
    full,
    page_of,
    short,
    texts,
)


def test_lines_of_a_paragraph_are_one_block() -> None:
    page = page_of(full("Cities welcome people who"), short("move to them every year."))

    blocks = lay_out([page], [])

    assert texts(blocks) == ["Cities welcome people who move to them every year."]


def test_a_paragraph_over_two_pages_is_one_block_that_knows_both_pages() -> None:
    first = page_of(full("The council of the old harbour town meets"), full("once a month and"))
    second = page_of(short("decides in public."), number=2)

    (block,) = lay_out([first, second], [])

    assert block.text.endswith("month and decides in public.")
    assert block.page_starts == (PageStart(0, 1), PageStart(block.text.index("decides"), 2))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("• water for all", BlockKind.LIST_ITEM, id="bullet"),
        pytest.param("(a) a short item", BlockKind.LIST_ITEM, id="letter"),
        pytest.param("Alba | 12 | yes", BlockKind.TABLE_ROW, id="cells as text"),
        pytest.param("Housing ........ 12", BlockKind.TABLE_ROW, id="contents line"),
        pytest.param("The harbour at dawn © Ana Ruiz", BlockKind.CAPTION, id="photo credit"),
        pytest.param("¹ Ruiz, Harbours.", BlockKind.FOOTNOTE, id="note"),
        pytest.param("We met in May.", BlockKind.PARAGRAPH, id="short sentence"),
        pytest.param("THE OLD HARBOUR", BlockKind.HEADING, id="capitals"),
        pytest.param("2.4 Access to housing", BlockKind.HEADING, id="section number"),
        pytest.param("Box 3. A port reborn", BlockKind.HEADING, id="named part"),
    ],
)
def test_kinds_of_single_lines(text: str, kind: BlockKind) -> None:
    body = [replace(full(f"Body text number {at} goes on."), y=700 - 30 * at) for at in range(5)]
    page = page_of(*body, replace(short(text), y=400.0))

    blocks = lay_out([page], [])

    assert blocks[-1].kind is kind


def test_a_short_paragraph_among_numbered_ones_is_no_list_item() -> None:
    long = "The port grew by a third. " * 9
    lines = [f"1. {long}", f"2. {long}", "3. The port needs:", "(a) A crane;", "(b) A quay."]
    listed = ["1. A pilot", "2. A tug", "3. A boat"]
    spaced = [
        Line(text, 1, LEFT, LEFT + WIDE, TOP - 30 * at, SIZE)
        for at, text in enumerate([*lines, f"4. {long}", *listed])
    ]

    blocks = lay_out([page_of(*spaced)], [])

    assert [block.kind for block in blocks] == [
        *[BlockKind.PARAGRAPH] * 3,
        *[BlockKind.LIST_ITEM] * 2,
        BlockKind.PARAGRAPH,
        *[BlockKind.LIST_ITEM] * 3,
    ]


def test_markdown_emphasis_is_stripped_and_offsets_follow() -> None:
    first = page_of(full("The **old harbour** of the town is closed"), full("to all ships that"))
    second = page_of(short("come from the sea."), number=2)

    (block,) = lay_out([first, second], [])

    assert block.text.startswith("The old harbour of")
    assert block.text[block.page_starts[1].start :] == "come from the sea."


def test_a_document_of_furniture_only_keeps_it() -> None:
    pages = [page_of(replace(short("Notice"), y=820.0), number=number) for number in (1, 2, 3)]

    assert texts(lay_out(pages, [])) == ["Notice"] * 3


@given(
    st.lists(
        st.builds(
            Line,
            text=st.text(alphabet="abcDE 12.-•", min_size=1, max_size=30).filter(str.strip),
            page=st.just(1),
            x0=st.sampled_from([60.0, 80.0, 320.0]),
            x1=st.sampled_from([330.0, 400.0, 540.0]),
            y=st.sampled_from([700.0, 688.0, 660.0, 640.0, 300.0]),
            size=st.sampled_from([8.0, 10.0, 14.0]),
            bold=st.booleans(),
            raised=st.booleans(),
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 4),
)
def test_no_letter_is_lost_and_every_block_knows_its_pages(lines: list[Line], n_pages: int) -> None:
    lines = [replace(line, text=line.text.strip()) for line in lines]
    pages = [
        PageLines(number, 600.0, 840.0, tuple(replace(line, page=number) for line in lines))
        for number in range(1, n_pages + 1)
    ]

    blocks = lay_out(pages, [])

    put_in = sorted(c for page in pages for line in page.lines for c in line.text if c.isalnum())
    assert sorted(c for block in blocks for c in block.text if c.isalnum()) == put_in
    for block in blocks:
        starts = [start.start for start in block.page_starts]
        assert starts[0] == 0
        assert starts == sorted(starts)
        assert starts[-1] <= len(block.text)
        assert (block.level > 0) == (block.kind is BlockKind.HEADING)


def test_tags_left_in_the_text_go_and_offsets_follow() -> None:
    first = page_of(full("<p>The council of the old town<br>meets</p>"), full("once a month and"))
    second = page_of(short("decides <b>in</b> public."), number=2)

    (block,) = lay_out([first, second], [])

    assert block.text.startswith("The council of the old town meets once a month")
    assert block.text[block.page_starts[1].start :].split() == ["decides", "in", "public."]
