"""Markers of list items."""

import pytest

from indexer.extraction.list_markers import list_marker, numeral


@pytest.mark.parametrize(
    ("number", "style", "expected"),
    [
        pytest.param(12, "1", "12", id="digits"),
        pytest.param(1, "a", "a", id="first letter"),
        pytest.param(27, "a", "aa", id="after z"),
        pytest.param(28, "A", "BB", id="capitals after Z"),
        pytest.param(1994, "i", "mcmxciv", id="roman"),
        pytest.param(4, "I", "IV", id="roman capitals"),
        pytest.param(0, "i", "0", id="no roman zero"),
        pytest.param(-1, "a", "-1", id="negative"),
    ],
)
def test_numerals_by_hand(number: int, style: str, expected: str) -> None:
    assert numeral(number, style) == expected


def test_a_marker_ends_in_a_stop_and_a_space() -> None:
    assert list_marker(3, "i") == "iii. "
