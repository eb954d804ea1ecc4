"""A country is known by its names in the languages that Cita speaks."""

import pytest

from indexer.folding import folded
from service.pipeline.country_names import country_code, is_demonym, names_country, names_place


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


@pytest.mark.parametrize(
    ("text", "name", "is_named"),
    [
        pytest.param("Rents in Lima rose.", "Lima", True, id="itself"),
        pytest.param("Chilean rents rose.", "Chile", True, id="adjective"),
        pytest.param("Peruvian rents rose.", "Perú", True, id="adjective, name with an accent"),
        pytest.param("los peruanos y los chilenos", "Chile", True, id="adjective in Spanish"),
        pytest.param("O DESAFIO DE SÃO PAULO", "São Paulo", True, id="capitals and accents"),
        pytest.param("Cidade de Sao Paulo", "São Paulo", True, id="written without its accent"),
        pytest.param("Afro-Colombian families", "Colombia", True, id="behind a hyphen"),
        pytest.param("Timor Leste's rents", "Timor-Leste", True, id="without its hyphen"),
        pytest.param("in Port\nau Prince", "Port-au-Prince", True, id="over a line's end"),
        pytest.param("The climate changes.", "Lima", False, id="within a word"),
        pytest.param("Somalia and Somali traders", "Mali", False, id="within a country"),
        pytest.param("A woman moved.", "Oman", False, id="at a word's end"),
        pytest.param("Omani rents rose. A woman moved.", "Oman", True, id="first within, then not"),
        pytest.param("A Roman road", "Oman", False, id="behind a letter"),
        pytest.param("Nigerian traders", "Niger", False, id="another country's longer name"),
        pytest.param("the Dominican Republic", "Dominica", False, id="one of two words"),
        pytest.param("Nigeria and Niger", "Niger", True, id="both countries"),
        pytest.param("the European Union", "Europe", True, id="a continent"),
        pytest.param("Jordanian towns", "Jordan", True, id="its own longer name"),
        pytest.param("Rents under review", "UN", False, id="a short one opens a word"),
        pytest.param("The UN and two NGOs", "UN", True, id="a short one"),
        pytest.param("The UN and two NGOs", "NGO", True, id="several of a short one"),
        pytest.param("São Tomé", "São Paulo", False, id="half of it"),
    ],
)
def test_a_name_opens_a_word(text: str, name: str, *, is_named: bool) -> None:
    assert names_place(folded(text), name) == is_named


def test_a_country_is_named_in_any_language() -> None:
    assert names_country(folded("Brazilian towns"), "BR")
    assert names_country(folded("ciudades brasileñas"), "BR")
    assert not names_country(folded("Rents of Somali women"), "ML")
