"""The words of all reports in one language, looked up by form: far faster than word by word.

A form of a word is the same but for capitals and accents, begins with it or holds it where it is
long enough, or has its stem and nearly its length.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from indexer.folding import folded
from service.pipeline.search_terms import (
    MIN_BEGINNING,
    MIN_CONTAINED,
    Term,
    is_inflected,
    plain_word,
    stems_of,
)

_BREAK = "\n"
"""Stands before and behind each word of the text in which parts of words are looked up."""


class WordForms:
    """Finds the words that are forms of a term."""

    def __init__(self, words: Iterable[str], language: str) -> None:
        """Take in the words, each once as it is written."""
        self._language = language
        self._by_plain: dict[str, list[str]] = defaultdict(list)
        self._by_written: dict[str, list[str]] = defaultdict(list)
        self._by_stem: dict[str, set[str]] = defaultdict(set)
        for word in words:
            plain = plain_word(word, language)
            self._by_plain[plain].append(word)
            self._by_written[folded(word)].append(word)
            for stem in stems_of(word, language):
                self._by_stem[stem].add(word)
        self._text = f"{_BREAK}{_BREAK.join(self._by_plain)}{_BREAK}"

    def of(self, term: Term) -> frozenset[str]:
        """Return the words that are forms of ``term``, which is one word."""
        (word,) = term.words
        if term.is_exact or word[0].isdigit():
            return frozenset(self._by_written.get(folded(word), ()))
        wanted = plain_word(word, self._language)
        forms = {written for plain in self._holding(wanted) for written in self._by_plain[plain]}
        for stem in stems_of(word, self._language):
            forms.update(
                written
                for written in self._by_stem.get(stem, ())
                if is_inflected(plain_word(written, self._language), wanted, stem)
            )
        return frozenset(forms)

    def _holding(self, wanted: str) -> Iterator[str]:
        """Yield the plain words that are, begin with or hold another, as its length allows."""
        if wanted in self._by_plain:
            yield wanted
        if len(wanted) < MIN_BEGINNING:
            return
        part = wanted if len(wanted) >= MIN_CONTAINED else _BREAK + wanted
        at = self._text.find(part)
        while at >= 0:
            end = self._text.index(_BREAK, at + len(part) - 1)
            start = self._text.rindex(_BREAK, 0, at + 1) + 1
            yield self._text[start:end]
            at = self._text.find(part, end)
