"""Words are compared however they are written."""

import pytest

from indexer.folding import folded, one_spelling


def test_capitals_and_accents_do_not_count() -> None:
    assert folded("AÇÃO Straße") == "acao strasse"


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organisers", "organizers"),
        ("urbanisation", "urbanization"),
        ("labour", "labor"),
        ("neighbourhoods", "neighborhoods"),
        ("centres", "centers"),
        ("programmes", "programs"),
        ("recognised", "recognized"),
    ],
)
def test_british_and_american_spelling_are_one(british: str, american: str) -> None:
    assert one_spelling(british) == one_spelling(american)


@pytest.mark.parametrize("word", ["this", "island", "our", "hour", "more", "crisis", "register"])
def test_words_that_are_written_in_one_way_alone_stay(word: str) -> None:
    assert one_spelling(word) == word
