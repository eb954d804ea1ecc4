"""A misspelt word is told from one that is only rare."""

import pytest

from service.pipeline.spelling import Vocabulary, glossary_words

WORDS = Vocabulary(
    [
        ("remittances", 15),
        ("remittance", 3),
        ("Guatemala", 40),
        ("Bogotá", 9),
        ("housing", 300),
        ("Housing", 20),
        ("hosting", 2),
        ("rents", 8),
    ]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("remitances", "remittances", id="a letter left out"),
        pytest.param("Remmitances", "remittances", id="two letters of a long word"),
        pytest.param("hosuing", "housing", id="neighbours swapped"),
        pytest.param("guatemela", "Guatemala", id="as the texts write it"),
        pytest.param("bogotta", "Bogotá", id="accents do not count"),
        pytest.param("houzing", "housing", id="the nearest"),
        pytest.param("hossing", "housing", id="of two as near the more frequent"),
        pytest.param("hoozinq", None, id="too far"),
        pytest.param("tents", "rents", id="five letters"),
        pytest.param("rent", None, id="too short"),
        pytest.param("20l8rents", None, id="no word"),
    ],
)
def test_what_a_word_was_meant_to_be(typed: str, meant: str | None) -> None:
    assert WORDS.nearest(typed, {}) == meant


def test_readers_of_spanish_and_portuguese_have_the_words_of_the_glossary_besides() -> None:
    assert WORDS.nearest("bivienda", glossary_words("es")) == "vivienda"
    assert "vivienda" not in glossary_words("pt")
    assert glossary_words("en") == {}
