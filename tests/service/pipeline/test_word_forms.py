"""Words are looked up by form as they are compared one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pipeline.search_terms import WORD, Term
from service.pipeline.word_forms import WordForms

WORDS = tuple(
    WORD.findall(
        "shelter Shelters sheltered rent rents rental parents Parent migration migrants immigrants "
        "Bogotá bogota organise organizing government governance 2019 2020 450 US us café cafés "
        "ciudades ciudad cidades ações ação color colour housing house São sao"
    )
)


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("is_exact", [False, True], ids=["in any form", "as written"])
@pytest.mark.parametrize("word", [*WORDS, "migra", "rentals", "nothing", "ren"])
def test_the_forms_of_a_word_are_found(word: str, language: str, *, is_exact: bool) -> None:
    term = Term((word,), is_exact=is_exact)

    found = WordForms(WORDS, language).of(term)

    assert found == set(filter(term.forms(language), WORDS))


@given(st.lists(st.text("abes", min_size=1, max_size=7)), st.text("abes", min_size=1, max_size=7))
def test_whatever_the_words(words: list[str], wanted: str) -> None:
    written = [word for word in words if WORD.fullmatch(word)]

    found = WordForms(written, "en").of(Term((wanted,)))

    assert found == set(filter(Term((wanted,)).forms("en"), written))
