"""Spells words of a question as the reports do: "Jigiga" for "Jigjiga", "Republic" for "Republik".

What is spelt otherwise is not found by its word, and the reader takes it for another place.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from itertools import chain

from rapidfuzz.distance import OSA

from indexer.country_cities import time_zone_cities
from indexer.country_names import country_code, is_demonym
from indexer.folding import folded
from service.pipeline.spelling import Vocabulary
from service.pipeline.translation.glossary import PLACES_PATH, read_terms
from service.records import Question

_MIN_LETTERS = 6
"""Shorter words are near to too many others."""

_WORD = re.compile(r"(?<![\w'’.&@/-])[^\W\d_]+(?![\w&@/-]|['’.]\w)")
"""A word of letters alone."""


def spelt_as_reported(
    question: Question,
    english: str,
    texts: Iterable[str],
    *,
    is_common: Callable[[str], bool],
    is_reported: Callable[[str], bool],
) -> Question:
    """Return a question with words that no report has spelt as they are in what was found for it.

    What stands there has the same first letter, and one letter more or less, or two swapped: with
    one changed a word is too often a word of its own ("shacks", "shocks"; "Genova", "Geneva").
    Names may also differ by letters that sound alike ("Koboco", "Koboko"), and the name of a
    country by as much as `Vocabulary.nearest` allows. Words that are no names are mended in English
    alone. What names a country, its people or another place that we know is never the slip of
    another name.

    Args:
        question: As it was understood.
        english: Its text in English. A word of another language that is not in it was translated,
            so it is none of ours to mend.
        texts: Of the passages that were found for it.
        is_common: Tells a word that is common, whether a report has it or not.
        is_reported: Tells a word that a report has in any of its forms.
    """
    kept = set(_WORD.findall(english))  # names are, of what another language has

    def is_strange(word: str) -> bool:
        return (
            len(word) >= _MIN_LETTERS
            and (question.language == "en" or (word[0].isupper() and word in kept))
            and not is_common(folded(word))
            and not is_reported(word)
            and country_code(word) is None
            and not is_demonym(word)
            and folded(word) not in _known_places()
        )

    strange = [word for word in _WORD.findall(question.text) if is_strange(word)]
    if not strange:
        return question
    reported = Counter(word for text in texts for word in _WORD.findall(text))
    words = Vocabulary(reported.items())
    names = Vocabulary((word, count) for word, count in reported.items() if word[0].isupper())
    near = {word: _nearest(word, names, words) for word in strange}
    text = _WORD.sub(lambda word: near.get(word[0]) or word[0], question.text)
    return question if text == question.text else replace(question, text=text)


def _nearest(word: str, names: Vocabulary, words: Vocabulary) -> str | None:
    """Return the word that one is a slip of; ``None`` where none is near enough to tell."""
    near = (names if word[0].isupper() else words).nearest(word, {})
    if near is None or folded(near)[0] != folded(word)[0]:
        return None
    is_name = near[0].isupper() and (country_code(near) is not None or _sound(word) == _sound(near))
    return near if is_name or _is_slip(folded(word), folded(near)) else None


def _is_slip(typed: str, meant: str) -> bool:
    """Tell whether a word has one letter more or less than another, or two of its swapped."""
    is_changed = len(typed) == len(meant) and sorted(typed) != sorted(meant)
    return OSA.distance(typed, meant) == 1 and not is_changed


_ALIKE = (("ph", "f"), ("ck", "k"), ("qu", "k"), ("c", "k"), ("z", "s"), ("y", "i"), ("v", "b"))
"""Letters that are written for each other in names."""

_DOUBLED = re.compile(r"(.)\1+")


def _sound(name: str) -> str:
    """Return a name as names that sound alike have it: "Bossaso" and "Bosazo" as "bosaso"."""
    plain = folded(name)
    for written, heard in _ALIKE:
        plain = plain.replace(written, heard)
    return _DOUBLED.sub(r"\1", plain)


@cache
def _known_places() -> frozenset[str]:
    """Return the words of the places that we have lists of, `folded`, in our languages."""
    cities = chain.from_iterable(time_zone_cities().values())
    terms = read_terms(PLACES_PATH)
    foreign = (forms for term in terms for forms in term.foreign.values())
    names = chain(cities, (term.english for term in terms), chain.from_iterable(foreign))
    return frozenset(folded(word) for name in names for word in _WORD.findall(name))
