"""Words are compared however they are written."""

import pytest

from indexer.folding import folded, in_both_spellings, one_spelling


def test_capitals_and_accents_do_not_count() -> None:
    assert folded("AÇÃO Straße") == "acao strasse"


BOTH = pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organisers", "organizers"),
        ("urbanisation", "urbanization"),
        ("labour", "labor"),
        ("neighbourhoods", "neighborhoods"),
        ("centres", "centers"),
        ("programmes", "programs"),
        ("recognised", "recognized"),
        ("travelled", "traveled"),
        ("defence", "defense"),
    ],
)


@BOTH
def test_british_and_american_spelling_are_one(british: str, american: str) -> None:
    assert one_spelling(british) == one_spelling(american)


@BOTH
def test_words_are_looked_up_in_both_spellings(british: str, american: str) -> None:
    assert {british, american} <= set(in_both_spellings(british).split())
    assert {british, american} <= set(in_both_spellings(american).split())


@pytest.mark.parametrize("word", ["this", "island", "our", "hour", "more", "crisis", "register"])
def test_words_that_are_written_in_one_way_alone_stay(word: str) -> None:
    assert one_spelling(word) == word
    assert set(in_both_spellings(word).split()) == {word}
