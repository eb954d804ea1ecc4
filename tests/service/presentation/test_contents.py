"""Which headings a list of contents has."""

from dataclasses import replace

import pytest

from indexer.records import (
    Block,
    BlockKind,
    Document,
    DocumentInfo,
    Extraction,
    PageStart,
    Span,
    TextBlock,
)
from indexer.segmentation.documents import assemble
from service.presentation.contents import contents_of

_TEXT = "The harbour of Alba is old, and it has been dug by hand over many years."


def document(*blocks: tuple[BlockKind, str, int]) -> Document:
    """A document of blocks, each with its kind, text and page; page 0: none."""
    made = tuple(
        TextBlock(
            kind,
            text,
            level=int(kind is BlockKind.HEADING),
            page_starts=(PageStart(0, page),) if page else (),
        )
        for kind, text, page in blocks
    )
    info = DocumentInfo("Alba")
    return assemble(Extraction(made), doc_id="d", info=info, file="d.pdf", sha256="0")


def titles(text: Document) -> list[str]:
    return [entry.title for entry in contents_of(text)]


def test_cover_lines_and_serial_numbers_are_no_contents() -> None:
    made = document(
        (BlockKind.HEADING, "United Nations", 1),
        (BlockKind.PARAGRAPH, "Distr.: General", 1),
        (BlockKind.HEADING, "The quays of Alba", 1),
        (BlockKind.HEADING, "Summary", 1),
        (BlockKind.PARAGRAPH, _TEXT, 1),
        (BlockKind.HEADING, "Harbours", 2),
        (BlockKind.HEADING, "Old harbours", 2),
        (BlockKind.PARAGRAPH, _TEXT, 2),
        (BlockKind.HEADING, "ISSN 1728-0060", 9),
    )

    assert titles(made) == ["Summary", "Harbours", "Old harbours"]


def test_what_has_a_number_or_leads_to_a_list_is_no_cover_line() -> None:
    made = document(
        (BlockKind.HEADING, "1. Harbours", 1),
        (BlockKind.HEADING, "Acronyms", 1),
        (BlockKind.LIST_ITEM, "- AH: Alba's harbour", 1),
        (BlockKind.HEADING, "2025 session", 1),
        (BlockKind.PARAGRAPH, "Alba, 3 May", 1),
    )

    assert titles(made) == ["1. Harbours", "Acronyms"]


def test_a_text_without_pages_has_no_cover() -> None:
    made = document((BlockKind.HEADING, "Harbours", 0), (BlockKind.HEADING, "Old ones", 0))

    assert titles(made) == ["Harbours", "Old ones"]


INFO = DocumentInfo("Shelters: a guide", subtitle="What cities do", publisher="Cita")
HEADING, PARAGRAPH = BlockKind.HEADING, BlockKind.PARAGRAPH


def report(*blocks: tuple[int, str]) -> Document:
    """Return a report of headings of a level, 0 for a paragraph."""
    placed, at = [], 0
    for level, text in blocks:
        kind = HEADING if level else PARAGRAPH
        placed.append(Block(kind, Span(at, at + len(text)), ("x",) * level))
        at += len(text) + 1
    text = "\n".join(text for _, text in blocks)
    return Document("report", INFO, "report.pdf", "ab" * 32, text, tuple(placed), (), None)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        pytest.param([(1, "CITA"), (2, "Rents"), (0, "a")], ["Rents"], id="the publisher"),
        pytest.param(
            [(1, "SHELTERS – A GUIDE"), (1, "Shelters"), (2, "What cities do"), (2, "Rents")],
            ["Rents"],
            id="title and subtitle, whole and in parts",
        ),
        pytest.param([(1, "Actions →"), (0, "a"), (1, "Rents")], ["Rents"], id="a sign"),
        pytest.param([(3, "PART 1"), (1, "Rents")], ["PART 1: Rents"], id="the number of a part"),
        pytest.param([(1, "Chapter IV."), (2, "Rents")], ["Chapter IV: Rents"], id="a Roman one"),
        pytest.param([(1, "2.1"), (2, "Rents")], ["2.1: Rents"], id="a number alone"),
        pytest.param([(1, "Parte 2"), (1, "Alquileres")], ["Parte 2: Alquileres"], id="Spanish"),
        pytest.param(
            [(1, "PART 1"), (0, "It is about rents."), (2, "Rents")],
            ["PART 1", "Rents"],
            id="text stands between",
        ),
        pytest.param(
            [(1, "Goal 11"), (1, "Goal 12"), (2, "Rents")],
            ["Goal 11", "Goal 12: Rents"],
            id="a number behind a number",
        ),
        pytest.param(
            [(1, "Rents"), (0, _TEXT), (1, "Shelters"), (0, _TEXT)],
            ["Rents", "Shelters"],
            id="a chapter called like a part of the title",
        ),
        pytest.param([(1, "2019"), (2, "January")], ["2019", "January"], id="a year"),
        pytest.param([(1, "Rents"), (1, "PART 2")], ["Rents", "PART 2"], id="nothing follows"),
    ],
)
def test_headings_that_name_nothing_are_left_out_or_joined(
    blocks: list[tuple[int, str]], expected: list[str]
) -> None:
    assert [entry.title for entry in contents_of(report(*blocks))] == expected


@pytest.mark.parametrize(
    ("title", "subtitle"),
    [
        pytest.param("Shelters of Alba (A/80/1)", None, id="a symbol"),
        pytest.param("Shelters of Alba (ICCD/COP(8)/1)", None, id="a symbol with brackets"),
        pytest.param("Shelters of Alba (2020)", "Report of the Master, A/80/1", id="a year"),
        pytest.param("Shelters of Alba", "Report of the Master, A/80/1", id="beside a subtitle"),
        pytest.param("Shelters of Alba", "A/80/1", id="alone below it"),
    ],
)
def test_a_title_is_known_without_its_mark_and_symbol(title: str, subtitle: str | None) -> None:
    info = DocumentInfo(title, subtitle=subtitle, identifier="A/80/1")
    kind = ((2, "Report of the Master"),) if subtitle and "Master" in subtitle else ()
    whole = report(
        (1, "Shelters of Alba"), *kind, (0, _TEXT), (1, "SHELTERS OF ALBA"), (1, "Rents")
    )

    assert titles(replace(whole, info=info)) == ["Rents"]


def test_a_joined_heading_opens_at_its_number_and_has_the_higher_level() -> None:
    (entry,) = contents_of(report((3, "PART 1"), (1, "Rents")))

    assert (entry.start, entry.level) == (0, 1)
