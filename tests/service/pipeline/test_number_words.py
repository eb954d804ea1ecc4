"""A number word and digits stand for the same number."""

import pytest

from service.pipeline.number_words import number_of


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("one", 1),
        ("Twelve", 12),
        ("nineteen", 19),
        ("Twenty", 20),
        ("ninety", 90),
        ("7", 7),
        ("2,200", 2200),
        ("towns", None),
        ("", None),
    ],
)
def test_the_number_that_a_word_stands_for(word: str, number: int | None) -> None:
    assert number_of(word) == number
