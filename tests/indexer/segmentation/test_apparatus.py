"""Contents pages, bibliographies, imprints and signs are told from what a report says."""

import pytest

from indexer.records import BlockKind, TextBlock
from indexer.segmentation.apparatus import apparatus_positions

HEADING, PARAGRAPH = BlockKind.HEADING, BlockKind.PARAGRAPH
ITEM, ROW, NOTE = BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.FOOTNOTE


def apparatus(*blocks: tuple[BlockKind, str]) -> list[str]:
    """Return the texts that are a document's apparatus."""
    found = apparatus_positions([TextBlock(kind, text) for kind, text in blocks])
    return [blocks[position][1] for position in sorted(found)]


def test_entries_of_a_contents_page_are_known_by_dots_or_by_their_heading() -> None:
    entries = [
        (PARAGRAPH, "Contents"),
        (ROW, "1. The harbour | 4"),
        (ROW, "A heading that was drawn otherwise | 6"),
        (PARAGRAPH, "2. The tides........9"),
        (ROW, "Annexes | | | | 109"),
    ]
    body = [
        (HEADING, "1. The harbour"), (PARAGRAPH, "It has 9 piers."), (HEADING, "Annexes"),
        (PARAGRAPH, "Nothing is annexed."),
    ]  # fmt: skip

    assert apparatus(*entries, *body) == [text for _, text in entries]


def test_a_contents_page_without_numbers_repeats_headings_under_its_title() -> None:
    found = apparatus(
        (HEADING, "Índice"), (ITEM, "Puertos"), (ITEM, "Mareas"),
        (HEADING, "Puertos"), (PARAGRAPH, "Mareas"), (HEADING, "Mareas"), (PARAGRAPH, "Suben."),
    )  # fmt: skip

    assert found == ["Índice", "Puertos", "Mareas"]


def test_rows_that_end_in_a_figure_are_no_contents_page() -> None:
    rows = [(ROW, f"Pier {number} | {number * 3}") for number in range(1, 9)]

    assert apparatus((HEADING, "Piers"), *rows) == []


def test_a_bibliography_reaches_to_the_next_heading() -> None:
    found = apparatus(
        (HEADING, "References"),
        (ITEM, "Port Authority, Yearbook of the harbour, Ardenia"),
        (PARAGRAPH, "Mole, T., On piers, 2011"),
        (HEADING, "Annex"),
        (PARAGRAPH, "Piers are numbered from north to south."),
    )

    assert found == [
        "Port Authority, Yearbook of the harbour, Ardenia",
        "Mole, T., On piers, 2011",
    ]


def test_a_note_among_references_that_states_something_is_no_reference() -> None:
    note = (
        "- 3 For example, the register of piers counts every boat twice, once at the gate and once "
        "at the quay, as the harbour master said to Port Authority (2016)."
    )

    assert apparatus(
        (HEADING, "References"), (ITEM, "- 2 Mole, T. (2011) On piers"), (ITEM, note)
    ) == ["- 2 Mole, T. (2011) On piers"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param(ITEM, "- 14 Port Authority (2016) Yearbook, p. 3", id="numbered reference"),
        pytest.param(NOTE, "^{3} See A/79/12, para. 5.", id="see"),
        pytest.param(NOTE, "^{xi} Port Authority: “Yearbook of the harbour”, 2016.", id="a work"),
        pytest.param(PARAGRAPH, "© Port Authority 2021", id="copyright"),
        pytest.param(PARAGRAPH, "Todos los derechos reservados.", id="rights"),
        pytest.param(
            PARAGRAPH,
            "What is said here does not necessarily reflect the views of the port.",
            id="disclaimer",
        ),
        pytest.param(ROW, "▶ ▶ | in : PORT WORLDWIDE", id="signs"),
    ],
)  # fmt: skip
def test_references_imprints_and_signs_are_known_alone(kind: BlockKind, text: str) -> None:
    assert apparatus((PARAGRAPH, "The port opened."), (kind, text)) == [text]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param(NOTE, "^{3} Boats of less than five tonnes are not counted.", id="a note"),
        pytest.param(ITEM, "1. Boats pay in May (2016 rates).", id="a numbered item"),
        pytest.param(PARAGRAPH, "Mole (2011) found that nine piers were empty.", id="a citation"),
        pytest.param(
            PARAGRAPH, "Sailors see the contents of each crate.", id="contents of a crate"
        ),
        pytest.param(ITEM, "▪ Crews register at the gate.", id="a bullet"),
    ],
)
def test_what_a_report_says_is_no_apparatus(kind: BlockKind, text: str) -> None:
    assert apparatus((kind, text)) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("3 " + "HARBOUR AND PORT OF THE NORTH " * 8, id="capitals"),
        pytest.param("Boats . and . piers " * 400, id="dots"),
    ],
)
def test_no_text_keeps_us_for_ever(text: str) -> None:
    assert apparatus((NOTE, text)) == []
