"""Only what states something may be quoted; the views put it in order."""

import pytest

from indexer.store.index import Index
from service.pipeline.candidates import (
    CandidateSentence,
    best_first,
    has_web_address,
    may_be_quoted,
)


def quotable(index: Index) -> list[str]:
    rows = range(index.n_sentences)
    return [index.sentence_text(row) for row in rows if may_be_quoted(index, row)]


@pytest.mark.parametrize("words", ["Guide to arrival", "What the desk offers", "District"])
def test_headings_and_table_headers_are_never_quoted(ostra: Index, words: str) -> None:
    assert not any(words in text for text in quotable(ostra))


def test_a_table_row_may_be_quoted_and_a_scrap_may_not(ostra: Index) -> None:
    assert any("1,200" in text for text in quotable(ostra))
    assert not any("housing" in text for text in quotable(ostra))


@pytest.mark.parametrize(
    ("text", "has_one"),
    [
        pytest.param("Available at https://ostra.example/desk", True, id="whole"),
        pytest.param("Available at ht tps://ostra.example/desk", True, id="broken by a line's end"),
        pytest.param("See www.ostra.example for the hours.", True, id="without a scheme"),
        pytest.param("The desk opens at 9:00, and closes at 17:00/18:00.", False, id="a time"),
    ],
)
def test_a_web_address_is_seen_however_it_is_broken(
    text: str,
    has_one: bool,  # noqa: FBT001
) -> None:
    assert has_web_address(text) == has_one


def test_equal_scores_keep_the_order_of_the_index() -> None:
    first, second, better = (
        CandidateSentence(row, passage=0, score=score)
        for row, score in ((3, 0.5), (7, 0.5), (9, 0.6))
    )

    assert best_first([second, better, first]) == [better, first, second]
