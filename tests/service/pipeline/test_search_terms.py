"""Which words a search looks for, and in which forms it finds them."""

import pytest

from service.pipeline.search_terms import fold_letters, search_terms


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("remittances", "en", ["remittances"], id="one word"),
        pytest.param(
            "Everything this report says about remittances", "en", ["remittances"], id="framed"
        ),
        pytest.param(
            "What do the reports say about rent in Chile?", "en", ["rent", "Chile"], id="a question"
        ),
        pytest.param(
            "¿Qué dicen los informes sobre las remesas?", "es", ["remesas"], id="in Spanish"
        ),
        pytest.param("Tudo o que dizem sobre as remessas", "pt", ["remessas"], id="in Portuguese"),
        pytest.param("shelter during floods", "en", ["shelter", "floods"], id="of time"),
        pytest.param("albergues durante", "es", ["albergues"], id="of time in Spanish"),
        pytest.param("abrigos durante", "pt", ["abrigos"], id="of time in Portuguese"),
        pytest.param("reports", "en", ["reports"], id="only what frames"),
        pytest.param("what is it", "en", ["what", "is", "it"], id="only small words"),
        pytest.param("US and WHO funding", "en", ["US", "WHO", "funding"], id="acronyms"),
        pytest.param('"the right to" housing', "en", ["“the right to”", "housing"], id="quoted"),
        pytest.param("peri-urban COVID-19", "en", ["peri urban", "COVID 19"], id="hyphens"),
        pytest.param("Jigiga's plan", "en", ["Jigiga", "plan"], id="a possessive"),
        pytest.param("UNHCR’S women's", "en", ["UNHCR", "women"], id="possessives as typeset"),
        pytest.param('"Jigiga\'s plan"', "en", ["“Jigiga s plan”"], id="a possessive, quoted"),
        pytest.param("170,000 pesos", "en", ["170,000", "pesos"], id="a figure"),
        pytest.param("rent rent", "en", ["rent"], id="twice"),
        pytest.param("?!", "en", [], id="no word"),
    ],
)
def test_what_is_looked_for(text: str, language: str, expected: list[str]) -> None:
    assert [term.text for term in search_terms(text, language=language)] == expected


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        pytest.param('"rent voucher"', "a Rent\nvoucher.", ["rent\nvoucher"], id="over a line"),
        pytest.param(
            '"rent voucher"', "rent vouchers, rent voucher²", ["rent voucher"], id="exact"
        ),
        pytest.param(
            '"Große Straße"', "Die Große Straße hier", ["große straße"], id="a letter for two"
        ),
        pytest.param("peri-urban", "peri‑urban, Peri urbanism", None, id="any hyphen, any end"),
    ],
)
def test_words_in_a_row_are_found(typed: str, text: str, expected: list[str] | None) -> None:
    (term,) = search_terms(typed, language="en")

    assert term.pattern is not None
    matches = [match[0] for match in term.pattern.finditer(fold_letters(text))]
    assert matches == (expected or ["peri‐urban", "peri urbanism"])


def test_folding_letter_by_letter_keeps_every_offset() -> None:
    text = "Ação ﬁxa, Straße, 1,200⁴ İzmir"

    assert len(fold_letters(text)) == len(text)
    assert fold_letters(text) == "acao ﬁxa, straße, 1,200⁴ izmir"


def test_words_that_only_ask_are_not_looked_for() -> None:
    terms = search_terms("Why do so many migrants end up in shanty towns?", language="en")

    assert [term.text for term in terms] == ["migrants", "shanty", "towns"]
