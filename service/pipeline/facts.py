"""Tells whether two sentences that sound alike state the same fact.

Sentences that differ in a figure, a year, a name or a negation say different things, however close
their vectors are.
"""

import re

from indexer.superscripts import without_superscripts
from service.pipeline.figure_comparison import normalised_figure
from service.records import WORD

SAME_COSINE = 0.85
"""Two sentences with a larger cosine sound alike (docs/decisions.md, D7 and D28)."""

_FIGURE = re.compile(
    r"\d+(?:[.,\u00a0\u202f]\d+)*(?:(?<=\b10)⁻?[⁰¹²³⁴-⁹]+)?"
    r"\s?(?:%|per\s?cent|por\s?ciento|por\s?cento)?"
)
_NAME = re.compile(r"(?<![.?!:•]\s)(?<!^)\b[A-ZÀ-Þ][\w’'-]+")
_NEGATIONS = "no not never none nobody nor without neither cannot nunca ningún ninguna sin jamás ni"
_NEGATION = frozenset(f"{_NEGATIONS} não nenhum nenhuma sem nem".split())


def figures_in(text: str, language: str = "en") -> frozenset[str]:
    """Return the figures and years of ``text``, each in one spelling."""
    bare = without_superscripts(text)
    figures = (match[0].strip() for match in _FIGURE.finditer(bare))
    return frozenset(normalised_figure(figure, language) for figure in figures)


def adds_nothing(text: str, other: str, *, languages: tuple[str, str] = ("en", "en")) -> bool:
    """Tell whether ``text`` has no figure, year or name that ``other`` lacks, and denies as much.

    Only for sentences that sound alike; others state different things anyway.

    Args:
        text: A sentence.
        other: One that sounds like it.
        languages: Of both, ISO 639-1.
    """
    figures, other_figures = map(figures_in, (text, other), languages)
    return (
        figures <= other_figures
        and _names(text) <= _names(other)
        and _denies(text) == _denies(other)
    )


def _names(text: str) -> frozenset[str]:
    """Return the words with a capital that do not open a sentence."""
    bare = without_superscripts(text)
    return frozenset(match[0].casefold() for match in _NAME.finditer(bare.strip()))


def _denies(text: str) -> bool:
    return not _NEGATION.isdisjoint(word.casefold() for word in WORD.findall(text))
