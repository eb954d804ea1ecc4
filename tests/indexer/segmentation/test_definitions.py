"""Terms are found where a glossary or a sentence says what they mean, and nowhere else."""

import pytest

from indexer.records import Block, BlockKind, Span
from indexer.segmentation.definitions import Definition, definition_in, definition_key


def defined(
    text: str, kind: BlockKind = BlockKind.PARAGRAPH, *headings: str, is_apparatus: bool = False
) -> Definition | None:
    block = Block(kind, Span(0, len(text)), headings, is_apparatus=is_apparatus)
    return definition_in(text, block)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Harbour pilots: People who bring ships in.", {"defined harbour pilot"}),
        (
            "Tide-bound boats (TBBs): Boats that wait for the flood to leave.",
            {"defined tide bound boat", "defined tbb"},
        ),
        ("Berth: “A place where a ship may lie by right.”⁴", {"defined berth"}),
    ],
)
def test_a_paragraph_that_opens_with_a_term_is_its_entry(text: str, keys: set[str]) -> None:
    assert defined(text) == Definition(frozenset(keys), is_entry=True)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("In this guide, a free port is defined by law as a port without any duties.", "free port"),
        ("Quays, as the port's law defines them, are walls where ships may lie.", "quay"),
        ("Stowaways, as the port's law defines them, had no ticket for the voyage.", "stowaway"),
        ("Slack water refers to the short time between two tides.", "slack water"),
        ("Meanwhile, lightermen are those who carry goods from ship to quay.", "lightermen"),
        ("La bajamar se define en la ley como el nivel más bajo del mar.", "bajamar"),
    ],
)  # fmt: skip
def test_a_sentence_that_says_what_a_term_means_defines_it(text: str, key: str) -> None:
    assert defined(text) == Definition(frozenset({f"defined {key}"}), is_entry=False)


@pytest.mark.parametrize(
    "text",
    [
        "This means that no boat may leave before dawn.",
        "Without any means to pay, crews stay on board.",
        "The council means to open the gate before noon.",
        "Forum of Pilots: Shared Waters, Shared Rules",
        "Contact: the harbour office.",
        "Quays, as the port's law defines them, and piers were repaired in 2015.",
        "Quays, as the port's law defines them, which fell into ruin, were repaired.",
    ],
)
def test_what_only_looks_like_a_definition_is_none(text: str) -> None:
    assert defined(text) is None


def test_list_items_are_entries_in_a_glossary_alone() -> None:
    text = "- Porto: the city paints its cranes every second year."

    assert defined(text, BlockKind.LIST_ITEM) is None
    assert defined(text, BlockKind.LIST_ITEM, "Glossary") is not None


def test_what_is_never_quoted_defines_nothing() -> None:
    assert defined("Berth: a place where a ship may lie by right.", is_apparatus=True) is None


@pytest.mark.parametrize(
    ("row", "headings", "key"),
    [
        ("HMO | Harbour Master's Office", (), "defined hmo"),
        ("Berth | A place where ships lie", ("Key terms",), "defined berth"),
        ("Berth | 40", ("Prices",), None),
        ("HMO | 40 | 50", (), None),
    ],
)
def test_a_row_of_two_cells_spells_out_an_acronym(
    row: str, headings: tuple[str, ...], key: str | None
) -> None:
    found = defined(row, BlockKind.TABLE_ROW, *headings)

    assert (found and found.keys) == (frozenset({key}) if key else None)


@pytest.mark.parametrize("term", ["a free city", "Free Cities", "the FREE city", "“free cities”"])
def test_a_term_has_one_key_however_it_is_written(term: str) -> None:
    assert definition_key(term) == "defined free city"


def test_a_sentence_is_no_term() -> None:
    assert definition_key("the boats that leave before the tide turns") is None
