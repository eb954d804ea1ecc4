"""The figure alone where a question asks for one: “92 per cent” of “92 per cent of them rent”.

The words that the reader marks may be half a sentence around the figure.
"""

import re

from indexer.records import Span
from service.pipeline.answer_kinds import Kind, has_wanted_kind

_MOST_WORDS = 4
"""A highlight of so many words stays as it is."""

_NUMERAL = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    "hundreds?|thousands?|millions?|billions?|dozens?|half|thirds?|quarters?"
)
_ROUGHLY = (
    r"(?:(?:around|about|over|under|nearly|almost|some|approximately|roughly|up to|at least|at most"
    r"|fewer than|less than|more than|as many as|below|above)\s)?"
)
_CURRENCY = r"(?:(?:US\$|R\$|USD|EUR|[$€£])\s?)?"
_PERIOD = "(?:minute|hour|day|week|month|year)"
_MEASURE = rf"(?:\s?%|\sper\s?cent\b|\s{_PERIOD}s?\b|-{_PERIOD}\b)"
_AMOUNT = (
    rf"{_CURRENCY}(?:\d+(?:[.,]\d+)*|\b(?:{_NUMERAL})\b)(?:[\s-](?:{_NUMERAL})\b){{0,3}}{_MEASURE}?"
)
_FIGURE = re.compile(
    rf"{_ROUGHLY}(?:(?:between|from)\s{_AMOUNT}\s(?:and|to)\s{_AMOUNT}|{_AMOUNT})", re.IGNORECASE
)
_IS_MEASURED = re.compile(rf"[$€£]|(?:USD|EUR)\s|{_MEASURE}\Z", re.IGNORECASE)
_COUNTED = re.compile(r"\s[^\W\d_]+(?:-[^\W\d_]+)*")


def narrowed(highlight: Span, text: str, question: str, kinds: tuple[Kind, ...]) -> Span:
    """Return a highlight, or the one figure in it if a question asks for a figure.

    Args:
        highlight: What the reader marked in ``text``.
        text: An English sentence.
        question: In English.
        kinds: The kinds of answer that it asks for.
    """
    if not kinds or len(highlight.of(text).split()) <= _MOST_WORDS:
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
