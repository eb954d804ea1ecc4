"""The reader sees English; what is quoted stays as it is."""

from collections.abc import Sequence
from typing import cast

import pytest

from indexer.records import Block, BlockKind, Span
from indexer.store.protocol import Sentences, StoredIndex
from service.library import Edition
from service.pipeline.candidates import CandidateSentence
from service.pipeline.english_sentences import EnglishSentences, in_own_words
from service.pipeline.translation.translator import Translator


class _Shouting:
    """Stands in for a translator: its English is Spanish in capitals, with a comma in figures."""

    def texts_to_english(self, texts: Sequence[str], language: str) -> tuple[str, ...]:
        assert language == "es"
        return tuple(f"IN ENGLISH: {text.upper()}" for text in texts)


@pytest.fixture
def index(edition: Edition) -> StoredIndex:
    return edition.answerer.index


@pytest.fixture
def row(index: StoredIndex) -> int:
    """A Spanish sentence with a figure, the second of its paragraph or list or the first."""
    entry = index.entry("ciudades")
    rows = range(entry.first_sentence, entry.first_sentence + entry.n_sentences)
    return next(row for row in rows if any(map(str.isdigit, index.sentence_text(row))))


@pytest.fixture
def english(index: StoredIndex, row: int) -> EnglishSentences:
    return EnglishSentences(index, [row], lambda _: "es", cast(Translator, _Shouting()))


def test_a_sentence_that_is_read_is_in_english_and_another_as_it_stands(
    english: EnglishSentences, index: StoredIndex, row: int
) -> None:
    other = index.entry("chile-rent").first_sentence

    assert english.sentence_text(row) == f"IN ENGLISH: {index.sentence_text(row).upper()}"
    assert english.is_translated(row)
    assert english.sentence_text(other) == index.sentence_text(other)
    assert not english.is_translated(other)


def test_its_innermost_heading_is_in_english_too(
    english: EnglishSentences, index: StoredIndex, row: int
) -> None:
    own = index.sentence_block(row).headings

    assert english.sentence_block(row).headings == (*own[:-1], f"IN ENGLISH: {own[-1].upper()}")


def test_of_what_is_marked_figures_are_found_again_in_the_reports_words(
    english: EnglishSentences, index: StoredIndex, row: int
) -> None:
    text = english.sentence_text(row)
    figure = next(at for at, letter in enumerate(text) if letter.isdigit())
    marked = CandidateSentence(row, 0, 0.5, 1.0, Span(figure, len(text)))
    unmarked = CandidateSentence(row, 0, 0.5, 1.0, Span(0, len("IN")))

    found, lost = in_own_words([marked, unmarked], english, index)

    assert found.highlight is not None
    assert any(map(str.isdigit, found.highlight.of(index.sentence_text(row))))
    assert lost.highlight is None


class _Told:
    """Stands in for a translator: gives one English sentence for all."""

    def __init__(self, english: str) -> None:
        self._english = english

    def texts_to_english(self, texts: Sequence[str], language: str) -> tuple[str, ...]:
        assert language == "es"
        return tuple(self._english for _ in texts)


class _Sentence:
    """Stands in for the sentences of an index that has one, under no heading."""

    def __init__(self, text: str) -> None:
        self._text = text

    def sentence_text(self, row: int) -> str:
        assert row == 0
        return self._text

    def sentence_block(self, row: int) -> Block:
        assert row == 0
        return Block(BlockKind.PARAGRAPH, Span(0, len(self._text)), ())

    def lead_row(self, row: int) -> None:
        assert row == 0


@pytest.mark.parametrize(
    ("own", "english"),
    [
        pytest.param("En 2012 había [12] casas.", "12", id="not in a year"),
        pytest.param("Hay 1.512 casas y [12].", "12", id="not in a larger figure"),
        pytest.param("Fue 12,5 o [12].", "12", id="not in a decimal"),
        pytest.param("Fue 12% de [12].", "12", id="not in a share"),
        pytest.param("La vía R12 mide [12] km.", "12", id="not in a name"),
        pytest.param("El Limarí no es [Lima].", "Lima", id="not in a longer name"),
        pytest.param("De [Lima², en 2012]³.", "Lima in 2012", id="before the numbers of notes"),
        pytest.param("Son [12] y luego 12.", "12", id="the first one"),
        pytest.param("Fue [12 %] en 2012.", "12%", id="a share with a space"),
        pytest.param("[]Fue en 2012.", "12", id="nowhere"),
    ],
)
def test_a_figure_or_name_is_found_again_as_a_whole_word(own: str, english: str) -> None:
    start, end = own.index("["), own.index("]") - 1
    own = own.replace("[", "").replace("]", "")
    sentences = cast(Sentences, _Sentence(own))
    reading = EnglishSentences(sentences, [0], lambda _: "es", cast(Translator, _Told(english)))
    candidate = CandidateSentence(0, 0, 0.5, 1.0, Span(0, len(english)))

    (read,) = in_own_words([candidate], reading, sentences)

    assert read.highlight == (Span(start, end) if start < end else None)


def test_a_figure_of_which_a_part_is_marked_is_found_again_whole() -> None:
    own, english = "El 12 % en 12 casas.", "12% in 12 houses."
    sentences = cast(Sentences, _Sentence(own))
    reading = EnglishSentences(sentences, [0], lambda _: "es", cast(Translator, _Told(english)))
    candidate = CandidateSentence(0, 0, 0.5, 1.0, Span(0, len("12")))

    (read,) = in_own_words([candidate], reading, sentences)

    assert read.highlight is not None
    assert read.highlight.of(own) == "12 %"


def test_sentences_in_english_are_left_alone(index: StoredIndex) -> None:
    candidate = CandidateSentence(0, 0, 0.5, 1.0, Span(0, 1))

    assert in_own_words([candidate], index, index) == [candidate]
