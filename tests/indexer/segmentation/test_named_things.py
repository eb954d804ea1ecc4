"""Things with a number are found where their name opens a heading, a paragraph or a cell."""

from indexer.records import BlockKind, DocumentInfo, Extraction, TextBlock
from indexer.segmentation.documents import assemble
from indexer.segmentation.named_things import named_things
from indexer.segmentation.sentences import split_sentences


def heading(text: str, level: int = 2) -> TextBlock:
    return TextBlock(BlockKind.HEADING, text, level)


def paragraph(text: str) -> TextBlock:
    return TextBlock(BlockKind.PARAGRAPH, text)


def item(text: str) -> TextBlock:
    return TextBlock(BlockKind.LIST_ITEM, text)


def things(*blocks: TextBlock, mentions: bool = False) -> dict[str, str]:
    """Return the text of each thing by its key, or of each sentence that mentions it."""
    info = DocumentInfo("D")
    document = assemble(Extraction(blocks), doc_id="d", info=info, file="d.md", sha256="00")
    sentences = split_sentences(document)
    return {
        thing.key: document.text[
            sentences[thing.first_sentence].span.start : sentences[thing.last_sentence].span.end
        ]
        for thing in named_things(document, sentences)
        if thing.is_mention == mentions and not thing.key.startswith("titled ")
    }


def test_a_heading_with_a_name_reaches_to_the_next_heading() -> None:
    found = things(
        heading("Rule 1"), paragraph("Doors open at six."), paragraph("They close at ten."),
        heading("Rule 11"), paragraph("Dogs wait outside."),
    )  # fmt: skip

    assert found == {
        "rule 1": "Rule 1\n\nDoors open at six.\n\nThey close at ten.",
        "rule 11": "Rule 11\n\nDogs wait outside.",
    }


def test_a_heading_without_text_of_its_own_goes_on_through_the_next_text() -> None:
    found = things(
        heading("Box 1: All rules"), heading("Doors"), paragraph("Doors open at six."),
        heading("Dogs"), paragraph("Dogs wait outside."),
    )  # fmt: skip

    assert found == {"box 1": "Box 1: All rules\n\nDoors\n\nDoors open at six."}


def test_sections_are_known_by_the_number_of_their_heading_and_hold_their_parts() -> None:
    found = things(
        heading("2. Tides", 1), paragraph("Tides turn."),
        heading("2.1 Ebb"), paragraph("It falls."),
        heading("3. Winds", 1), paragraph("Winds rise."),
    )  # fmt: skip

    assert found["heading 2"] == "2. Tides\n\nTides turn.\n\n2.1 Ebb\n\nIt falls."
    assert found["heading 2.1"] == "2.1 Ebb\n\nIt falls."


def test_numbered_items_are_what_their_heading_announces() -> None:
    found = things(heading("Recommendations"), item("9. Plant trees."), item("10. Dig wells."))

    assert found["recommendation 9"] == found["paragraph 9"] == "9. Plant trees."
    assert found["recommendation 10"] == "10. Dig wells."


def test_a_name_opens_a_paragraph_only_if_it_is_set_off() -> None:
    opening = things(paragraph("Clause 7. The rent is paid monthly."))
    running = things(paragraph("Clause 7 of the lease was struck out."))

    assert opening == {"clause 7": "Clause 7. The rent is paid monthly."}
    assert running == {}


def test_a_row_is_named_by_a_cell_that_is_nothing_but_the_name() -> None:
    found = things(
        TextBlock(BlockKind.TABLE_HEADER, "Pier | Boats"),
        TextBlock(BlockKind.TABLE_ROW, "Pier 5 | 12"),
        TextBlock(BlockKind.TABLE_ROW, "Pier 51 | 19"),
        TextBlock(BlockKind.TABLE_ROW, "near Pier 6 | 3"),
    )

    assert found == {"pier 5": "Pier 5 | 12", "pier 51": "Pier 51 | 19"}


def test_a_table_follows_its_caption() -> None:
    found = things(
        TextBlock(BlockKind.CAPTION, "Table 3. Boats"),
        TextBlock(BlockKind.TABLE_ROW, "North | 12"),
        TextBlock(BlockKind.TABLE_ROW, "South | 19"),
        paragraph("Boats are counted in May."),
    )

    assert found["table 3"] == "Table 3. Boats\n\nNorth | 12\nSouth | 19"


def test_a_sentence_that_has_a_name_elsewhere_mentions_it() -> None:
    sentence = "The port was reopened by Decree 105."

    assert things(paragraph(sentence), mentions=True) == {"decree 105": sentence}


def test_notes_and_references_are_no_numbered_paragraphs() -> None:
    assert things(item("- 14 Port Authority (2016) Yearbook, p. 3")) == {}


def test_the_title_of_a_figure_stands_below_its_name() -> None:
    found = things(
        TextBlock(BlockKind.CAPTION, "Figure II"),
        TextBlock(BlockKind.CAPTION, "Boats by length"),
        paragraph("Most are short."),
    )

    assert found == {"figure 2": "Figure II\n\nBoats by length"}


def test_a_heading_is_called_by_its_words_too() -> None:
    info = DocumentInfo("D")
    blocks = (heading("3.1 Días de pesca"), paragraph("Boats sail on Mondays."))
    document = assemble(Extraction(blocks), doc_id="d", info=info, file="d.md", sha256="00")

    keys = [thing.key for thing in named_things(document, split_sentences(document))]

    assert keys == ["heading 3.1", "titled dias de pesca"]
