"""A country stands in a sentence as its language writes it."""

import pytest

from service.pipeline.country_articles import in_country, takes_the


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("UY", "en", "in Uruguay"),
        ("US", "en", "in the United States"),
        ("NL", "en", "in the Netherlands"),
        ("DO", "en", "in the Dominican Republic"),
        ("HK", "en", "in Hong Kong"),
        ("CL", "es", "en Chile"),
        ("BR", "pt", "no Brasil"),
        ("CO", "pt", "na Colômbia"),
        ("US", "pt", "nos Estados Unidos"),
        ("PH", "pt", "nas Filipinas"),
        ("PT", "pt", "em Portugal"),
        ("KE", "pt", "no Quênia"),
        ("CI", "pt", "na Costa do Marfim"),
        ("ZZZ", "en", None),
    ],
)
def test_where_something_is_that_is_in_a_country(
    code: str, language: str, expected: str | None
) -> None:
    assert in_country(code, language) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("Philippines", True), ("Peru", False), ("United Kingdom", True)]
)
def test_some_countries_take_the(name: str, *, expected: bool) -> None:
    assert takes_the(name) is expected
