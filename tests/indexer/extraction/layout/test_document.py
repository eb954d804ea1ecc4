"""What layout makes of positioned lines."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.endings import is_ended
from indexer.extraction.layout.lines import Line, OutlineEntry, PageLines
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


def test_roman_page_numbers_go_where_most_pages_have_arabic_ones() -> None:
    feet = ["ii", "iii", *map(str, range(1, 8))]
    pages = [
        page_of(
            replace(full(f"Body of page {name} ends here."), y=600.0),
            Line(foot, at, 290.0, 296.0, 30.0, SIZE),
            number=at,
        )
        for at, (foot, name) in enumerate(zip(feet, "abcdefghi", strict=True), start=2)
    ]

    assert not set(feet) & set(texts(lay_out(pages, [])))


def _with_head(head: str, number: int) -> PageLines:
    return page_of(
        Line(head, number, 400.0 - 3 * len(head), 540.0, 820.0, 7.0),
        replace(full(f"Body of page {'abcdef'[number]} ends here."), y=600.0),
        number=number,
    )


def test_a_running_head_that_changes_goes_too() -> None:
    heads = ["Harbours", "Harbours", "Harbours", "The sea", "A wall"]
    pages = [_with_head(head, number) for number, head in enumerate(heads, start=1)]

    found = " ".join(texts(lay_out(pages, [])))

    assert not any(head in found for head in heads)


def test_a_line_at_another_height_than_the_running_heads_stays() -> None:
    pages = [_with_head("Harbours", number) for number in (1, 2, 3)]
    lines = (Line("The sea", 4, LEFT, 200.0, 815.0, 7.0), replace(full("It is wide."), y=600.0))

    found = texts(lay_out([*pages, PageLines(4, 600.0, 840.0, lines)], []))

    assert "The sea" in found


def test_a_printers_job_number_does_not_part_a_sentence() -> None:
    jobs = [("25-05117 (E) 030425", 65.0), ("25-05117", 524.0), ("25-05117", 60.0)]
    bodies = ["The council of the old harbour meets and", "decides on the", "Alba question in May."]
    pages = [
        page_of(replace(full(body), y=500.0), Line(job, at, x, x + 40, 38.0, 7.0), number=at)
        for at, ((job, x), body) in enumerate(zip(jobs, bodies, strict=True), start=1)
    ]

    assert texts(lay_out(pages, [])) == [" ".join(bodies)]


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It is a matter of policy.", True, id="full stop"),
        pytest.param("It is a matter of policy.27", True, id="note number"),
        pytest.param("It is a matter of policy. 7", True, id="note number after a gap"),
        pytest.param("(It is so.)12", True, id="note behind a bracket"),
        pytest.param("It is so.^{vi}", True, id="marked note"),
        pytest.param("It rose by 2.5", False, id="decimal number"),
        pytest.param("as resolution no. 7", False, id="number of something"),
        pytest.param("It is a matter of", False, id="broken off"),
    ],
)
def test_where_a_text_ends(text: str, expected: bool) -> None:  # noqa: FBT001
    assert is_ended(text) is expected


def test_the_next_paragraph_is_not_taken_for_the_rest_of_one_with_a_note() -> None:
    first = page_of(
        full("The council of the old harbour town"), full("meets once in every month.2")
    )
    second = page_of(short("Elsewhere councils meet less."), number=2)

    assert len(lay_out([first, second], [])) == 2


def _stacked(*lines: str) -> list[str]:
    """Blocks of lines that stand a wide gap apart."""
    placed = [
        Line(text, 1, LEFT, LEFT + 5 * len(text), TOP - 30 * at, SIZE)
        for at, text in enumerate(lines)
    ]
    return texts(lay_out([page_of(*placed)], []))


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
    assert len(_stacked(*lines)) == 1


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
    assert len(_stacked(*lines)) == len(lines)


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
    assert _stacked(*lines) == expected


def test_a_row_written_with_bars_goes_on_over_the_page() -> None:
    first = page_of(full("| If so, are there means to find room for"))
    second = page_of(full("ships of the town? | Y/N |"), number=2)

    (block,) = lay_out([first, second], [])

    assert block.text == "If so, are there means to find room for ships of the town? | Y/N"
    assert block.page_starts == (PageStart(0, 1), PageStart(block.text.index("ships"), 2))


def test_rows_drawn_as_cells_stay_rows_of_their_own() -> None:
    cells = [("Alba", "harbour"), ("near the", "and quay"), ("Bruma", "none at all")]
    lines = [
        Line(text, 1, x, x + 50.0, TOP - at * 22, SIZE)
        for at, row in enumerate(cells)
        for text, x in zip(row, (60.0, 300.0), strict=True)
    ]

    blocks = lay_out([PageLines(1, 600.0, 840.0, tuple(lines))], [])

    assert texts(blocks) == [" | ".join(row) for row in cells]


def test_notes_as_large_as_the_body_stand_apart_below_it() -> None:
    body = [full(f"Body text number {at} goes on and on") for at in range(20)]
    notes = [
        Line("2 What is being made.", 1, LEFT, 200.0, 90.0, SIZE, raised=True),
        Line("It has no end.", 1, LEFT, 160.0, 78.0, SIZE),
    ]

    blocks = lay_out([page_of(*body, *notes)], [])

    assert texts(blocks, BlockKind.FOOTNOTE) == ["2 What is being made. It has no end."]


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


def test_tags_left_in_the_text_go_and_offsets_follow() -> None:
    first = page_of(full("<p>The council of the old town<br>meets</p>"), full("once a month and"))
    second = page_of(short("decides <b>in</b> public."), number=2)

    (block,) = lay_out([first, second], [])

    assert block.text.startswith("The council of the old town meets once a month")
    assert block.text[block.page_starts[1].start :].split() == ["decides", "in", "public."]
