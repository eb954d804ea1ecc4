"""Finds quotes that sound alike and name different figures: USD 300,000 here, 300 million there."""

import re
from collections.abc import Sequence
from itertools import combinations

from indexer.store.lexical_index import content_words
from service.pipeline.figure_comparison import figures_of, kind_of, normalised_figure
from service.pipeline.question import years_in
from service.records import WORD, Citation

_MIN_SHARED_WORDS = 2
_MIN_SHARE = 0.6
"""Quotes sound alike that share so many stems, and so large a part of the shorter one's."""

_CONTRASTS = tuple(
    frozenset(pair.split("/"))
    for pair in (
        *("women/men", "woman/man", "female/male", "girls/boys", "mothers/fathers"),
        *("children/adults", "young/old", "younger/older", "urban/rural", "city/countryside"),
        *("formal/informal", "public/private", "national/local", "owners/tenants", "rich/poor"),
        *("refugees/migrants", "migrants/locals", "employed/unemployed", "before/after"),
    )
)
"""Of a pair of these two texts speak each of one: they are about different things."""

_CAPITALISED = re.compile(r"\b[A-ZÀ-Þ][\w’-]+")


def conflicting_citations(citations: Sequence[Citation]) -> tuple[int, ...]:
    """Return the numbers of the citations whose figures differ from another's, ascending.

    Quotes that name different years do not conflict, and neither do a share and a sum.
    """
    conflicting = {
        number
        for first, second in combinations(citations, 2)
        if figures_conflict(
            first.quote,
            second.quote,
            languages=(first.document.info.language, second.document.info.language),
        )
        for number in (first.number, second.number)
    }
    return tuple(sorted(conflicting))


def figures_conflict(text: str, other: str, *, languages: tuple[str, str] = ("en", "en")) -> bool:
    """Tell whether two texts, each in its language, sound alike and differ in a unit's figures."""
    years, other_years = set(years_in(text)), set(years_in(other))
    if years and other_years and years != other_years:
        return False
    figures, other_figures = map(_by_unit, (text, other), languages)
    differ = any(
        figures[unit].isdisjoint(other_figures[unit])
        for unit in figures.keys() & other_figures.keys()
    )
    return (
        differ
        and _sound_alike(text, other)
        and not _name_others(text, other)
        and not _contrast(text, other)
    )


def _contrast(text: str, other: str) -> bool:
    """Tell whether each of two texts has another one of a contrasting pair of words."""
    words, others = (set(map(str.casefold, WORD.findall(quote))) for quote in (text, other))
    return any(len(pair & words) == 1 and pair - words == pair & others for pair in _CONTRASTS)


def _name_others(text: str, other: str) -> bool:
    """Tell whether each of two texts has a word with a capital that the other lacks."""
    return bool(_names(text) - _stems(other)) and bool(_names(other) - _stems(text))


def _names(text: str) -> set[str]:
    return _stems(" ".join(_CAPITALISED.findall(text)))


def _by_unit(text: str, language: str) -> dict[str, set[str]]:
    by_unit: dict[str, set[str]] = {}
    for figure in figures_of(text):
        by_unit.setdefault(kind_of(figure), set()).add(normalised_figure(figure, language))
    return by_unit


def _sound_alike(text: str, other: str) -> bool:
    stems, other_stems = _stems(text), _stems(other)
    n_shared = len(stems & other_stems)
    shorter = min(len(stems), len(other_stems))
    return n_shared >= _MIN_SHARED_WORDS and n_shared >= _MIN_SHARE * shorter


def _stems(text: str) -> set[str]:
    return {word for word in content_words(text, language="en") if word.isalpha()}
