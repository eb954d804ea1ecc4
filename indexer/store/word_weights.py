"""BM25 as products of sparse vectors, for engines that keep vectors and know nothing of words.

A passage has a weight for each of its words, a question for each of its own; the sum of the
products is the score that the local index gives (`indexer.store.lexical_index`): the same words,
the same frequencies, and tantivy's rounding of a passage's length to one byte.

Source:
    Robertson and Zaragoza (2009), doi:10.1561/1500000019; tantivy's BM25 has k1 1.2, b 0.75.
"""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import log
from typing import Self

import tantivy

from indexer.store.lexical_index import (
    KnownWords,
    field_languages,
    field_of,
    passage_analyzers,
    question_analyzers,
    question_words,
)

_K1, _B = 1.2, 0.75
_NO_WORD = 0
"""Stands for the words of a passage without any: an engine may refuse a vector without weights."""

_N_EXACT = 24


def _kept_length(byte: int) -> int:
    """Return the length that a byte stands for: three bits and how far they are shifted."""
    if byte < _N_EXACT:
        return byte
    bits, shift = (byte - _N_EXACT) & 7, (byte - _N_EXACT) // 8 - 1
    return _N_EXACT + (bits if shift < 0 else (bits | 8) << shift)


_KEPT_LENGTHS = [_kept_length(byte) for byte in range(256)]

Weights = dict[int, float]
"""Weight of each word by its number, all above 0."""


class Vocabulary:
    """The words of a corpus, each with its number, and how many passages have it.

    Attributes:
        n_words: How many there are, over all languages.
    """

    def __init__(
        self,
        counts: Mapping[str, Mapping[str, int]],
        *,
        n_passages: int,
        lengths: Mapping[str, int],
    ) -> None:
        """Number the words.

        Args:
            counts: For each field of the lexical index, passages that have a word, by word.
            n_passages: Of all fields.
            lengths: Words in all passages of a field, by field.
        """
        self._counts = {field: dict(sorted(words.items())) for field, words in counts.items()}
        self._n_passages, self._lengths = n_passages, dict(lengths)
        pairs = [(field, word) for field, words in self._counts.items() for word in words]
        self._numbers = {pair: number for number, pair in enumerate(pairs, start=_NO_WORD + 1)}
        self.n_words = len(pairs)
        self._of_questions = question_analyzers(self._counts)
        self._of_passages = passage_analyzers(self._counts)

    @classmethod
    def of(cls, passages: Iterable[tuple[str, str]], *, languages: Sequence[str]) -> Self:
        """Count the words of ``passages``, each with its language, which ``languages`` has."""
        fields = field_languages(languages)
        analyzers = passage_analyzers(fields)
        counts: dict[str, Counter[str]] = {field: Counter() for field in fields}
        lengths: Counter[str] = Counter()
        n_passages = 0
        for language, text in passages:
            field = field_of(language)
            words = analyzers[field].analyze(text)
            counts[field].update(set(words))
            lengths[field] += len(words)
            n_passages += 1
        return cls(counts, n_passages=n_passages, lengths=lengths)

    def to_json(self) -> str:
        """Return what `from_json` reads."""
        return json.dumps(
            {"counts": self._counts, "n_passages": self._n_passages, "lengths": self._lengths},
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return what `to_json` wrote."""
        content = json.loads(text)
        return cls(content["counts"], n_passages=content["n_passages"], lengths=content["lengths"])

    def passage_weights(self, text: str, *, language: str) -> Weights:
        """Return the weights of the words of a passage; one that stands for none if it has none."""
        field = field_of(language)
        words = self._of_passages[field].analyze(text)
        mean_length = self._lengths.get(field, 0) / max(self._n_passages, 1)
        length = _KEPT_LENGTHS[bisect_right(_KEPT_LENGTHS, len(words)) - 1]
        norm = _K1 * (1 - _B + _B * length / max(mean_length, 1e-9))
        weights = {
            self._numbers[field, word]: count * (_K1 + 1) / (count + norm)
            for word, count in Counter(words).items()
            if (field, word) in self._numbers
        }
        return weights or {_NO_WORD: 1.0}

    def question_weights(self, text: str) -> Weights:
        """Return the weights of the words of a question that some passage has."""
        return {
            self._numbers[field, word]: self._rarity(self._counts[field][word])
            for field, analyzer in self._of_questions.items()
            for word in question_words(text, field, analyzer)
            if word in self._counts[field]
        }

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``names`` that no passage has, not even with a letter or two mistyped."""
        return self._known.unknown(names)

    def has_word(self, word: str) -> bool:
        """Tell whether a passage has a word in any of its forms; a stop word is always had."""
        return self._known.has_word(word)

    def _rarity(self, n_with: int) -> float:
        """Return the inverse document frequency of a word that ``n_with`` passages have."""
        return log(1 + (self._n_passages - n_with + 0.5) / (n_with + 0.5))

    @cached_property
    def _known(self) -> KnownWords:
        builder = tantivy.SchemaBuilder()
        for field in self._counts:
            builder.add_text_field(f"text_{field}", tokenizer_name="raw")
        index = tantivy.Index(builder.build())
        writer = index.writer(num_threads=1)
        for field, words in self._counts.items():
            for word in words:
                entry = tantivy.Document()
                entry.add_text(f"text_{field}", word)
                writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return KnownWords(index, self._of_questions)
