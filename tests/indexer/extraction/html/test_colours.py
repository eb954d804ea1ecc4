"""Colours of web pages."""

import pytest

from indexer.extraction.html.colours import Colour, colour_of


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("White", Colour(255, 255, 255), id="name"),
        pytest.param("#12f", Colour(17, 34, 255), id="short"),
        pytest.param("#1122FF", Colour(17, 34, 255), id="long"),
        pytest.param("#1122ff00", Colour(17, 34, 255, 0.0), id="clear"),
        pytest.param("rgba(17 34 255 / 50%)", Colour(17, 34, 255, 0.5), id="function"),
        pytest.param("rgb(100%, 0%, 0%)", Colour(255, 0, 0), id="shares"),
        pytest.param("linear-gradient(red, blue)", None, id="no colour"),
    ],
)
def test_a_colour_is_read_however_it_is_written(written: str, expected: Colour | None) -> None:
    assert colour_of(written) == expected
