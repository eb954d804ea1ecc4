"""Finds quotes that sound alike and name different figures: USD 300,000 here, 300 million there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from indexer.country_names import is_demonym
from indexer.store.lexical_index import content_words
from service.pipeline.figure_comparison import (
    REFERENCE,
    PlacedFigure,
    figures_of,
    kind_of,
    normalised_figure,
    placed_figures,
)
from service.pipeline.restated import sources_of
from service.pipeline.years import years_in
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

_HEDGES_TEXT = (
    "about almost nearly around approximately roughly some over under up down out more less least "
    "most only just average estimated total other another aproximadamente alrededor unos unas casi "
    "cerca más menos sólo solo promedio otros otras quase mais apenas média outros outras"
)
_HEDGES = frozenset(_HEDGES_TEXT.split())
"""Words beside a figure that tell nothing of what it measures."""

_PART_WORDS = (
    r"(?i:actions?|acci[oó]n(?:es)?|aç(?:ão|ões)|annex|anexo|articles?|art[ií]culos?|artigos?|box"
    r"|recuadro|caixa|chapters?|cap[ií]tulos?|pages?|p[aá]ginas?|paragraphs?|p[aá]rrafos?"
    r"|par[aá]grafos?|recommendations?|recomendaci[oó]n(?:es)?|recomendaç(?:ão|ões)"
    r"|sections?|secci[oó]n(?:es)?|seç(?:ão|ões))"
)
_WITH_CAPITAL = (
    r"(?=[A-Z])(?i:figures?|figuras?|goals?|objetivos?|metas?|steps?|pasos?|passos?"
    r"|tables?|tablas?|tabelas?)"
)
"""In small letters before a number they are words of their own: "it steps 40 metres back"."""
_SHORTENED = r"(?i:pp\.?|p[aá]gs?\.?|p\.|paras?\.|p[aá]rr?\.|figs?\.|art\.)|P(?=\d)"
"""Without its full stop "para" is a preposition of Spanish and Portuguese."""
_PART = re.compile(
    rf"\b(?P<word>{_PART_WORDS}|{_WITH_CAPITAL}|{_SHORTENED})\s?(?P<number>\d{{1,3}}(?:[.–-]\d{{1,3}})?)\b"
)
"""A number that names a part of a text, and measures nothing: ``Action 9.1``, ``pp. 13-14``."""
_NOTE = re.compile(
    r"\d{1,3}(?:\.\s|\s(?:[A-ZÀ-Þ][\w’'-]*\s)?(?P<word>[A-ZÀ-Þ][\w’'-]*)"
    r"(?P<goes_on>\s[^\W\dA-ZÀ-Þ_])?)"
)
_CLAUSE = re.compile(r"[.;:!?|\n](?!\w)")
"""Where words stop to belong to a figure."""

_CAPITALISED = re.compile(r"\b[A-ZÀ-Þ][\w’-]+")


@dataclass(frozen=True, slots=True)
class _Measure:
    """A figure and what it measures.

    Attributes:
        kind: As `kind_of` says.
        value: As `normalised_figure` writes it.
        before: Stem of the nearest word before it; ``None`` without any.
        after: The same after it.
    """

    kind: str
    value: str
    before: str | None
    after: str | None

    def has_words_of(self, other: "_Measure") -> bool:
        """Tell whether it stands in the same words as another."""
        sides = ((self.before, other.before), (self.after, other.after))
        both = [(word, theirs) for word, theirs in sides if word and theirs]
        return bool(both) and all(word == theirs for word, theirs in both)


def conflicting_citations(
    citations: Sequence[Citation],
) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
    """Return the numbers of the citations whose figures differ from another's, ascending.

    They stand in groups, in each of which every one conflicts with another. The first groups are of
    one report each, the second of several. Quotes that name different years do not conflict, and
    neither do figures that measure different things.
    """
    within: list[tuple[int, int]] = []
    across: list[tuple[int, int]] = []
    for first, second in combinations(citations, 2):
        languages = (first.document.info.language, second.document.info.language)
        if figures_conflict(first.quote, second.quote, languages=languages):
            sources = sources_of(first)
            is_one_report = sources == sources_of(second) and len(sources) == 1
            (within if is_one_report else across).append((first.number, second.number))
    return _grouped(within), _grouped(across)


def _grouped(pairs: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of pairs, those together that pairs connect."""
    groups: list[set[int]] = []
    for pair in pairs:
        together = set(pair).union(*(group for group in groups if not group.isdisjoint(pair)))
        groups = [*(group for group in groups if group.isdisjoint(pair)), together]
    return tuple(sorted(tuple(sorted(group)) for group in groups))


def figures_conflict(text: str, other: str, *, languages: tuple[str, str] = ("en", "en")) -> bool:
    """Tell whether two texts, each in its language, give different figures for the same thing."""
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
        and not _name_other_parts(text, other)
        and _measure_the_same(text, other, languages)
    )


def _name_other_parts(text: str, other: str) -> bool:
    """Tell whether two texts are about two numbered things: a checklist of step 3 and of step 5."""
    numbers, others = map(_numbers_of_parts, (text, other))
    return any(numbers[word].isdisjoint(others[word]) for word in numbers.keys() & others.keys())


def _numbers_of_parts(text: str) -> dict[str, set[str]]:
    numbers: dict[str, set[str]] = {}
    for match in _PART.finditer(REFERENCE.sub("", text)):
        numbers.setdefault(match["word"].casefold(), set()).add(match["number"])
    return numbers


def _measure_the_same(text: str, other: str, languages: tuple[str, str]) -> bool:
    """Tell whether a figure of each text differs from one of the other and stands in its words.

    The words are the nearest before and after it: "pays 12% more rent", "pays 15% more rent".
    Where a figure has none on one side, those on the other decide.
    """
    measures, other_measures = map(_measures, (text, other), languages)
    return any(
        measure.kind == other_measure.kind
        and measure.value != other_measure.value
        and measure.has_words_of(other_measure)
        for measure in measures
        for other_measure in other_measures
    )


def _measures(text: str, language: str) -> list["_Measure"]:
    return [
        _Measure(
            kind_of(figure.text),
            normalised_figure(figure.text, language),
            _nearest_word(reversed(WORD.findall(_CLAUSE.split(figure.before)[-1])), language),
            _nearest_word(iter(WORD.findall(_CLAUSE.split(figure.after)[0])), language),
        )
        for figure in placed_figures(text)
        if not _numbers_a_part(figure)
    ]


def _numbers_a_part(figure: PlacedFigure) -> bool:
    """Tell whether a figure is the number of a part, or of a note that begins with it."""
    note = _NOTE.match(f"{figure.text}{figure.after}")
    if note and WORD.search(figure.before) is None and not _counts_people(note):
        return True
    parts = _PART.finditer(figure.before + figure.text)
    return any(part.end() > len(figure.before) for part in parts)


def _counts_people(note: re.Match[str]) -> bool:
    """Tell whether what may be a note counts people by their country: "40 Venezuelan families"."""
    return note["goes_on"] is not None and is_demonym(note["word"])


def _nearest_word(words: Iterator[str], language: str) -> str | None:
    """Return the stem of the first of the words that means something; ``None`` without any."""
    for word in words:
        stems = content_words(word, language=language)
        if word.isalpha() and stems and word.casefold() not in _HEDGES:
            return stems[0]
    return None


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
