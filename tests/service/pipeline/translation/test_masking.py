"""Names, places and terms come through a translation unharmed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Span
from service.pipeline.translation.masking import Kept, mask, unmask
from service.pipeline.translation.phrases import words_of
from service.pipeline.translation.translator import books_of


@given(st.text(alphabet="ab Qé«»?,1", max_size=60))
def test_a_masked_text_is_restored(text: str) -> None:
    words = words_of(text)
    kept = [Kept(Span(word.start, word.end), word.text) for word in words]

    assert unmask(mask(text, kept), kept) == " ".join(text.split())


def test_a_mask_that_was_lost_comes_at_the_end() -> None:
    kept = [Kept(Span(0, 5), "Quito"), Kept(Span(6, 10), "Lima")]

    assert unmask("What about xqabzk?", kept) == "What about Lima? Quito"


def test_a_made_up_word_that_nobody_made_stays() -> None:
    assert unmask("xqzzzk", []) == "xqzzzk"


def test_kept_parts_stand_in_order_and_apart() -> None:
    books = books_of("es")

    kept = books.kept("¿Qué dice «Vivir» de la vivienda en Quito y el COVID-19?")

    assert [part.english for part in kept] == ["Vivir", "housing", "Quito", "COVID-19"]
    assert all(a.span.end <= b.span.start for a, b in pairwise(kept))


@pytest.mark.parametrize(
    ("question", "language", "is_country"),
    [
        pytest.param("Qual cidade irá receber migrantes?", "pt", False, id="pt, singular"),
        pytest.param("qual cidade ira receber migrantes?", "pt", False, id="without its accent"),
        pytest.param("Como as cidades irão ajudar os migrantes?", "pt", False, id="pt, plural"),
        pytest.param("¿Qué ciudades irán a recibir migrantes?", "es", False, id="es, plural"),
        pytest.param("¿que ciudades no iran a recibir?", "es", False, id="es, not"),
        pytest.param("O que o Irã faz?", "pt", True, id="pt, country"),
        pytest.param("o que o irã faz?", "pt", True, id="pt, country in small letters"),
        pytest.param("O que o Irão faz?", "pt", True, id="pt, country in Portugal"),
        pytest.param("quantos vivem no irão?", "pt", True, id="pt, behind a preposition"),
        pytest.param("¿Qué hace Irán?", "es", True, id="es, country"),
        pytest.param("¿cuántos vienen de irán?", "es", True, id="es, behind a preposition"),
        pytest.param("o que faz o peru?", "pt", True, id="another country in small letters"),
    ],
)
def test_a_form_of_ir_is_no_country(question: str, language: str, *, is_country: bool) -> None:
    kept = {part.english for part in books_of(language).kept(question)}

    assert bool(kept & {"Iran", "Peru"}) == is_country
