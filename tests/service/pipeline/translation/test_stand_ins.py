"""Terms go through Apertium under other words and come back in the right number and gender."""

from pathlib import Path

import pytest

from service.pipeline.translation.readings import stream_of, units_of
from service.pipeline.translation.stand_ins import (
    ADJECTIVES_PATH,
    NOUNS_PATH,
    Term,
    Terms,
    is_left_over,
    read_adjectives,
    read_nouns,
    unplayed,
)

SETTLEMENT = Term(
    (("informal settlement",), ("informal settlements",)),
    {"es": "m", "pt": "m"},
    {
        "es": ("asentamiento informal", "asentamientos informales"),
        "pt": ("assentamento informal", "assentamentos informais"),
    },
)
SHARE = Term(
    (("share",), ("shares",)),
    {"es": "f", "pt": "f"},
    {"es": ("proporción", "proporciones"), "pt": ("proporção", "proporções")},
)
INCLUSIVE = Term(
    (("inclusive", "long term"), ()),
    dict.fromkeys(("es", "pt"), "adjective"),
    {
        "es": ("inclusivo", "inclusiva", "inclusivos", "inclusivas"),
        "pt": ("inclusivo", "inclusiva", "inclusivos", "inclusivas"),
    },
)
TERMS = Terms([SETTLEMENT, SHARE, INCLUSIVE])
WORDS = "^Informal/Informal<adj>$ ^settlements/settlement<n><pl>$"


def test_a_term_is_played_and_comes_back() -> None:
    played, cast = TERMS.played(units_of(WORDS), "es")

    assert stream_of(played) == "^Informal/Piano<n><pl>$"
    assert unplayed("Los pianos seguros", cast, "es") == "Los asentamientos informales seguros"
    assert unplayed("Os pianos seguros", cast, "pt") == "Os assentamentos informais seguros"


def test_a_verb_that_is_spelt_alike_stays_one() -> None:
    units = units_of("^share/share<n><sg>/share<vblex><inf>$")

    assert TERMS.played(units, "es")[0][0].readings == ("flute<n><sg>", "share<vblex><inf>")


def test_an_adjective_has_four_forms() -> None:
    played, cast = TERMS.played(units_of("^inclusive/*inclusive$ ^cities/city<n><pl>$"), "es")

    assert played[0].readings == ("golden<adj>",)
    assert unplayed("ciudades doradas", cast, "es") == "ciudades inclusivas"


def test_an_adjective_of_two_words_wants_a_noun() -> None:
    term = "^long/long<adj>$ ^term/term<n><sg>$"

    assert TERMS.played(units_of(term), "es")[1] == ()
    assert len(TERMS.played(units_of(f"{term} ^plan/plan<n><sg>$"), "es")[1]) == 1


def test_a_noun_with_two_adjectives_keeps_them() -> None:
    units = units_of(f"^rural/rural<adj>$ ^and/and<cnjcoo>$ {WORDS.lower()}")

    assert TERMS.played(units, "es")[1] == ()


def test_nobody_plays_where_the_text_has_the_thing_itself() -> None:
    units = units_of(f"^piano/piano<n><sg>$ ^in/in<pr>$ {WORDS}")

    assert "Hat<n><pl>" in stream_of(TERMS.played(units, "es")[0])


def test_a_stand_in_left_in_english_is_noticed() -> None:
    _, cast = TERMS.played(units_of("^share/share<n><sg>$"), "es")

    assert is_left_over("la flute segura", cast)
    assert not is_left_over("la flauta segura", cast)


def test_and_changes_before_its_own_sound() -> None:
    _, cast = TERMS.played(units_of("^inclusive/*inclusive$ ^city/city<n><sg>$"), "es")

    assert unplayed("segura y dorada", cast, "es") == "segura e inclusiva"
    assert unplayed("segura y dorada", cast, "pt") == "segura y inclusiva"


def test_the_terms_that_ship_have_forms_for_each_reader() -> None:
    terms = [*read_nouns(NOUNS_PATH), *read_adjectives(ADJECTIVES_PATH)]

    assert all(term.forms["es"] and term.forms["pt"] and any(term.english) for term in terms)
    assert len({term.name for term in terms}) == len(terms)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("house\thouses\tcasa | casas\tf | casa | casas", "want a gender"),
        ("house\thouses\tf\tf | casa | casas", "want a gender"),
        ("house\thouses", "want 4 columns"),
    ],
)
def test_a_noun_without_its_forms_is_refused(tmp_path: Path, row: str, message: str) -> None:
    rows = tmp_path / "nouns.tsv"
    rows.write_text(f"singular\tplural\tspanish\tportuguese\n{row}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=f"line 2: {message}"):
        read_nouns(rows)


def test_an_adjective_without_its_forms_is_refused(tmp_path: Path) -> None:
    rows = tmp_path / "adjectives.tsv"
    rows.write_text("english\tspanish\tportuguese\nwide\tancho\tlargo\n", encoding="utf-8")

    with pytest.raises(ValueError, match="line 2: want 4 forms"):
        read_adjectives(rows)


def test_a_file_without_its_header_is_refused(tmp_path: Path) -> None:
    rows = tmp_path / "nouns.tsv"
    rows.write_text("house\n", encoding="utf-8")

    with pytest.raises(ValueError, match="must begin with the row"):
        read_nouns(rows)
