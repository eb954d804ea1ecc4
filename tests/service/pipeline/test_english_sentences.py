"""The reader sees English; what is quoted stays as it is."""

from collections.abc import Sequence
from typing import cast

import pytest

from indexer.records import Span
from indexer.store.protocol import StoredIndex
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


def test_sentences_in_english_are_left_alone(index: StoredIndex) -> None:
    candidate = CandidateSentence(0, 0, 0.5, 1.0, Span(0, 1))

    assert in_own_words([candidate], index, index) == [candidate]
