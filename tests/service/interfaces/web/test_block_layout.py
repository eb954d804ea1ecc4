"""A stretch of a report loses no word, and marks what is quoted."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from indexer.records import BlockKind, Document, PageStart, Span
from service.interfaces.web.block_layout import Marks, row_with_header, typeset
from service.interfaces.web.view_models.text_blocks import Group, TextRun
from tests.fakes import document

KINDS = st.sampled_from(list(BlockKind))
TEXTS = st.text(alphabet="ab |-.", min_size=1, max_size=20).filter(str.strip)


def words(groups: tuple[Group, ...], *, marked: bool | None = None) -> str:
    blocks = [block for group in groups for block in group.blocks]
    return "\n".join(
        ("- " if block.is_bullet and marked is None else "")
        + " | ".join(
            "".join(run.text for run in cell if marked in (None, run.marked))
            for cell in block.cells
        )
        for block in blocks
    )


def spaceless(text: str) -> str:
    return "".join(text.split())


def set_whole(report: Document, mark: Span | None = None) -> tuple[Group, ...]:
    return typeset(report, report.blocks, marks=Marks.of(mark))


@given(st.lists(st.tuples(KINDS, TEXTS), min_size=1, max_size=6), st.data())
def test_no_word_is_lost_wherever_the_mark_and_the_pages_fall(
    blocks: list[tuple[BlockKind, str]], data: st.DataObject
) -> None:
    size = len(document(*blocks).text)
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start + 1, size))
    turns = sorted(data.draw(st.sets(st.integers(1, size), max_size=4)))
    pages = (PageStart(0, 1), *(PageStart(at, page) for page, at in enumerate(turns, start=2)))
    report = document(*blocks, turns=pages)

    groups = set_whole(report, Span(start, end))

    shown = words(groups)
    for bullet in ("• ", "* ", "– ", "· "):
        assert bullet not in report.text
    assert spaceless(shown) == spaceless(report.text)  # cells lose the spaces around bars
    anchors = [
        run.text
        for group in groups
        for block in group.blocks
        for cell in block.cells
        for run in cell
        if run.anchor
    ]
    assert len(anchors) <= 1


def test_the_mark_covers_the_quote_and_nothing_else() -> None:
    report = document((BlockKind.PARAGRAPH, "One. Two. Three."))

    (group,) = set_whole(report, Span(5, 9))

    assert group.blocks[0].cells == (
        (
            TextRun("One. "),
            TextRun("Two.", marked=True, current=True, anchor=True),
            TextRun(" Three."),
        ),
    )


def test_a_quote_over_several_blocks_is_marked_in_each_and_anchored_in_the_first() -> None:
    report = document((BlockKind.PARAGRAPH, "One. Two."), (BlockKind.PARAGRAPH, "Three. Four."))

    first, second = set_whole(report, Span(5, 16))

    assert first.blocks[0].cells[0][1] == TextRun("Two.", marked=True, current=True, anchor=True)
    assert second.blocks[0].cells[0][0] == TextRun("Three.", marked=True, current=True)


def test_items_make_a_list_and_rows_a_table() -> None:
    report = document(
        (BlockKind.LIST_ITEM, "- one"),
        (BlockKind.LIST_ITEM, "(b) two"),
        (BlockKind.TABLE_HEADER, "Year | Families"),
        (BlockKind.TABLE_ROW, "2019 | 1,204"),
    )

    items, table = set_whole(report)

    assert [block.is_bullet for block in items.blocks] == [True, False]
    assert [block.is_header for block in table.blocks] == [True, False]
    assert table.blocks[1].cells == ((TextRun("2019"),), (TextRun("1,204"),))


def test_a_page_begins_once_though_a_footnote_goes_back() -> None:
    report = document(
        (BlockKind.PARAGRAPH, "One two."),
        (BlockKind.FOOTNOTE, "1 See."),
        (BlockKind.PARAGRAPH, "Three."),
        turns=(PageStart(0, 1), PageStart(4, 2), PageStart(9, 1), PageStart(16, 2)),
    )

    groups = set_whole(report)

    assert [group.page for group in groups] == [1, None, None]
    assert [run.page for run in groups[0].blocks[0].cells[0]] == [None, 2]


def test_what_stands_outside_is_left_out() -> None:
    report = document((BlockKind.PARAGRAPH, "One. Two."), (BlockKind.PARAGRAPH, "Three."))

    groups = typeset(report, report.blocks, marks=Marks(), within=Span(5, 9))

    assert words(groups) == "Two."


def test_a_highlight_cuts_a_quote_in_three() -> None:
    report = document((BlockKind.LIST_ITEM, "- It cost 35 cents. So what?"))

    (group,) = typeset(report, report.blocks, marks=Marks.of(Span(10, 18)), within=Span(0, 19))

    (block,) = group.blocks
    assert block.is_bullet
    assert [(run.text, run.marked) for run in block.cells[0]] == [
        ("It cost ", False),
        ("35 cents", True),
        (".", False),
    ]


def test_an_empty_cell_keeps_its_place() -> None:
    report = document(
        (BlockKind.TABLE_ROW, "Tacna | | 95 | 130"), (BlockKind.TABLE_ROW, "Loja | 60 |")
    )

    (table,) = set_whole(report)

    cells = [["".join(run.text for run in cell) for cell in row.cells] for row in table.blocks]
    assert cells == [["Tacna", "", "95", "130"], ["Loja", "60", ""]]


def test_a_row_comes_with_its_header_and_its_caption() -> None:
    report = document(
        (BlockKind.CAPTION, "Grants"),
        (BlockKind.TABLE_HEADER, "City | 2019"),
        (BlockKind.TABLE_ROW, "Tacna | 95"),
        (BlockKind.TABLE_ROW, "Loja | 60"),
    )
    *above, row = report.blocks
    led = replace(report, blocks=(*above, replace(row, lead=above[1].span)))

    assert row_with_header(led, row.span) == (above[0], above[1], led.blocks[-1])
    assert row_with_header(report, row.span) == (row,)


def test_of_several_marks_the_page_opens_at_one() -> None:
    report = document((BlockKind.PARAGRAPH, "Rent rose. Rent fell."), (BlockKind.PARAGRAPH, "Rent"))
    marks = Marks((Span(0, 4), Span(11, 15), Span(22, 26)), Span(11, 15))

    groups = typeset(report, report.blocks, marks=marks)

    runs = [run for group in groups for run in group.blocks[0].cells[0]]
    assert [run.text for run in runs if run.marked] == ["Rent", "Rent", "Rent"]
    assert [at for at, run in enumerate(runs) if run.anchor] == [2]
