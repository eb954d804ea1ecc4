"""A country is known by its names in the languages that Cita speaks."""

import pytest

from indexer.country_names import (
    NamingText,
    countries_in,
    country_code,
    is_demonym,
    names_country,
    names_place,
    without_countries,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Chile", "CL"),
        ("brasil", "BR"),
        (" Costa  Rica ", "CR"),
        ("España", "ES"),
        ("Turkey", "TR"),
        ("Myanmar", "MM"),
        ("Hong Kong", "HK"),
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
        pytest.param("El banco", "El", True, id="an article alone"),
        pytest.param("La calidad del aire", "Cali", False, id="opens a Spanish word"),
        pytest.param("A malignant growth", "Mali", False, id="opens an English word"),
        pytest.param("La natalidad bajó.", "Natal", False, id="opens a word with its accent"),
        pytest.param("Tenants in Indiana", "India", False, id="opens a state"),
        pytest.param("Dominican families", "Dominica", False, id="opens another's people"),
        pytest.param("Rents in Dominica", "Dominica", True, id="but is a country"),
        pytest.param("Indian tenants", "India", True, id="and its people"),
        pytest.param("A career in planning", "CARE", False, id="capitals"),
        pytest.param("A career in planning", "PLAN", False, id="more capitals"),
        pytest.param("Peruvian rents rose.", "PERU", True, id="a country in capitals"),
        pytest.param("Rents in South Sudan", "Sudan", False, id="behind another's first word"),
        pytest.param("refugiados de Sudán del Sur", "Sudán", False, id="before another's last"),
        pytest.param("South Sudan and Sudan", "Sudan", True, id="both Sudans"),
        pytest.param("South Sudanese refugees", "South Sudan", True, id="two words' adjective"),
        pytest.param("A ajuda é para todos.", "Pará", False, id="another word without accents"),
        pytest.param("A ajuda e para todos no Para.", "Pará", True, id="a text without accents"),
        pytest.param("Famílias paraenses", "Pará", True, id="adjective without the accent"),
        pytest.param("In Lima³ and since 2019⁴", "Lima", True, id="before a note"),
        pytest.param("In Lima³ and since 2019⁴", "2019", True, id="a year before a note"),
        pytest.param("familias guatemaltecas y Guatemalan", "Guatemala", True, id="an n"),
        pytest.param("las salvadoreñas", "Salvador", True, id="Spanish -eña"),
        pytest.param("os brasileiros", "Brasil", True, id="Portuguese -eiro"),
        pytest.param("bairros paraguaios, barrios paraguayos", "Paraguay", True, id="-o after y"),
        pytest.param("las familias japonesas", "Japón", True, id="-esa"),
        pytest.param("Iraqi and Israeli towns", "Iraq", True, id="-i"),
        pytest.param("familias colombianas", "Colombia", True, id="-na"),
    ],
)
def test_a_name_opens_a_word(text: str, name: str, *, is_named: bool) -> None:
    assert names_place(NamingText.of(text), name) == is_named


@pytest.mark.parametrize(
    ("text", "code"),
    [("salvadoreño", "SV"), ("brasileiro", "BR"), ("Guatemalan", "GT"), ("peruana", "PE")],
)
def test_people_are_called_after_their_country(text: str, code: str) -> None:
    assert names_country(NamingText.of(text), code)


def test_a_country_is_named_in_any_language() -> None:
    assert names_country(NamingText.of("Brazilian towns"), "BR")
    assert names_country(NamingText.of("ciudades brasileñas"), "BR")
    assert not names_country(NamingText.of("Rents of Somali women"), "ML")


def test_countries_and_continents_are_left_out_and_other_names_stay() -> None:
    text = "Jigiga in Ethiopia, Etiópia and Eastern Africa, with the World Bank"

    assert " ".join(without_countries(text).split()) == "Jigiga in , and , with the World Bank"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The turkey farm pays.", ()),
        ("Turkey and chicken are eaten.", ()),
        ("How do I cook a turkey?", ()),
        ("How does turkey support Syrian refugees?", ("TR",)),
        ("The United Nations refugee agency and the European Union pay.", ()),
        ("Em Quito, a reunião decidiu; quien gana paga.", ()),
        ("Ghana and Réunion pay.", ("GH", "RE")),
        ("New Jersey and New Mexico pay.", ()),
        ("Northern Ireland pays; Irlanda del Norte, Irlanda do Norte.", ()),
        ("Guinea pigs are sold.", ()),
        ("The Jordan River is low.", ()),
        ("The refugees in turkey rent rooms.", ("TR",)),
        ("how does turkey help?", ("TR",)),
        ("Turkey and Jordan pay.", ("JO", "TR")),
        ("Guinea pays.", ("GN",)),
    ],
)
def test_animals_and_rivers_are_no_countries(text: str, codes: tuple[str, ...]) -> None:
    assert tuple(sorted(countries_in(text))) == codes
    assert all(names_country(NamingText.of(text), code) for code in codes)
    assert not any(
        names_country(NamingText.of(text), code) for code in {"GN", "JO", "TR"}.difference(codes)
    )


def test_only_so_many_texts_are_kept() -> None:
    assert countries_in.cache_info().maxsize
    assert country_code.cache_info().maxsize
