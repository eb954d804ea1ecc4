"""A country is known by its names in the languages that Cita speaks."""

import pytest

from service.pipeline.country_names import country_code, is_demonym


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Chile", "CL"),
        ("brasil", "BR"),
        (" Costa  Rica ", "CR"),
        ("España", "ES"),
        ("Nowhere", None),
    ],
)
def test_a_name_leads_to_its_code(name: str, code: str | None) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    "word",
    ["Danish", "Swiss", "Syrians", "Ugandan", "Lebanese", "Dominicans", "Thai", "Inter-American"],
)
def test_what_people_are_called_is_no_name(word: str) -> None:
    assert is_demonym(word)


@pytest.mark.parametrize(
    "word",
    ["Sudan", "Haiti", "Nairobi", "Kalobeyei", "Amman", "Tunis", "Bangui", "Saint-Louis", "Peru"],
)
def test_a_place_that_ends_like_it_is_a_name(word: str) -> None:
    assert not is_demonym(word)
