"""Forms of one word share a stem, and the longest known phrase counts."""

import pytest

from service.pipeline.translation.phrases import Phrasebook, plural, stem, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ciudad", "ciudades"), ("clase", "clases"), ("luz", "luces"), ("país", "países"),
        ("refugiado", "refugiadas"), ("trabajador", "trabajadoras"), ("migración", "MIGRACION"),
        ("migração", "migrações"), ("nacional", "nacionais"), ("jovem", "jovens"),
        ("imóvel", "imóveis"), ("habitação", "habitacao"),
    ],
)  # fmt: skip
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("caso", "casa"), ("niño", "niña"), ("danés", "dan"), ("relatório", "relatoria"),
        ("secretário", "secretaria"),
    ],
)  # fmt: skip
def test_different_words_keep_their_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("singular", "several"),
    [
        ("informal settlement", "informal settlements"), ("migrant child", "migrant children"),
        ("city of solidarity", "cities of solidarity"), ("housing", "housing"),
        ("mortgage", "mortgages"), ("tax", "taxes"), ("how many", "how many"),
        ("social rootedness (arraigo)", "social rootedness (arraigo)"),
        ("special social interest zone", "special social interest zones"),
        ("displaced", "displaced"), ("research", "research"),
    ],
)  # fmt: skip
def test_english_plurals(singular: str, several: str) -> None:
    assert plural(singular) == several


def test_the_longest_term_counts() -> None:
    book = Phrasebook([("vivienda", "housing"), ("vivienda de alquiler social", "social rent")])
    text = "viviendas de alquiler social"

    found = book.longest(text, words_of(text))

    assert found is not None
    assert (found.n_words, found.english) == (4, "social rent")


@pytest.mark.parametrize(
    ("text", "english"),
    [("país", "country"), ("pais", "country"), ("países", "countries")],
)
def test_a_plural_gives_a_plural_and_one_country_is_one(text: str, english: str) -> None:
    book = Phrasebook([("país", "country")], inflects=True)

    found = book.longest(text, words_of(text))

    assert found is not None
    assert found.english == english


def test_a_term_does_not_reach_over_a_comma() -> None:
    book = Phrasebook([("asentamientos humanos", "human settlements")])
    text = "asentamientos, humanos"

    assert book.longest(text, words_of(text)) is None
