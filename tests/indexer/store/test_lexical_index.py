from pathlib import Path

import pytest

from indexer.errors import IndexDamagedError
from indexer.store.lexical_index import LexicalIndex, content_words, field_languages

PASSAGES = [
    (0, "en", "Cities house migrants in São Paulo, near Guadalajara"),
    (0, "en", "National urban policies of 2019"),
    (1, "es", "Las ciudades alojaban a los migrantes"),
    (2, "zh", "Nairobi opened an office"),
    (0, "en", "A strategy for growth²⁰ in 12 km²"),
    (0, "en", "Labor rights and programmes"),
]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    return LexicalIndex.build(tmp_path, PASSAGES, languages=["en", "es", "zh"])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("policy", [1], id="stemmed as English"),
        pytest.param("alojan", [2], id="stemmed as Spanish"),
        pytest.param("sao paulo", [0], id="without accents"),
        pytest.param("Nairobi", [3], id="a language without a stemmer"),
        pytest.param("growth", [4], id="behind which a note is called"),
        pytest.param("12 km", [4], id="a number"),
        pytest.param("labour programmes", [5], id="in British spelling"),
        pytest.param("labor programs", [5], id="in American spelling"),
        pytest.param("the of and", [], id="stop words only"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_are_found_in_their_language(index: LexicalIndex, text: str, rows: list[int]) -> None:
    assert list(index.search(text, top_k=5)) == rows


def test_the_rarer_word_weighs_more(index: LexicalIndex) -> None:
    scores = index.search("migrants policies paulo", top_k=5)

    assert next(iter(scores)) == 0
    assert scores[0] > scores[1]


def test_a_filter_leaves_only_its_documents(index: LexicalIndex) -> None:
    assert list(index.search("migrants migrantes", top_k=5, documents=[1])) == [2]
    assert index.search("migrants", top_k=5, documents=[]) == {}


@pytest.mark.parametrize(
    ("name", "is_unknown"),
    [
        pytest.param("Paulo", False, id="known"),
        pytest.param("Guadalajarra", False, id="one letter mistyped"),
        pytest.param("Toronto", True, id="unknown city"),
        pytest.param("2019", False, id="known year"),
        pytest.param("2018", True, id="a year is never mistyped"),
    ],
)
def test_unknown_names_are_told_from_mistyped_ones(
    index: LexicalIndex, name: str, *, is_unknown: bool
) -> None:
    assert bool(index.unknown([name])) is is_unknown


@pytest.mark.parametrize(
    ("word", "is_had"),
    [("guadalajara", True), ("Guadalajarra", False), ("Toronto", False), ("what", True)],
)
def test_a_word_is_had_as_it_is_typed(index: LexicalIndex, word: str, *, is_had: bool) -> None:
    assert index.has_word(word) is is_had


def test_an_index_reads_back_as_it_was_written(tmp_path: Path) -> None:
    built = LexicalIndex.build(tmp_path, PASSAGES, languages=["en", "es", "zh"])

    again = LexicalIndex.read(tmp_path, languages=["en", "es", "zh"])

    assert again.search("migrants ciudades", top_k=5) == built.search("migrants ciudades", top_k=5)


def test_a_folder_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="python -m indexer build"):
        LexicalIndex.read(tmp_path, languages=["en"])


def test_stop_words_belong_to_a_language() -> None:
    assert content_words("what is it", language="en") == []
    assert content_words("¿qué es la vivienda?", language="es") == ["viviend"]


def test_languages_without_a_stemmer_share_a_field() -> None:
    assert field_languages(["zh", "en", "ja"]) == ("any", "en")


def test_a_note_number_is_no_part_of_a_word() -> None:
    assert content_words("1,200⁴ grants⁵ for 350ᵃ", language="en") == ["1", "200", "grant", "350"]


def test_it_opens_where_no_lock_can_be_written_and_leaves_the_folder_alone(tmp_path: Path) -> None:
    LexicalIndex.build(tmp_path, PASSAGES, languages=["en", "es", "zh"])
    for lock in tmp_path.glob(".*.lock"):
        lock.unlink()
        lock.mkdir()  # as good as read-only, also for root
    before = sorted(path.name for path in tmp_path.iterdir())

    index = LexicalIndex.read(tmp_path, languages=["en", "es", "zh"])

    assert list(index.search("policy", top_k=5)) == [1]
    assert sorted(path.name for path in tmp_path.iterdir()) == before
