"""Which of a question's names stand around a sentence."""

import pytest

from indexer.settings import IndexerSettings
from indexer.store.index import Index
from service.pipeline.surroundings import (
    is_elsewhere,
    is_of_other_years,
    names_to_find,
    opening_countries,
    share_of_names_missing,
)
from tests.conftest import index_of

CATALOGUE = """
[[document]]
file = "desks.md"
title = "Welcome desks of two towns"
publisher = "Federation of Desks"

[[document]]
file = "rents.md"
title = "Rents of families"
year = 2023
countries = ["BR"]
cities = ["Belém"]
"""
DESKS = """# Welcome desks of two towns

## Ostra

The town of Ostra keeps a desk. It served 900 people in a year.

## Quillay

The town pays for an interpreter on Mondays. Its guest speaks for Kenya.

## Peru

Peru counts its desks. In Chile, desks open at noon. In Peru and Chile, desks are free.
In Bolivia, Chile and Peru, desks have a phone.

## Climate

A Somali woman runs the desk.

## Numbers

From 2015 to 2018 the desks served 40 people a day.

## Prices

In 2021 the coffee of the desk was free.
"""
RENTS = """# Rents of families

Half of the families share a house with another family.
"""


@pytest.fixture(scope="module")
def index(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> Index:
    reports = {"catalogue.toml": CATALOGUE, "desks.md": DESKS, "rents.md": RENTS}
    return index_of(reports, _built, tmp_path_factory.mktemp("towns"))


@pytest.mark.parametrize(
    ("sentence", "names", "missing"),
    [
        pytest.param("It served", [], 0.0, id="no names"),
        pytest.param("It served", ["Ostra"], 0.0, id="in the sentence before"),
        pytest.param("It served", ["Quillay"], 1.0, id="under the next heading"),
        pytest.param("It served", ["Ostra", "Quillay"], 0.5, id="one of two"),
        pytest.param("an interpreter", ["Quillay"], 0.0, id="in the heading"),
        pytest.param("an interpreter", ["Ostra"], 1.0, id="under the heading before"),
        pytest.param("an interpreter", ["Federation"], 0.0, id="publisher"),
        pytest.param("Half of the families", ["Brazil"], 0.0, id="country of the report"),
        pytest.param("Half of the families", ["Brasil"], 0.0, id="its name in Portuguese"),
        pytest.param("Half of the families", ["Belem"], 0.0, id="city, without its accent"),
        pytest.param("In Chile, desks", ["Peru"], 1.0, id="in another country"),
        pytest.param("In Chile, desks", ["Chile"], 0.0, id="in the country"),
        pytest.param("In Peru and Chile", ["Chile"], 0.0, id="in two countries"),
        pytest.param("In Bolivia, Chile", ["Peru"], 0.0, id="in three countries"),
        pytest.param("Half of the families", ["Peru"], 1.0, id="another country"),
        pytest.param("A Somali woman", ["Lima"], 1.0, id="within a word of the heading"),
        pytest.param("A Somali woman", ["Mali", "Oman"], 1.0, id="within other words"),
        pytest.param("A Somali woman", ["UN"], 0.0, id="an abbreviation"),
        pytest.param("A Somali woman", ["UN", "Lima"], 1.0, id="an abbreviation beside a name"),
        pytest.param("A Somali woman", ["U.S."], 0.0, id="an abbreviation with stops"),
        pytest.param("speaks for Kenya", ["Quillay", "Ghana"], 1.0, id="of another country"),
        pytest.param("speaks for Kenya", ["Quillay", "Kenya"], 0.0, id="of the country"),
    ],
)
def test_names_are_looked_for_where_a_reader_would(
    index: Index, sentence: str, names: list[str], missing: float
) -> None:
    row = next(row for row in range(index.n_sentences) if sentence in index.sentence_text(row))

    assert share_of_names_missing(names, row, index) == missing


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["Ostra", "Somali"], ["Ostra"], id="a language that stands there"),
        pytest.param(["Ostra", "Swahili"], ["Ostra", "Swahili"], id="one that stands nowhere"),
        pytest.param(["Ostra", "Lima"], ["Ostra", "Lima"], id="no languages"),
    ],
)
def test_a_language_is_looked_for_where_none_of_the_sentences_tells_of_it(
    index: Index, names: list[str], expected: list[str]
) -> None:
    assert names_to_find(names, range(index.n_sentences), index) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "elsewhere"),
    [
        pytest.param(
            "How many firms are there in Ostra?", "Quillay, Peru: 200 firms.", True, id="a town"
        ),
        pytest.param(
            "How many firms are there in the city of Ostra?",
            "Quillay, Peru: 200 firms.",
            True,
            id="called a city",
        ),
        pytest.param(
            "How many firms are there in Ostra?", "Ostra, Peru: 200 firms.", False, id="the same"
        ),
        pytest.param(
            "How many firms are there in Peru?", "Quillay, Chile: 200.", True, id="another country"
        ),
        pytest.param(
            "How many firms are there in Peru?", "Quillay: 200 firms.", False, id="no country"
        ),
        pytest.param(
            "How many firms are there in Peru?",
            "Chile has 9 firms, Peru 200.",
            False,
            id="the country beside another one",
        ),
        pytest.param(
            "What does Ostra do?", "Quillay, Peru: 200 firms.", False, id="not asked as a place"
        ),
        pytest.param(
            "How many firms are there in Ostra?",
            "Bread, Peru's own, feeds 200.",
            False,
            id="no town",
        ),
    ],
)
def test_another_country_or_a_town_with_its_country_is_another_place(
    question: str, sentence: str, *, elsewhere: bool
) -> None:
    assert is_elsewhere(question, ("Ostra", "Peru"), sentence) is elsewhere


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Jordan River is low.", ()),
        ("Guinea pigs are sold.", ()),
        ("Turkey and chicken are eaten.", ()),
        ("Jordan pays.", ("JO",)),
        ("Costa Rica has a desk.", ("CR",)),
    ],
)
def test_a_sentence_opens_with_the_country_that_it_is_about(
    sentence: str, codes: tuple[str, ...]
) -> None:
    assert opening_countries(sentence) == codes


@pytest.mark.parametrize(
    ("sentence", "question", "is_other"),
    [
        pytest.param("In 2021", "Was it free in 2019?", True, id="another year"),
        pytest.param("In 2021", "Was it free in 2021?", False, id="the year"),
        pytest.param("In 2021", "Was it free in 2019 or 2021?", False, id="one of two"),
        pytest.param("In 2021", "Was it free?", False, id="no year is asked about"),
        pytest.param("From 2015", "How many came in 2017?", False, id="between two years"),
        pytest.param("From 2015", "How many came in 2019?", True, id="after them"),
        pytest.param("A Somali", "Who ran it in 2021?", True, id="under another heading"),
        pytest.param("Half of", "How many share in 2023?", False, id="the report's own year"),
        pytest.param("Half of", "How many share in 2150?", True, id="a year far off"),
    ],
)
def test_a_sentence_is_of_other_years_where_none_of_the_asked_ones_stands_around_it(
    index: Index, sentence: str, question: str, *, is_other: bool
) -> None:
    row = next(
        row for row in range(index.n_sentences) if index.sentence_text(row).startswith(sentence)
    )

    assert is_of_other_years(question, row, index) is is_other
