"""The figure alone where a question asks for one: “92 per cent” of “92 per cent of them rent”.

The words that the reader marks may be half a sentence around the figure.
"""

import re

from indexer.records import Span
from service.pipeline.answer_kinds import DATES, Kind, has_wanted_kind
from service.pipeline.number_words import FRACTIONS, SCALES, TENS, UNITS

_MOST_WORDS = 4
"""A highlight of so many words stays as it is."""

_NUMERAL = "|".join((*UNITS[1:], *TENS, *SCALES, *FRACTIONS))
_ROUGHLY = (
    r"(?:(?:around|about|over|under|nearly|almost|some|approximately|roughly|up to|at least|at most"
    r"|fewer than|less than|more than|as many as|below|above)\s)?"
)
_CURRENCY = r"(?:(?:US\$|R\$|USD|EUR|[$€£])\s?)?"
_PERIOD = "(?:minute|hour|day|week|month|year)"
_MEASURE = rf"(?:\s?%|\sper\s?cent\b|\s{_PERIOD}s?\b|-{_PERIOD}\b)"
_AMOUNT = (
    rf"{_CURRENCY}(?:\d+(?:[.,]\d+)*|\b(?:{_NUMERAL})\b|\bone(?=[\s-](?:{_NUMERAL})\b))"
    rf"(?:[\s-](?:{_NUMERAL})\b){{0,3}}{_MEASURE}?"
)
_FIGURE = re.compile(
    rf"(?<![\w-])(?<!\d[.,–]){_ROUGHLY}(?:(?:between|from)\s{_AMOUNT}\s(?:and|to)\s{_AMOUNT}"
    rf"|{_AMOUNT}(?:\s?[–-]\s?|\sto\s){_AMOUNT}|{_AMOUNT})(?![^\W⁰¹²³⁴-⁹]|[.,–]\d|-\w)",
    re.IGNORECASE,
)
"""No part of a word, of a range or of a longer number: not the 19 of COVID-19."""

_OUT_OF = re.compile(
    rf"\b(?:one|{_NUMERAL}|\d+)\s(?:in|out\sof)\s(?:every\s)?(?:{_NUMERAL}|\d{{1,3}})\b",
    re.IGNORECASE,
)
"""A share of two figures: "one in five families"."""

_IS_MEASURED = re.compile(rf"[$€£]|(?:USD|EUR)\s|{_MEASURE}\Z", re.IGNORECASE)
_NOT_COUNTED = (
    "after|and|are|as|at|before|but|by|did|during|each|for|from|had|has|have|if|in|into|is|it|of|on"
    "|or|per|since|so|than|that|the|their|they|this|those|though|to|under|until|was|were|what|when"
    "|where|whether|which|while|who|whose|will|with|within|without|would"
)
_COUNTED = re.compile(rf"\s(?!(?:{_NOT_COUNTED})\b)[^\W\d_]+(?:-[^\W\d_]+)*", re.IGNORECASE)


def narrowed(highlight: Span, text: str, question: str, kinds: tuple[Kind, ...]) -> Span:
    """Return a highlight, or the one figure in it if a question asks for a figure.

    Dates stay as they are: the figure alone would lose the day and the month.

    Args:
        highlight: What the reader marked in ``text``.
        text: An English sentence.
        question: In English.
        kinds: The kinds of answer that it asks for.
    """
    marked = highlight.of(text)
    if not kinds or len(marked.split()) <= _MOST_WORDS or _OUT_OF.search(marked):
        return highlight
    if any(kind.name in DATES for kind in kinds):
        return highlight
    figures = [
        Span(figure.start(), figure.end())
        for figure in _FIGURE.finditer(text, highlight.start, highlight.end)
        if has_wanted_kind(figure[0], question, kinds)
    ]
    return _with_counted(figures[0], highlight, text) if len(figures) == 1 else highlight


def _with_counted(figure: Span, highlight: Span, text: str) -> Span:
    """Return a bare number with the word behind it, if that is in the highlight."""
    if _IS_MEASURED.search(figure.of(text)):
        return figure
    counted = _COUNTED.match(text, figure.end, highlight.end)
    return Span(figure.start, counted.end()) if counted else figure
