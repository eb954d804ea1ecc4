from hypothesis import given
from hypothesis import strategies as st

from indexer.records import BlockKind, Document, DocumentInfo, Extraction, PageStart, TextBlock
from indexer.segmentation.documents import assemble


def assembled(*blocks: TextBlock) -> Document:
    return assemble(
        Extraction(blocks), doc_id="d", info=DocumentInfo("D"), file="d.md", sha256="00"
    )


def block(kind: BlockKind, text: str, level: int = 0) -> TextBlock:
    return TextBlock(kind, text, level)


def test_a_heading_path_holds_the_headings_above() -> None:
    document = assembled(
        block(BlockKind.HEADING, "One", 1),
        block(BlockKind.HEADING, "Deep", 3),
        block(BlockKind.PARAGRAPH, "a"),
        block(BlockKind.HEADING, "Two", 2),
        block(BlockKind.PARAGRAPH, "b"),
        block(BlockKind.HEADING, "Other", 1),
    )

    paths = [found.headings for found in document.blocks]

    assert paths == [
        ("One",), ("One", "Deep"), ("One", "Deep"), ("One", "Two"), ("One", "Two"), ("Other",),
    ]  # fmt: skip


def test_list_items_lead_back_to_the_sentence_with_the_colon() -> None:
    document = assembled(
        block(BlockKind.PARAGRAPH, "Much is known. Cities can do two things:"),
        block(BlockKind.LIST_ITEM, "- build"),
        block(BlockKind.LIST_ITEM, "- rent"),
        block(BlockKind.PARAGRAPH, "No colon here."),
        block(BlockKind.LIST_ITEM, "- alone"),
    )

    leads = [found.lead.of(document.text) if found.lead else None for found in document.blocks]

    lead = "Cities can do two things:"
    assert leads == [None, lead, lead, None, None]


def test_table_rows_lead_back_to_their_header() -> None:
    document = assembled(
        block(BlockKind.TABLE_HEADER, "City | Rent"),
        block(BlockKind.TABLE_ROW, "Quito | 300"),
        block(BlockKind.PARAGRAPH, "After it."),
    )

    leads = [found.lead.of(document.text) if found.lead else None for found in document.blocks]

    assert leads == [None, "City | Rent", None]
    assert document.text == "City | Rent\nQuito | 300\n\nAfter it."


def test_a_list_behind_a_table_is_not_led_by_its_header() -> None:
    document = assembled(
        block(BlockKind.TABLE_HEADER, "City | Rent"),
        block(BlockKind.TABLE_ROW, "Quito | 300"),
        block(BlockKind.LIST_ITEM, "- Rents rose."),
    )

    assert [found.lead is None for found in document.blocks] == [True, False, True]


def test_pages_of_blocks_become_pages_of_the_text() -> None:
    document = assembled(
        TextBlock(BlockKind.PARAGRAPH, "abc def", page_starts=(PageStart(0, 1), PageStart(4, 2))),
        TextBlock(BlockKind.FOOTNOTE, "note", page_starts=(PageStart(0, 1),)),
        TextBlock(BlockKind.PARAGRAPH, "more", page_starts=(PageStart(0, 2),)),
    )

    pages = [document.page_at(document.text.index(word)) for word in ("abc", "def", "note", "more")]

    assert pages == [1, 2, 1, 2]


@given(
    st.lists(
        st.tuples(st.sampled_from(list(BlockKind)), st.text("ab .:", min_size=1).filter(str.strip)),
        min_size=1,
        max_size=8,
    )
)
def test_blocks_hold_all_of_the_text_but_the_breaks_between_them(
    rows: list[tuple[BlockKind, str]],
) -> None:
    document = assembled(*(block(kind, text, int(kind == "heading")) for kind, text in rows))

    assert [found.span.of(document.text) for found in document.blocks] == [text for _, text in rows]
    assert sum(len(text) for _, text in rows) == len(document.text.replace("\n", ""))
