"""A word is found in its forms, looked up as if all words were compared one by one."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.folding import folded
from service.pipeline.search_terms import (
    MIN_BEGINNING,
    MIN_CONTAINED,
    WORD,
    Term,
    is_inflected,
    plain_word,
    search_terms,
    stems_of,
)
from service.pipeline.word_forms import WordForms

WORDS = tuple(
    WORD.findall(
        "shelter Shelters sheltered rent rents rental parents Parent migration migrants immigrants "
        "Bogotá bogota organise organizing government governance 2019 2020 450 US us café cafés "
        "ciudades ciudad cidades ações ação color colour housing house São sao"
    )
)


def is_form(word: str, term: Term, language: str) -> bool:
    (typed,) = term.words
    if term.is_exact or typed[0].isdigit():
        return folded(word) == folded(typed)
    plain, wanted = plain_word(word, language), plain_word(typed, language)
    is_beginning = len(wanted) >= MIN_BEGINNING and plain.startswith(wanted)
    is_part = len(wanted) >= MIN_CONTAINED and wanted in plain
    stems = stems_of(typed, language) & stems_of(word, language)
    is_other_form = any(is_inflected(plain, wanted, stem) for stem in stems)
    return plain == wanted or is_beginning or is_part or is_other_form


@pytest.mark.parametrize(
    ("typed", "language", "found", "left"),
    [
        pytest.param("remittance", "en", "Remittances remittance", "remit", id="the plural"),
        pytest.param("cities", "en", "city City cities", "citizen", id="the singular"),
        pytest.param("migrants", "en", "immigrants migrant", "migrating", id="inside of words"),
        pytest.param("migration", "en", "immigration migrations", "migrant", id="of one stem"),
        pytest.param("rent", "en", "rents rental Renting", "parents current", id="a short word"),
        pytest.param("aid", "en", "aid aids", "said paid maid", id="a very short word"),
        pytest.param("migracion", "es", "migración Migraciones", "migrar", id="no accent typed"),
        pytest.param("políticas", "es", "política politicas", "policía", id="an accent typed"),
        pytest.param("habitação", "pt", "habitacao habitações", "habilitar", id="in Portuguese"),
        pytest.param(
            "governance", "en", "Governance", "government governments", id="one stem, two"
        ),
        pytest.param(
            "displacement", "en", "displaced displacements", "place", id="a longer ending"
        ),
        pytest.param("2020", "en", "2020", "20201 2021", id="a year"),
        pytest.param('"rent"', "en", "rent Rent", "rents rental", id="quoted"),
    ],
)
def test_a_word_is_found_in_its_forms(typed: str, language: str, found: str, left: str) -> None:
    (term,) = search_terms(typed, language=language)

    forms = WordForms([*found.split(), *left.split()], language).of(term)

    assert forms == set(found.split())


def test_british_and_american_spellings_find_each_other() -> None:
    (term,) = search_terms("organisers", language="en")

    forms = WordForms(["organizers", "Organiser", "organs"], "en").of(term)

    assert forms == {"organizers", "Organiser"}


def test_nothing_is_kept_of_words_that_are_looked_up() -> None:
    forms = WordForms(WORDS, "en")
    forms.of(Term(("warm",)))
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()

    for number in range(2000):
        forms.of(Term((f"made{number:x}up",)))

    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 100_000


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("is_exact", [False, True], ids=["in any form", "as written"])
@pytest.mark.parametrize("word", [*WORDS, "migra", "rentals", "nothing", "ren"])
def test_the_forms_of_a_word_are_found(word: str, language: str, *, is_exact: bool) -> None:
    term = Term((word,), is_exact=is_exact)

    found = WordForms(WORDS, language).of(term)

    assert found == {word for word in WORDS if is_form(word, term, language)}


@given(st.lists(st.text("abes", min_size=1, max_size=7)), st.text("abes", min_size=1, max_size=7))
def test_whatever_the_words(words: list[str], wanted: str) -> None:
    written = [word for word in words if WORD.fullmatch(word)]

    term = Term((wanted,))

    found = WordForms(written, "en").of(term)

    assert found == {word for word in written if is_form(word, term, "en")}
