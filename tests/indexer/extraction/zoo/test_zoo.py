"""Every producer's file of one report gives the same sentences, tables and pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.extraction.formats import extract_file
from indexer.records import BlockKind, Extraction
from indexer.segmentation.sentences import sentence_spans
from tests.indexer.extraction.zoo.producers import PRODUCERS, Producer
from tests.indexer.extraction.zoo.source_text import (
    BOX_TITLE,
    HEADINGS,
    ITEMS,
    ROWS,
    SENTENCES,
    YEAR,
)

_NOTES = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_BULLET = re.compile(r"[•\-–]\s*")


@pytest.fixture(scope="module", params=PRODUCERS, ids=lambda producer: producer.name)
def extraction(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Extraction:
    producer: Producer = request.param
    if not producer.is_here:
        pytest.skip(f"{producer.name} needs a program that is not installed")
    path: Path = producer.make(tmp_path_factory.mktemp(producer.name))
    return extract_file(path.name, path.read_bytes())


def sentences(extraction: Extraction) -> Iterator[tuple[str, int | None]]:
    """Yield each sentence of running text without the numbers of notes, and its page."""
    for block in extraction.blocks:
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}:
            page = block.page_starts[0].page if block.page_starts else None
            for span in sentence_spans(block.text, language="en"):
                yield _BULLET.sub("", _NOTES.sub("", span.of(block.text)), count=1), page


def texts(extraction: Extraction, *kinds: BlockKind) -> list[str]:
    return [block.text for block in extraction.blocks if block.kind in kinds]


def test_every_sentence_is_read_whole_and_on_its_page(extraction: Extraction) -> None:
    has_pages = extraction.page_labels is not None
    wanted = [(sentence, page if has_pages else None) for sentence, page in SENTENCES]

    found = set(sentences(extraction))

    assert [sentence for sentence in wanted if sentence not in found] == []


def test_headings_are_headings_and_nothing_else_is(extraction: Extraction) -> None:
    found = texts(extraction, BlockKind.HEADING)

    assert [heading for heading in found if heading != BOX_TITLE] == list(HEADINGS)


def test_items_of_the_list_are_items(extraction: Extraction) -> None:
    found = [_BULLET.sub("", item, count=1) for item in texts(extraction, BlockKind.LIST_ITEM)]

    assert found == list(ITEMS)


def test_every_row_has_its_cells_in_their_places(extraction: Extraction) -> None:
    rows = texts(extraction, BlockKind.TABLE_ROW)

    found = {tuple(cell.strip() for cell in row.split("|")) for row in rows}

    assert [row for row in ROWS if row not in found] == []


def test_every_column_has_its_heading(extraction: Extraction) -> None:
    headers = texts(extraction, BlockKind.TABLE_HEADER)

    assert any(re.fullmatch(r"Country \| Year \| Planned \| Spent", text) for text in headers)
    assert any(re.search(r"Town\b.*2018\b.*2019\b.*Places", text) for text in headers)


def test_the_running_head_is_left_out(extraction: Extraction) -> None:
    assert YEAR not in [block.text for block in extraction.blocks]
