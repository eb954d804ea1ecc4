"""Tells whether a question names something that stands in the reports, however it is typed."""

import re
from collections.abc import Sequence
from functools import cache

from babel import Locale

from indexer.country_names import is_demonym
from service.pipeline.question import names_without_years
from service.records import LANGUAGES, WORD

_MIN_LETTERS = 4
_INSIDE_SENTENCE = re.compile(r"(?<=[\w,’”)] )[A-ZÀ-Þ][\w’'-]+|(?<=[(“\"])[A-ZÀ-Þ][\w’'-]+")
"""A word that has a capital though no sentence begins with it."""


def has_known_name(question: str, passages: Sequence[str], *, unknown: Sequence[str]) -> bool:
    """Tell whether a name of a question is one that the reports have.

    One that stands beside an unknown name is a part of that: "World" of "World Cup". In a question
    without capitals a word is a name where the passages write it with one alone: "bossaso". Months,
    weekdays, peoples and languages are named in reports on anything.

    Args:
        question: In the language of the texts.
        passages: Those found for it.
        unknown: Names of the question that stand nowhere.
    """
    if question.islower():
        text = "\n".join(passages)
        written = {name.casefold() for name in _INSIDE_SENTENCE.findall(text)}
        capitalised = written.difference(WORD.findall(text))
        return any(
            word in capitalised and not _is_everywhere(word)
            for word in WORD.findall(question)
            if len(word) >= _MIN_LETTERS
        )
    names = (name for name in names_without_years(question) if len(name) > 1)  # "I" is none
    known = [name for name in names if name not in unknown and not _is_everywhere(name)]
    return any(
        not any(_stand_together(name, other, question) for other in unknown) for name in known
    )


def _is_everywhere(word: str) -> bool:
    """Tell whether a word with a capital is a month, a weekday, a people or a language."""
    return word.casefold() in _days_and_months() or is_demonym(word.capitalize())


@cache
def _days_and_months() -> frozenset[str]:
    """Return the names of weekdays and months in our languages, in lower case."""
    locales = [Locale(language) for language in LANGUAGES]
    names = [
        name
        for locale in locales
        for table in (locale.days, locale.months)
        for name in table["format"]["wide"].values()
    ]
    return frozenset(name.casefold() for name in names)


def _stand_together(name: str, other: str, text: str) -> bool:
    return f"{name} {other}" in text or f"{other} {name}" in text
