"""The kind of answer that a question asks for: a number, a share, a sum, a date, a duration.

Near-miss questions ask for a figure that the reports do not give, on a subject that they do cover.
A sentence without any figure cannot answer them, however similar it is.
"""

import re
from dataclasses import dataclass

from indexer.superscripts import without_superscripts
from service.pipeline.clock_times import CLOCK, OPENING_CLOCK
from service.pipeline.number_words import FRACTIONS, SCALES, TENS, UNITS

_PARTS = ("dozen", *FRACTIONS, "majority", "most", "once", "twice", "double")
_NUMBER_WORDS = "|".join((*UNITS, *TENS, *SCALES, *_PARTS))
_SHARE_WORDS = "|".join((*UNITS, *TENS, *_PARTS))
"""Of the number words those that a share may be told with; hundreds are counted."""

MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    "janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
)
"""Names of the months in English, Spanish and Portuguese, as a pattern."""


_MONEY = (
    "dollars?|euros?|pounds?|pesos?|reais|soles|quetzales|shillings?|rand|rupees?|yen|yuan|"
    "usd?|eur|gbp|clp|cop|brl|mxn|kes|millions?|billions?|free|gratis"
)
_NO_MONEY = (
    r"%|per ?cent|years?\b|months?\b|weeks?\b|days?\b|hours?\b|people\b|persons?\b|migrants?\b|"
    r"refugees?\b|residents?\b|famil|households?\b|cit(?:y|ies)\b|municipalit|countr"
)
"""What follows a number that is no sum of money."""

HOUR_ASKED = (
    r"\b(?:at|to|from|until|till|by|since|around) (?:what|which) (?:time|hours?)\b"
    r"(?! (?:limit|frame|period|span|zone|scale|point|interval)s?\b| of (?:the )?year\b)"
    r"|\b(?:what|which) (?:time|hour)(?: exactly)? (?:is|was|does|do|did|will|are)\b"
    r"(?! (?:\w+ly )?(?:needed|required|necessary|allowed|allotted|available|given|left|spent)\b)"
    r"(?![^?.,;]* (?:take|last|need|require)\b(?! place\b))"
)
"""What asks for a time of day, as a pattern; "to which hour" is how Apertium has it."""

_WHEN = r"(?:^|[,;:.?] |\band )when (?:exactly|did|do|does|was|were|is|are|will|has|have)\b"
_PERIODS = r"(?:years?|months?|weeks?|days?|decades?)"
SINCE = (
    rf"\bfor (?:\w+ ){{1,3}}{_PERIODS}\b|\b{_PERIODS} ago\b"
    r"|\b(?:hace|há|faz|durante) (?:\w+ ){1,3}"
    r"(?:años?|anos?|mes(?:es)?|semanas?|d[ií]as?|décadas?)\b"
)
"""A duration up to now, which says since when, in English, Spanish and Portuguese."""

