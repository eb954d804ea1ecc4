"""What layout makes of positioned lines."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.reading.layout.document import lay_out
from indexer.reading.layout.lines import Line, OutlineEntry, PageLines
from indexer.records import BlockKind, PageStart, TextBlock

LEFT, WIDE, TOP, PITCH, SIZE = 60.0, 480.0, 780.0, 12.0, 10.0


def full(text: str, page: int = 1, y: float = 0.0) -> Line:
    """A line that runs to the right margin."""
    return Line(text, page, LEFT, LEFT + WIDE, y, SIZE)


def short(text: str, page: int = 1, y: float = 0.0) -> Line:
    """A line that ends half way."""
    return Line(text, page, LEFT, LEFT + WIDE / 2, y, SIZE)


def page_of(*lines: Line, number: int = 1, top: float = TOP) -> PageLines:
    """A page with ``lines`` one under the other, those with a place of their own where they are."""
    placed = [
        replace(line, page=number, y=line.y or top - at * PITCH) for at, line in enumerate(lines)
    ]
    return PageLines(number, 600.0, 840.0, tuple(placed))


def texts(blocks: Sequence[TextBlock], kind: BlockKind | None = None) -> list[str]:
    return [block.text for block in blocks if kind in {None, block.kind}]


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


def test_a_heading_over_two_columns_is_one_block() -> None:
    body = [full(f"Body text number {at} goes on and on.") for at in range(5)]
    upper = Line("How towns by the sea and", 1, LEFT, 250.0, 100.0, SIZE, bold=True)
    lower = Line("the river make room", 1, 320.0, 500.0, 700.0, SIZE, bold=True)

    blocks = lay_out([page_of(*body, upper, lower)], [])

    assert texts(blocks, BlockKind.HEADING) == ["How towns by the sea and the river make room"]


def test_a_footnote_between_two_halves_of_a_paragraph_stands_behind_it() -> None:
    note = Line("1 Survey of the harbour, 2019.", 1, LEFT, 250.0, 60.0, 7.0, raised=True)
    first = page_of(
        full("The council of the old harbour town meets"), full("once a month and"), note
    )
    second = page_of(short("decides in public."), number=2)

    blocks = lay_out([first, second], [])

    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH, BlockKind.FOOTNOTE]
    assert blocks[1].page_starts == (PageStart(0, 1),)


@pytest.mark.parametrize(
    ("upper", "lower", "elsewhere", "expected"),
    [
        pytest.param("rural-", "urban ties", "rural-urban", "rural-urban ties", id="seen hyphened"),
        pytest.param("deve-", "loped towns", "developed", "developed towns", id="seen whole"),
        pytest.param("imple-", "mentation", "nothing", "implementation", id="half is no word"),
        pytest.param(
            "evidence-", "led plans", "led evidence", "evidence-led plans", id="two words"
        ),
        pytest.param("post-", "2015 goals", "nothing", "post-2015 goals", id="before a digit"),
        pytest.param("micro-", "and macro", "nothing", "micro- and macro", id="hanging hyphen"),
        pytest.param("infor\u00ad", "mal work", "nothing", "informal work", id="soft hyphen"),
    ],
)
def test_hyphens_at_line_ends(upper: str, lower: str, elsewhere: str, expected: str) -> None:
    page = page_of(full(f"We note {upper}"), full(f"{lower} here and"), short(f"see {elsewhere}."))

    (text,) = texts(lay_out([page], []))

    assert text == f"We note {expected} here and see {elsewhere}."


def test_running_heads_and_page_numbers_go_and_body_at_the_same_place_stays() -> None:
    pages = [
        page_of(
            replace(short("Harbour report"), y=820.0),
            replace(full(f"Decision {number * number}"), y=790.0),
            replace(full(f"Body of page {'abc'[number - 1]} ends here."), y=600.0),
            Line(str(number), number, 290.0, 296.0, 30.0, SIZE),
            number=number,
        )
        for number in (1, 2, 3)
    ]

    found = " ".join(texts(lay_out(pages, [])))

    assert "Harbour report" not in found
    assert [f"Decision {n}" in found for n in (1, 4, 9)] == [True, True, True]
    assert not any(block.text.isdigit() for block in lay_out(pages, []))


def test_a_year_at_the_foot_of_a_page_is_no_page_number() -> None:
    page = page_of(full("The survey was made in"), Line("2019", 1, LEFT, 80.0, 40.0, SIZE))

    blocks = lay_out([page], [])

    assert "2019" in " ".join(texts(blocks))


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


def test_sizes_rank_headings_and_section_numbers_nest_in_a_size() -> None:
    body = [full(f"Body text number {at} goes on and on.") for at in range(8)]
    titles = [("Harbours", 20.0), ("1. Access", 14.0), ("1.1 Ways in", 14.0), ("Notices", 12.0)]
    lines = [
        Line(text, 4, LEFT, 200.0, 500.0 - 40 * at, size, bold=True)
        for at, (text, size) in enumerate(titles)
    ]

    blocks = lay_out([page_of(*body, number=1), PageLines(4, 600.0, 840.0, tuple(lines))], [])

    assert [block.level for block in blocks if block.kind is BlockKind.HEADING] == [1, 2, 3, 3]


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
