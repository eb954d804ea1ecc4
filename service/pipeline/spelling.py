"""Finds what a misspelt word was meant to be, in the vocabulary of the reports."""

from collections.abc import Iterable, Mapping
from functools import cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from indexer.folding import folded
from service.pipeline.translation.glossary import (
    GLOSSARY_PATH,
    PLACES_PATH,
    PLAIN_PATH,
    read_terms,
)

MIN_LETTERS = 5
"""Shorter words are near to too many others."""
MIN_LETTERS_FOR_TWO = 8
"""From this length two letters may be wrong, else one; swapped neighbours count as one."""


class Vocabulary:
    """The words that texts have, without capitals and accents."""

    def __init__(self, counts: Iterable[tuple[str, int]]) -> None:
        """Take words as they are written, with how often each occurs."""
        self._counts: dict[str, int] = {}
        self._spellings: dict[str, tuple[int, str]] = {}
        for word, count in counts:
            plain = folded(word)
            self._counts[plain] = self._counts.get(plain, 0) + count
            self._spellings[plain] = max(self._spellings.get(plain, (0, "")), (count, word))

    def __contains__(self, word: str) -> bool:
        """Tell whether a text has the word, just as it is but for capitals and accents."""
        return folded(word) in self._counts

    def nearest(self, word: str, others: Mapping[str, str]) -> str | None:
        """Return the word that a misspelt one most likely is; ``None`` where none is near.

        Args:
            word: As it was typed.
            others: Further words, as they are written, by their form without accents.
        """
        plain = folded(word)
        if len(plain) < MIN_LETTERS or not plain.isalpha():
            return None
        most = 2 if len(plain) >= MIN_LETTERS_FOR_TWO else 1
        near = [
            (distance, plain[:1] != other[:1], -self._counts.get(other, 0), other)
            for choices in (self._counts, others)
            for other, distance, _ in extract(
                plain, choices.keys(), scorer=OSA.distance, score_cutoff=most, limit=None
            )
        ]
        if not near:
            return None
        best = min(near)[-1]
        return others.get(best) or self._spellings[best][1]


@cache
def glossary_words(language: str) -> Mapping[str, str]:
    """Return the single words of the glossary in Spanish or Portuguese; none in other languages."""
    if language not in {"es", "pt"}:
        return {}
    forms = (
        form
        for path in (GLOSSARY_PATH, PLACES_PATH, PLAIN_PATH)
        for term in read_terms(path)
        for form in term.foreign[language]
    )
    return {folded(form): form for form in forms if form.isalpha()}
