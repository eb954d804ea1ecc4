"""Finds what a misspelt word was meant to be, and words that a misplaced space has cut apart."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from indexer.folding import folded
from indexer.store.lexical_index import content_words
from service.pipeline.question import MAX_CHARS
from service.pipeline.question_language import language_of
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

MIN_COMMON = 3
"""Letters from which the encoder's word is one: shorter ones of its are parts of words, too."""

_NEIGHBOURS = re.compile(r"(?<![\w'’.&-])([^\W\d_]+) (?=([^\W\d_]+)(?![\w'’&-]|\.\w))")
"""A word of letters alone and, ahead of it, the one behind one space."""


@dataclass(frozen=True, slots=True)
class Spaces:
    """Tells spaces in wrong places: "doe sGuadalajara", "migran ts".

    Attributes:
        language: Of the question.
        is_common: Tells a word that is common, whether a report has it or not.
        is_reported: Tells a word that a report has.
    """

    language: str
    is_common: Callable[[str], bool]
    is_reported: Callable[[str], bool]

    def mended(self, text: str) -> str:
        """Return ``text`` with such spaces taken out, or moved by a letter.

        Only where what stands there is no two words, and there is one way to make words of it. A
        mended text stays as it is.
        """
        start = 0
        while pair := _NEIGHBOURS.search(text, start):
            meant = self._meant(pair[1], pair[2])
            start = pair.end()
            if meant is not None:
                text = f"{text[: pair.start()]}{meant}{text[pair.end(2) :]}"
                start = text.rfind(" ", 0, max(pair.start() - 1, 0)) + 1  # the word before
        return text

    def _meant(self, first: str, second: str) -> str | None:
        """Return what two neighbours were meant to be; ``None`` where they are two words."""
        pair = (first, second)
        if any(len(word) > 1 and word.isupper() for word in pair):
            return None
        earlier, later = (first[:-1], first[-1] + second), (first + second[0], second[1:])
        likely = [
            words
            for words, name in ((earlier, first[-1:]), (later, second[1:2]))
            if self._is_moved(pair, name) and all(map(self._is_word, words))
        ]
        if len(likely) == 1:
            return " ".join(likely[0])
        return f"{first}{second}" if self._is_one(first, second) else None

    def _is_one(self, first: str, second: str) -> bool:
        """Tell whether two neighbours are one word that was cut apart."""
        pair, joined = (first, second), first + second
        shorter = min(map(len, pair))
        n_strange = sum(not self._is_word(word) for word in pair)
        are_stems = n_strange == 0 and shorter >= MIN_COMMON
        if are_stems:  # "migrat" is what reports have for "migration"
            return self._is_usual(joined) and not all(map(self._is_usual, pair))
        return n_strange > (shorter == 1) and self._is_word(joined)

    def _is_moved(self, pair: Sequence[str], name: str) -> bool:
        """Tell whether the space between two neighbours is likely to belong a letter further.

        A capital stands inside a word only by mistake, and takes the place of no other one, so that
        each move leaves more words with a capital or fewer that are none: none is taken back.
        Without a capital both have to be no words, and only in English do we know most words.

        Args:
            pair: The neighbours.
            name: The letter that would begin the second word.
        """
        if name.isupper():
            return not pair[1][0].isupper()
        return self.language == "en" and not any(map(self._is_word, pair))

    def _is_usual(self, word: str) -> bool:
        """Tell whether a word is common, or a small one that asks or links."""
        if not word or not content_words(word, language=self.language):
            return bool(word)
        return len(word) >= MIN_COMMON and self.is_common(folded(word))

    def _is_word(self, word: str) -> bool:
        if self._is_usual(word):
            return True
        in_glossary = folded(word) in glossary_words(self.language)
        return len(word) > 1 and (in_glossary or self.is_reported(word))


def with_spaces_mended(
    text: str, *, is_common: Callable[[str], bool], is_reported: Callable[[str], bool]
) -> str:
    """Return a question with spaces that were typed in wrong places moved or taken out.

    Args:
        text: As it was typed; one that is too long to be asked stays as it is.
        is_common: As in `Spaces`.
        is_reported: As in `Spaces`.
    """
    if len(text) > MAX_CHARS:
        return text
    return Spaces(language_of(text), is_common, is_reported).mended(text)


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
