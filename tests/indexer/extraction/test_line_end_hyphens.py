"""A hyphen at a line's end is the word's own, or breaks it."""

import pytest

from indexer.extraction.line_end_hyphens import Spelling, english_words

ENGLISH = [
    "the mission will support people who returned home last year",
    "and many cities asked for more help with public services",
]
SPANISH = [
    "las ciudades que reciben población migrante han mejorado",
    "el acceso de las familias a la vivienda y a la educación",
]
PORTUGUESE = [
    "as cidades que recebem migrantes não têm uma casa para todos",
    "o acesso das famílias ao emprego e à escola foi mais difícil em Lisboa",
    "o presidente dos moradores e uma guerra",
]
WHOLE = ["our well-", "known partners of the long-", "term plan and the third-", "party report"]


def linked(spelling: Spelling, left: str, right: str) -> str:
    link = spelling.link(left, right)
    return f"{left} {right}" if link is None else f"{left[:-1]}{link}{right}"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("community-", "oriented", "community-oriented", id="two words"),
        pytest.param("State-", "sanctioned", "State-sanctioned", id="two words, one a name"),
        pytest.param("under-", "standing", "understanding", id="two words that are one"),
        pytest.param("back-", "yards", "backyards", id="an ending more than the list has"),
        pytest.param("mainstream-", "ing", "mainstreaming", id="an ending, also a word"),
        pytest.param("whole-", "of-government", "whole-of-government", id="a small word"),
        pytest.param("business-as-", "usual", "business-as-usual", id="behind a small word"),
        pytest.param("imple-", "mentation", "implementation", id="halves are none"),
        pytest.param("UNMISS-", "facilitated", "UNMISS-facilitated", id="acronym"),
        pytest.param("INTER-", "NATIONAL", "INTERNATIONAL", id="capitals"),
        pytest.param("UN-", "HABITAT", "UN-HABITAT", id="capitals of a name"),
        pytest.param("seen\u00ad", "to", "seento", id="soft hyphen"),
        pytest.param("micro-", "and macro", "micro- and macro", id="hanging hyphen"),
        pytest.param(
            "see https://a.org/plan-of-", "action", "see https://a.org/plan-of-action", id="address"
        ),
        pytest.param(
            "a-de-la-gente-", "ciudad", "a-de-la-gente-ciudad", id="address, its beginning lost"
        ),
        pytest.param("a dash -", "then", "a dash - then", id="no word"),
    ],
)
def test_an_english_document_without_its_own_evidence(left: str, right: str, expected: str) -> None:
    assert linked(Spelling.of([*ENGLISH, left, right]), left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("non-", "profit", "non-profit", id="a word of the language"),
        pytest.param("Niño-", "induced", "Niño-induced", id="a half that nothing has"),
        pytest.param("co-", "locating", "co-locating", id="a short half"),
        pytest.param("help-", "public", "helppublic", id="the document has it joined"),
    ],
)
def test_a_document_that_breaks_no_words_keeps_its_hyphens(
    left: str, right: str, expected: str
) -> None:
    spelling = Spelling.of([*ENGLISH, "helppublic is here", *WHOLE])

    assert spelling.is_unbroken
    assert linked(spelling, left, right) == expected


def test_a_long_document_breaks_no_words_if_one_hyphen_is_whole_and_none_breaks() -> None:
    assert not Spelling.of([*ENGLISH, *WHOLE[:2]]).is_unbroken
    assert Spelling.of([*ENGLISH * 100, *WHOLE[:2]]).is_unbroken


def test_a_document_that_breaks_words_is_not_taken_to_keep_them() -> None:
    broken = ["the imple-", "mentation of it"]

    spelling = Spelling.of([*ENGLISH, "implementation", *WHOLE, *broken])

    assert not spelling.is_unbroken
    assert linked(spelling, "the reloca-", "tion") == "the relocation"


def test_where_words_are_mostly_broken_a_long_half_that_is_no_word_was_broken_off() -> None:
    broken = ["las pobla-", "ción de las comu-", "nidades", "población", "comunidades", "nación"]

    mostly = Spelling.of([*SPANISH, *broken])

    assert linked(mostly, "la discrimi-", "nación") == "la discriminación"
    assert linked(mostly, "la vivienda-", "educación") == "la vivienda-educación"


def test_halves_of_hyphenated_words_are_words() -> None:
    assert linked(Spelling.of(["COVID-19", *SPANISH]), "CO-", "VID-19") == "COVID-19"


def test_english_words_decide_nothing_in_another_language() -> None:
    assert {"sal", "dos"} <= english_words()
    assert linked(Spelling.of([*SPANISH, "los sal-", "dos"]), "los sal-", "dos") == "los saldos"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("tornou-", "se", "tornou-se", id="a pronoun"),
        pytest.param("fazê-", "lo", "fazê-lo", id="a pronoun behind what lost its r"),
        pytest.param("garanti-", "lo", "garanti-lo", id="a pronoun behind a verb of the text"),
        pytest.param("esti-", "lo", "estilo", id="a syllable behind what is no verb"),
        pytest.param("ajudou-", "o", "ajudou-o", id="a pronoun of one letter"),
        pytest.param("fizeram-", "no", "fizeram-no", id="a pronoun behind a nasal"),
        pytest.param("deram-", "lhes", "deram-lhes", id="a pronoun of a person"),
        pytest.param("ajudamo-", "nos", "ajudamo-nos", id="a pronoun behind what lost its s"),
        pytest.param("guarda-", "chuva", "guarda-chuva", id="a verb and a word"),
        pytest.param("recém-", "chegados", "recém-chegados", id="a prefix"),
        pytest.param("pós-", "guerra", "pós-guerra", id="a prefix and a word of the text"),
        pytest.param("ex-", "presidente", "ex-presidente", id="a prefix that begins others"),
        pytest.param("segunda-", "feira", "segunda-feira", id="a weekday"),
        pytest.param("econômico-", "financeira", "econômico-financeira", id="two adjectives"),
        pytest.param("ex-", "clusão", "exclusão", id="no prefix"),
        pytest.param("pré-", "dio", "prédio", id="the beginning of a word"),
        pytest.param("gover-", "nos", "governos", id="a syllable like a pronoun"),
        pytest.param("fir-", "me", "firme", id="a syllable behind one like a verb"),
        pytest.param("interes-", "se", "interesse", id="a double letter parted"),
        pytest.param("popula-", "ção", "população", id="a word"),
    ],
)
def test_portuguese_keeps_the_hyphens_that_it_writes(left: str, right: str, expected: str) -> None:
    lines = [*PORTUGUESE, "garantir a moradia", left, right]

    assert linked(Spelling.of(lines), left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("teórico-", "práctica", "teórico-práctica", id="two adjectives"),
        pytest.param("haciéndo-", "selos", "haciéndoselos", id="pronouns joined to a verb"),
        pytest.param("mejorar-", "lo", "mejorarlo", id="a pronoun behind a word of the text"),
        pytest.param("migra-", "ciones", "migraciones", id="a word"),
        pytest.param("cómo-", "damente", "cómodamente", id="an adverb"),
    ],
)
def test_spanish_keeps_the_hyphens_that_it_writes(left: str, right: str, expected: str) -> None:
    lines = [*SPANISH, "quieren mejorar el barrio con lo que son y por las plazas del centro"]

    assert linked(Spelling.of([*lines, left, right]), left, right) == expected
