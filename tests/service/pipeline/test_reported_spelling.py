"""Words that no report has are spelt as the passages found for the question spell them."""

import pytest

from service.pipeline.reported_spelling import spelt_as_reported
from service.records import Question

FOUND = (
    "Jigiga, a town of the Dominican Republic, pays migrants housing subsidies.",
    "The government of Zambia hears of shocks and quarters in Bosaso and Bosasa.",
    "Geneva, Kampala, Koboko and Adjumani meet Iquiques, Matapalos, Philadelphos and Venezuela.",
)
REPORTED = frozenset(
    ["housing", "subsidies", "government", "town", "shocks", "quarters", "migrants"]
)
COMMON = frozenset(["government", "which", "build", "pay", "does"])


def spelt(text: str, *, language: str = "en", english: str = "") -> str:
    return spelt_as_reported(
        Question(text, language),
        english or text,
        FOUND,
        is_common=COMMON.__contains__,
        is_reported=lambda word: word.casefold() in REPORTED,
    ).text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("Does Jigjiga build?", "Does Jigiga build?", id="a letter more"),
        pytest.param("does jigjiga build", "does Jigiga build", id="without its capital"),
        pytest.param("Dominican Republik", "Dominican Republic", id="a letter changed in a name"),
        pytest.param("Does Bossaso build?", "Does Bosaso build?", id="a letter doubled in a name"),
        pytest.param("Does Kampla build?", "Does Kampala build?", id="a letter less in a name"),
        pytest.param("Does Kapmala build?", "Does Kampala build?", id="swapped in a name"),
        pytest.param("Does Koboco build?", "Does Koboko build?", id="c and k"),
        pytest.param("Does Adjumany build?", "Does Adjumani build?", id="i and y"),
        pytest.param("Does Philadelfos build?", "Does Philadelphos build?", id="ph and f"),
        pytest.param("Does Venezuala build?", "Does Venezuela build?", id="changed in a country"),
        pytest.param("Does the goverment pay?", "Does the government pay?", id="a letter less"),
        pytest.param("housing subsdiies", "housing subsidies", id="two letters swapped"),
    ],
)
def test_a_slip_is_spelt_as_the_reports_do(typed: str, meant: str) -> None:
    assert spelt(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("Who lives in shacks?", id="a letter changed in a word"),
        pytest.param("Does Gambia build?", id="another country"),
        pytest.param("Are Gambians paid?", id="another people"),
        pytest.param("Does Genova build?", id="another city"),
        pytest.param("Does Iquique build?", id="a place that a list has"),
        pytest.param("Does Matapalas build?", id="a letter changed in a long name"),
        pytest.param("Does Metapalas build?", id="two letters changed in a name"),
        pytest.param("Who settles quarrels?", id="two letters of a word"),
        pytest.param("Does Migrantes build?", id="no name is near"),
        pytest.param("Does Figiga build?", id="another first letter"),
        pytest.param("Does Town pay?", id="too short"),
        pytest.param("which housing", id="known words"),
        pytest.param("J.Jigjiga@example.org", id="an address"),
    ],
)
def test_what_may_be_a_word_of_its_own_stays(typed: str) -> None:
    assert spelt(typed) == typed


def test_in_another_language_names_are_mended_that_a_translation_keeps() -> None:
    typed = "¿Construye Jigjiga en la República? Goverment"

    text = spelt(typed, language="es", english="Does Jigjiga build in the Republic?")

    assert text == "¿Construye Jigiga en la República? Goverment"
