"""English is put into words that Apertium knows; its Spanish is put right afterwards."""

from pathlib import Path

import pytest

from service.pipeline.translation.quote_words import (
    WORDS_PATH,
    WordRule,
    in_known_words,
    mended,
    read_rules,
    with_capitals_of,
)


def test_a_word_is_replaced_in_its_own_form_and_case() -> None:
    rule = WordRule(("dweller", "dwellers"), ("inhabitant", "inhabitants"), (), ())

    assert (
        in_known_words("Dwellers of a long-term camp", [rule]) == "Inhabitants of a long term camp"
    )


@pytest.mark.parametrize(
    ("spanish", "right"),
    [
        pytest.param("Estuvo provista", "Estuvo provista", id="no participle that is known"),
        pytest.param("Las casas estuvieron vendidas", "Las casas fueron vendidas", id="a passive"),
        pytest.param("está dado por", "es dado por", id="a passive of today"),
        pytest.param("está situado en", "está situado en", id="a state"),
        pytest.param("hay no casas", "no hay casas", id="a negation"),
        pytest.param("consiguen qué quieren", "consiguen lo que quieren", id="what, inside"),
        pytest.param("¿Sabe qué quieren?", "¿Sabe qué quieren?", id="what, in a question"),
        pytest.param("ayudan proteger", "ayudan a proteger", id="help to do"),
    ],
)
def test_what_apertium_always_gets_wrong_is_mended(spanish: str, right: str) -> None:
    assert mended(spanish, []) == right


def test_a_capital_behind_an_acronym_goes_if_the_quote_has_none() -> None:
    assert with_capitals_of("- IOM says", "- OIM Dice") == "- OIM dice"
    assert with_capitals_of("IOM Cities", "OIM Ciudades") == "OIM Ciudades"


def test_the_rows_that_ship_can_be_read() -> None:
    assert len(read_rules(WORDS_PATH)) > 1


def test_a_row_of_words_that_does_not_pair_is_refused(tmp_path: Path) -> None:
    rows = tmp_path / "words.tsv"
    rows.write_text("english\tstand-in\tspanish\tmended\na | b\tc\t\t\n", encoding="utf-8")

    with pytest.raises(ValueError, match="line 2: want a word for each"):
        read_rules(rows)
