"""A misspelt word is told from one that is only rare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pipeline.spelling import Spaces, Vocabulary, glossary_words

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


COMMON = {"does", "doe", "housing", "sing", "what", "the", "mayor", "are", "set", "all", "ion"}
COMMON |= {"migration", "iron", "upon", "things", "plan", "plant", "tour", "our"}
REPORTED = {
    "guadalajara",
    "migrants",
    "migrat",
    "up",
    "on",
    "emigrants",
    "bye",
    "council",
    "grants",
}


def spaces(language: str = "en") -> Spaces:
    return Spaces(language, COMMON.__contains__, lambda word: word.lower() in REPORTED)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("How doe sGuadalajara help?", "How does Guadalajara help?", id="too early"),
        pytest.param("How doesG uadalajara help?", "How does Guadalajara help?", id="too late"),
        pytest.param("whata re migrants", "what are migrants", id="without a capital"),
        pytest.param("Do migran ts stay?", "Do migrants stay?", id="inside a word"),
        pytest.param("hou sing, migrat ion", "housing, migration", id="twice"),
        pytest.param("wha t is it", "what is it", id="before the last letter"),
        pytest.param("set up on things", None, id="words that make another one"),
        pytest.param("by emigrants", None, id="a word that no list has"),
        pytest.param("the mayor of Xyz", None, id="a name"),
        pytest.param("all IR ON", None, id="acronyms"),
        pytest.param("set-up on, migran. Ts", None, id="punctuation between"),
        pytest.param("What is the plan TOur", None, id="two capitals"),
        pytest.param("mi g rants", "migrants", id="a word before what was mended"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_space_in_a_wrong_place_is_known_where_words_come_of_it(
    typed: str, meant: str | None
) -> None:
    assert spaces().mended(typed) == (meant or typed)


def test_words_of_spanish_and_portuguese_are_joined_and_not_moved() -> None:
    assert spaces("es").mended("la vivien da y emigrantes") == "la vivienda y emigrantes"
    assert spaces("es").mended("whata re") == "whata re"
    assert spaces("pt").mended("por mês a prefeitura") == "por mês a prefeitura"


@given(st.text(alphabet="aAbB .", max_size=14), st.sets(st.text(alphabet="ab", min_size=1)))
def test_a_mended_text_stays_as_it_is(text: str, words: set[str]) -> None:
    for language in ("en", "es"):
        spaces = Spaces(language, words.__contains__, lambda word: word.lower() in words)

        mended = spaces.mended(text)

        assert spaces.mended(mended) == mended
        assert mended.replace(" ", "") == text.replace(" ", "")
