from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from indexer.records import BlockKind, Document, DocumentInfo, Extraction, Passage, TextBlock
from indexer.segmentation.documents import assemble
from indexer.segmentation.passages import PassageBudget, cut_passages, embedded_text
from indexer.segmentation.sentences import split_sentences


def count_words(texts: Sequence[str]) -> list[int]:
    """Count a word-piece for every three letters of a word, as an encoder might."""
    return [sum(-(-len(word) // 3) for word in text.split()) for text in texts]


def cut(document: Document, *, max_words: int, max_pieces: int) -> tuple[Passage, ...]:
    return cut_passages(
        document,
        split_sentences(document),
        budget=PassageBudget(max_words=max_words, max_pieces=max_pieces),
        count_pieces=count_words,
    )


def assembled(*blocks: TextBlock, title: str = "T") -> Document:
    return assemble(
        Extraction(blocks), doc_id="d", info=DocumentInfo(title), file="d.md", sha256=""
    )


def paragraph(text: str) -> TextBlock:
    return TextBlock(BlockKind.PARAGRAPH, text)


def heading(text: str, level: int = 1) -> TextBlock:
    return TextBlock(BlockKind.HEADING, text, level)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(BlockKind)), st.text("ab .!\n", min_size=1).filter(str.strip)
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 12),
    st.integers(4, 40),
)
def test_every_passage_is_a_quotation_within_budget_and_no_word_is_lost(
    rows: list[tuple[BlockKind, str]], max_words: int, max_pieces: int
) -> None:
    document = assembled(*(TextBlock(kind, text, int(kind == "heading")) for kind, text in rows))

    passages = cut(document, max_words=max_words, max_pieces=max_pieces + 60)

    for passage in passages:
        text = passage.span.of(document.text)
        assert len(text.split()) <= max_words
        assert count_words([embedded_text(passage, text)])[0] <= max_pieces + 60
    held = {at for passage in passages for at in range(passage.span.start, passage.span.end)}
    assert all(at in held for at, letter in enumerate(document.text) if not letter.isspace())


def test_a_passage_stays_under_one_heading_path() -> None:
    document = assembled(
        heading("One"),
        paragraph("First."),
        heading("Two"),
        paragraph("Second."),
        paragraph("Third."),
    )

    passages = cut(document, max_words=50, max_pieces=100)

    assert [passage.headings for passage in passages] == [("One",), ("Two",)]
    assert [passage.span.of(document.text) for passage in passages] == [
        "One\n\nFirst.",
        "Two\n\nSecond.\n\nThird.",
    ]


def texts(document: Document, *, max_words: int) -> list[str]:
    return [
        passage.span.of(document.text)
        for passage in cut(document, max_words=max_words, max_pieces=400)
    ]


def test_a_long_section_is_cut_evenly_at_sentences_and_bridged() -> None:
    document = assembled(paragraph(" ".join(f"Word number {n} here." for n in range(12))))

    one, bridge, two = texts(document, max_words=40)

    assert [len(text.split()) for text in (one, bridge, two)] == [24, 24, 24]
    assert (one + " " + two).split() == document.text.split()
    assert bridge.startswith("Word number 3 ")
    assert bridge.endswith("Word number 8 here.")


def test_a_bridge_begins_and_ends_at_a_paragraph_where_one_is_near() -> None:
    document = assembled(
        paragraph("One is here. Two is here. Three is here. Four is here."),
        paragraph("Five is here. Six is here."),
        paragraph("Seven is here. Eight is here. Nine is here."),
        paragraph("Ten is here. Eleven is here. Twelve is here."),
    )

    _, bridge, _ = texts(document, max_words=20)

    assert bridge.split() == document.text.split()[12:27]


def test_there_is_no_bridge_that_is_too_long_adds_nothing_or_crosses_a_heading() -> None:
    short, long = " ".join(["Short one."] * 4), "Word" + " word" * 9 + "."

    assert len(texts(assembled(paragraph(f"{long} {long}")), max_words=10)) == 2
    assert len(texts(assembled(paragraph(f"{short} {long}")), max_words=10)) == 2
    assert len(texts(assembled(heading("A"), paragraph(short), heading("B")), max_words=10)) == 2


def test_a_sentence_over_the_budget_is_split_for_retrieval_but_stays_one_sentence() -> None:
    document = assembled(paragraph("Before. " + "Word " * 25 + "end. After."))

    passages = cut(document, max_words=10, max_pieces=100)

    long = [passage for passage in passages if passage.first_sentence <= 1 <= passage.last_sentence]
    assert len(long) >= 3
    assert len(split_sentences(document)) == 3


def test_a_list_item_is_embedded_with_title_headings_and_lead() -> None:
    items = [TextBlock(BlockKind.LIST_ITEM, f"- item {n} of the list") for n in range(4)]
    document = assembled(heading("Offers"), paragraph("The office has:"), *items, title="Report")

    passages = cut(document, max_words=14, max_pieces=100)

    assert passages[-1].context == "Report\nOffers\nThe office has:"
    assert passages[0].context == "Report"


def test_context_gives_way_when_the_text_needs_the_room() -> None:
    document = assembled(
        heading("A heading of five words"), paragraph("Ten words " * 9 + "end."), title="Long title"
    )

    passages = cut(document, max_words=8, max_pieces=22)

    assert any(passage.context == "A heading of five words" for passage in passages[1:])
    assert all(
        count_words([embedded_text(passage, passage.span.of(document.text))])[0] <= 22
        for passage in passages
    )
