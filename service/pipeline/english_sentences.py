"""Sentences of reports in other languages, put into English for the reader, which knows no other.

What is quoted stays in the report's own words: only the reader sees these.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.records import Block, DocumentInfo, Rows, Span, Vectors
from indexer.store.protocol import Sentences
from service.pipeline.candidates import CandidateSentence
from service.pipeline.translation.translator import Translator

_SAME_WORD = re.compile(r"\b\d+(?:[.,]\d+)*(?:\s?%)?|\b[A-ZÀ-Þ][^\W⁰¹²³⁴-⁹]+")
"""What a translation leaves as it is but for spaces: figures, and names. No numbers of notes."""


class EnglishSentences:
    """Sentences of which some are read in English; all else is as in the index."""

    def __init__(
        self,
        sentences: Sentences,
        rows: Sequence[int],
        language_of: Callable[[int], str],
        translator: Translator,
    ) -> None:
        """Translate.

        Args:
            sentences: In their own languages.
            rows: Sentences that will be read and are not in English.
            language_of: Returns the language of the sentence at a row.
            translator: Puts text into English.
        """
        self._sentences = sentences
        self._language_of = language_of
        self._translator = translator
        self._english: dict[int, str] = {}
        self._headings: dict[str, str] = {}
        self._translate(rows)

    def is_translated(self, row: int) -> bool:
        """Tell whether the sentence at ``row`` is in another language than its report."""
        return row in self._english

    def sentence_text(self, row: int) -> str:
        """Return the text of the sentence at ``row``, in English if it is one that is read."""
        return self._english.get(row) or self._sentences.sentence_text(row)

    def sentence_block(self, row: int) -> Block:
        """Return the block that holds the sentence at ``row``, its headings in English likewise."""
        block = self._sentences.sentence_block(row)
        return replace(block, headings=tuple(self._headings.get(h, h) for h in block.headings))

    @property
    def n_sentences(self) -> int:
        """Return how many there are."""
        return self._sentences.n_sentences

    def sentence_document(self, row: int) -> int:
        """Return the position of the text that holds the sentence at ``row``."""
        return self._sentences.sentence_document(row)

    def sentence_span(self, row: int) -> Span:
        """Return where the sentence at ``row`` stands in that text."""
        return self._sentences.sentence_span(row)

    def sentence_vectors(self, rows: Rows) -> Vectors:
        """Return the embeddings of the sentences at ``rows``."""
        return self._sentences.sentence_vectors(rows)

    def is_same_block(self, row: int, other: int) -> bool:
        """Tell whether two sentences stand in one block."""
        return self._sentences.is_same_block(row, other)

    def lead_row(self, row: int) -> int | None:
        """Return the row of the sentence that introduces a list item's list or a table's row."""
        return self._sentences.lead_row(row)

    def info_of(self, row: int) -> DocumentInfo:
        """Return what is known of the text that holds the sentence at ``row``."""
        return self._sentences.info_of(row)

    def is_superseded(self, row: int) -> bool:
        """Tell whether a newer edition here replaces the text that holds the sentence."""
        return self._sentences.is_superseded(row)

    def _translate(self, rows: Sequence[int]) -> None:
        """Put sentences, those they lean on, and their headings into English, a language a time."""
        by_language: dict[str, list[int]] = {}
        for row in rows:
            by_language.setdefault(self._language_of(row), []).append(row)
        for language, own in by_language.items():
            wanted = list(dict.fromkeys([*own, *self._before(own)]))
            headings = list(dict.fromkeys(self._innermost_headings(own)))
            texts = [self._sentences.sentence_text(row) for row in wanted]
            english = self._translator.texts_to_english([*texts, *headings], language)
            self._english.update(zip(wanted, english, strict=False))
            self._headings.update(zip(headings, english[len(wanted) :], strict=True))

    def _before(self, rows: Iterable[int]) -> list[int]:
        """Return the sentences that the reader sees as the context of ``rows``."""
        before = []
        for row in rows:
            lead = self._sentences.lead_row(row)
            if lead is not None:
                before.append(lead)
            elif row > 0 and self._sentences.is_same_block(row - 1, row):
                before.append(row - 1)
        return before

    def _innermost_headings(self, rows: Iterable[int]) -> list[str]:
        blocks = map(self._sentences.sentence_block, rows)
        return [block.headings[-1] for block in blocks if block.headings]


def in_own_words(
    read: Iterable[CandidateSentence], reading: Sentences, sentences: Sentences
) -> list[CandidateSentence]:
    """Return candidates with the highlights that their reports' own words have.

    Of the words that the reader marked in a translation, figures and names are found again; where
    there are none, nothing is marked.

    Args:
        read: Highlights are of ``reading``.
        reading: The sentences as they were read.
        sentences: The same as they stand in the reports.
    """
    return [
        replace(candidate, highlight=_found_again(candidate, reading, sentences))
        if isinstance(reading, EnglishSentences) and reading.is_translated(candidate.row)
        else candidate
        for candidate in read
    ]


def _found_again(
    candidate: CandidateSentence, reading: Sentences, sentences: Sentences
) -> Span | None:
    """Return where the marked figures and names stand in the report's own sentence."""
    if candidate.highlight is None:
        return None
    marked = {
        word
        for word, span in _same_words(reading.sentence_text(candidate.row))
        if span.overlaps(candidate.highlight)
    }
    places: dict[str, Span] = {}  # of whole words: "12" is not in "2012"
    for word, span in _same_words(sentences.sentence_text(candidate.row)):
        if word in marked:
            places.setdefault(word, span)
    if not places:
        return None
    spans = places.values()
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _same_words(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the figures and names of a text, a share with no space before its sign."""
    for match in _SAME_WORD.finditer(text):
        yield "".join(match[0].split()), Span(*match.span())
