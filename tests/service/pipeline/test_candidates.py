"""Only what states something may be quoted; the views put it in order."""

import pytest

from indexer.store.index import Index
from service.pipeline.candidates import CandidateSentence, best_first, may_be_quoted


def quotable(index: Index) -> list[str]:
    rows = range(index.n_sentences)
    return [index.sentence_text(row) for row in rows if may_be_quoted(index, row)]


@pytest.mark.parametrize("words", ["Guide to arrival", "What the desk offers", "District"])
def test_headings_and_table_headers_are_never_quoted(ostra: Index, words: str) -> None:
    assert not any(words in text for text in quotable(ostra))


def test_a_table_row_may_be_quoted_and_a_scrap_may_not(ostra: Index) -> None:
    assert any("1,200" in text for text in quotable(ostra))
    assert not any("housing" in text for text in quotable(ostra))


def test_equal_scores_keep_the_order_of_the_index() -> None:
    first, second, better = (
        CandidateSentence(row, passage=0, score=score)
        for row, score in ((3, 0.5), (7, 0.5), (9, 0.6))
    )

    assert best_first([second, better, first]) == [better, first, second]
