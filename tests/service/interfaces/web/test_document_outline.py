"""The list of contents has what names something."""

import pytest

from indexer.records import Block, BlockKind, Document, DocumentInfo, Span
from service.interfaces.web.document_outline import contents_of

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
        pytest.param([(1, "2019"), (2, "January")], ["2019", "January"], id="a year"),
        pytest.param([(1, "Rents"), (1, "PART 2")], ["Rents", "PART 2"], id="nothing follows"),
    ],
)
def test_headings_that_name_nothing_are_left_out_or_joined(
    blocks: list[tuple[int, str]], expected: list[str]
) -> None:
    assert [entry.title for entry in contents_of(report(*blocks))] == expected


def test_a_joined_heading_opens_at_its_number_and_has_the_higher_level() -> None:
    (entry,) = contents_of(report((3, "PART 1"), (1, "Rents")))

    assert (entry.start, entry.level) == (0, 1)
