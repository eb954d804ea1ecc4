"""What a question demands of an answer by its words alone: a number, a share, a sum, a date.

Near-miss questions ask for a figure that the reports do not give, of something that they do speak
of. A sentence without any figure cannot answer them, however near it comes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|fifteen|twenty|thirty|"
    "forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|half|thirds?|"
    "quarters?|majority|most|once|twice|double"
)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
)


_DATE = "date"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_BRACKETED = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer.

    Attributes:
        name: What it is called.
        asked: Matches questions that ask for it.
        given: Matches sentences that hold one.
    """

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]


def _kind(name: str, *, asked: str, given: str) -> Kind:
    return Kind(name, re.compile(asked, re.IGNORECASE), re.compile(given, re.IGNORECASE))


KINDS = (
    _kind(
        "share",
        asked=r"\b(?:what|which) (?:share|percentages?|proportion|part|fraction|per ?cent)\b"
        r"|\bpercentages?\b|\bhow many (?:per ?cent|in (?:ten|a hundred))\b|\bshare of\b",
        given=rf"%|per ?cent|\b\d+ (?:out of|in|of) (?:every )?\d+|\b(?:{_NUMBER_WORDS})\b",
    ),
    _kind(
        "sum",
        asked=r"\bhow much (?:money|cash|funding|does|do|did|is|was|will|has|have|had|per|a|each)\b"
        r"|\b(?:what|which) (?:sum|fine|fee|price|rent|budget|amount|salary|wage)\b"
        r"|\bwhat (?:did|does|do|will|would|has|have|had)\b[^?]*\bcost\b"
        r"|\bbudget of\b|\bby (?:how much|what sum)\b|\bcosts?\b.*\bper\b",
        given=rf"\d|[$€£]|\b(?:{_NUMBER_WORDS})\b",
    ),
    _kind(
        _DATE,
        asked=r"\b(?:in|since|by|from|until) (?:what|which) (?:year|date|month|day)\b"
        r"|\bsince when\b"
        r"|(?:^|[,;:.?] |\band )when (?:exactly|did|do|does|was|were|is|are|will|has|have)\b"
        r"|\b(?:what|which) (?:years?|date|day|month)\b|\bdeadline\b|\bon (?:what|which) day\b",
        given=rf"\b(?:1[89]|20)\d\d\b|\b(?:{_MONTHS})\b|\b\d{{1,2}}(?:st|nd|rd|th)\b",
    ),
    _kind(
        "number",
        asked=r"\bhow (?:many|old|long|often|far|fast|large|big|high|tall)\b|\bnumber of\b"
        r"|\b(?:what|which) (?:number|age|rate|size|total|turnout|score|length|area)\b"
        r"|\bfrom what age\b|\bwhat sum\b|\bhighest .*\b(?:income|score)\b",
        given=rf"\d|\b(?:{_NUMBER_WORDS})\b|\b(?:week|month|year|dai|annual|quarter)ly\b",
    ),
)


def kinds_asked(question: str) -> tuple[Kind, ...]:
    """Return the kinds of answer that an English question asks for; most ask for none of them."""
    return tuple(_asked(question))


def gives(sentence: str, question: str, kinds: tuple[Kind, ...]) -> bool:
    """Tell whether a sentence holds at least one of ``kinds``; any does where none is asked for.

    What stands in brackets, as references do, and figures that the question has itself do not
    count; neither do years, unless a date is asked for.
    """
    if not kinds:
        return True
    told = set(_FIGURE.findall(question))
    said = _BRACKETED.sub(" ", sentence)
    said = _FIGURE.sub(lambda figure: " " if figure[0] in told else figure[0], said)
    without_years = _YEAR.sub(" ", said)
    return any(kind.given.search(said if kind.name == _DATE else without_years) for kind in kinds)


def _asked(question: str) -> Iterator[Kind]:
    for kind in KINDS:
        if kind.asked.search(question):
            yield kind