_DATE = "date"
_TIME_OF_DAY = "time of day"
DATES = frozenset((_DATE, _TIME_OF_DAY))
"""Names of the kinds that say when."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
YEAR = re.compile(r"\b(?:1[89]|20)\d\d(?![^\W⁰¹²³⁴-⁹])")
BRACKETED = re.compile(r"\([^()]*\)")
"""Text in brackets, where references stand."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer.

    Attributes:
        name: What it is called.
        in_question: Matches questions that ask for it.
        in_sentence: Matches sentences that hold one.
    """

    name: str
    in_question: re.Pattern[str]
    in_sentence: re.Pattern[str]


def kind_of_answer(name: str, *, in_question: str, in_sentence: str) -> Kind:
    """Return a kind of answer by its patterns; capitals do not count."""
    return Kind(
        name,
        re.compile(in_question, re.IGNORECASE),
        re.compile(in_sentence, re.IGNORECASE),
    )


KINDS = (
    kind_of_answer(
        "share",
        in_question=r"\b(?:what|which) (?:share|percentages?|proportion|part|fraction|per ?cent)\b"
        r"|\bpercentages?\b|\bhow many (?:per ?cent|in (?:ten|a hundred))\b|\bshare of\b",
        in_sentence=rf"%|per ?cent|\b\d+ (?:out of|in|of) (?:every )?\d+|\b(?:{_SHARE_WORDS})\b",
    ),
    kind_of_answer(
        "sum",
        in_question=r"(?<!\bby )\bhow much "
        r"(?:money|cash|funding|does|do|did|is|was|will|has|have|had|per|a|each)\b"
        r"|\b(?:what|which) (?:sum|fine|fee|price|rent|budget|amount|salary|wage)\b"
        r"|\bwhat (?:did|does|do|will|would|has|have|had)\b[^?]*\b(?:cost|spend (?:per|each|on))\b"
        r"|\bbudget of\b|\bby what sum\b|\bcosts?\b.*\bper\b",
        in_sentence=rf"[$€£]|\b(?:{_MONEY})\b"
        rf"|(?<![\d.,])(?:\d+(?:[.,]\d+)*|\b(?:{_NUMBER_WORDS})\b)(?! ?(?:{_NO_MONEY}))(?![\d.,])",
    ),
    kind_of_answer(
        _DATE,
        in_question=r"\b(?:in|since|by|from|until) (?:what|which) (?:year|date|month|day)\b"
        r"|\bsince when\b"
        rf"|{_WHEN}"
        r"|\b(?:what|which) (?:years?|date|day|month)\b|\bdeadline\b|\bon (?:what|which) day\b",
        in_sentence=rf"{YEAR.pattern}|\b(?:{MONTHS})\b|\b\d{{1,2}}(?:st|nd|rd|th)\b",
    ),
    kind_of_answer(
        _TIME_OF_DAY,
        in_question=rf"{_WHEN}|{HOUR_ASKED}",
        in_sentence=rf"{CLOCK}|\A[\W_]*{OPENING_CLOCK}",
    ),
    kind_of_answer(
        "since",
        in_question=r"\bsince (?:when|what|which)\b|\bhow long ago\b",
        in_sentence=SINCE,
    ),
    kind_of_answer(
        "duration",
        in_question=r"\bhow long\b|\bhow much time\b|\bfor how many (?:days|weeks|months|years)\b",
        in_sentence=r"\b(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|generations?"
        r"|permanent(?:ly)?|indefinite(?:ly)?|temporar(?:y|ily)|until|overnight)\b|\bannual"
        r"|\b\d\d?[:.h]\d\d\b|\d ?(?:km|kilomet|m\b|met(?:er|re)|mile|page)",
    ),
    kind_of_answer(
        "contact",
        in_question=r"\b(?:opening hours|(?:street|postal|e-?mail|web) ?address|address of"
        r"|(?:tele)?phone number|hotline)\b",
        in_sentence=r"\d|@|\bwww\.",
    ),
    kind_of_answer(
        "number",
        in_question=r"\bhow (?:many|old|often|far|fast|large|big|high|tall)\b|\bnumber of\b"
        r"|\bby how much\b"
        r"|\b(?:what|which) (?:number|age|rate|size|total|turnout|score|length|area)\b"
        r"|\bfrom what age\b|\bwhat sum\b|\bhighest .*\b(?:income|score)\b",
        in_sentence=rf"\d|\b(?:{_NUMBER_WORDS})\b|\b(?:week|month|year|dai|annual|quarter)ly\b",
    ),
)


def wanted_kinds(question: str) -> tuple[Kind, ...]:
    """Return the kinds of answer that an English question asks for; most ask for none of them."""
    return tuple(kind for kind in KINDS if kind.in_question.search(question))


def has_wanted_kind(sentence: str, question: str, kinds: tuple[Kind, ...]) -> bool:
    """Tell whether a sentence holds at least one of ``kinds``; always true without kinds.

    Text in brackets, where references stand, and figures of the question do not count; years count
    only for dates.
    """
    if not kinds:
        return True
    known = set(_FIGURE.findall(question))
    text = BRACKETED.sub(" ", without_superscripts(sentence))
    text = _FIGURE.sub(lambda figure: " " if figure[0] in known else figure[0], text)
    without_years = YEAR.sub(" ", text)
    return any(
        kind.in_sentence.search(text if kind.name == _DATE else without_years) for kind in kinds
    )
