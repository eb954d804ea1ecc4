"""Says in a few words what the reports lack where a question is refused, as far as it can be told.

What is said is true of the sentences and passages that were found, and of nothing else.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from indexer.folding import one_spelling
from indexer.store.lexical_index import content_words
from service.pipeline.answer_kinds import MONTHS, SINCE, YEAR, Kind, kind_of_answer
from service.pipeline.clock_times import CLOCK
from service.pipeline.general_words import GENERAL_WORDS
from service.records import WORD, MissingFacts

MAX_WORDS = 2
"""A question of which more words are missing is about something else."""

_MIN_LETTERS = 4
_GENERAL = GENERAL_WORDS["en"]
"""Words whose absence tells nothing of what is missing."""

_NOUN = re.compile(
    r"\b(?:the|an?|of|for|on|about|in|its|their|his|her|our|your|any|some|no|what|which|many"
    r"|every|each"
    r"|[\w-]+['’]s?) ([a-z]{4,})\b"
)
"""A word where a noun stands; the absence of "carry", "just" or "against" tells nothing."""


_KINDS: dict[Literal["share", "sum", "date"], Kind] = {
    "share": kind_of_answer(
        "share",
        in_question=r"\b(?:share|percentages?|per ?cent|proportion|fraction)\b",
        in_sentence=r"%|per ?cent|por ?ciento|por ?cento|\bone in \w+"
        r"|\b(?:half|thirds?|quarters?|majority|share|out of)\b",
    ),
    "sum": kind_of_answer(
        "sum",
        in_question=r"\b(?:how much (?:money|cash|funding)|(?:what|which) (?:sum|amount|rent)"
        r"|(?:what|which|how (?:much|large|big))\b[^?,;]*"
        r"\b(?:costs?|budget|salary|wages?|fees?|fine|fare|price|pay|paid|spen[dt]))\b",
        in_sentence=r"[$€£¥]|\b(?:USD|EUR|UF|CLP|COP|MXN|dollars?|euros?|pounds?|pesos?|reais"
        r"|soles|quetzals?|shillings?|rand|yuan|millions?|billions?|millones|milhões|free)\b",
    ),
    "date": kind_of_answer(
        "date",
        in_question=r"\b(?:when (?:exactly|did|do|does|was|were|is|are|will)|since when|deadline"
        r"|(?:what|which) (?:years?|date|day))\b",
        in_sentence=rf"{YEAR.pattern}|\b(?:{MONTHS})\b|{CLOCK}|{SINCE}",
    ),
}
"""Kinds of answer, on the safe side: fewer questions ask for them and more sentences hold them than
by those of `service.pipeline.answer_kinds`."""


def missing_facts(
    question: str, english: str, *, sentences: Iterable[str], passages: Sequence[str]
) -> MissingFacts:
    """Return what neither the sentences nor the passages near a question have.

    Args:
        question: As it was typed.
        english: Its text in the language of the texts; where it is not as typed, no words are
            looked for.
        sentences: Those that are likeliest to answer.
        passages: Those that were retrieved.
    """
    words = _missing_words(question, passages) if english == question else ()
    return MissingFacts(_missing_kind(english, list(sentences)), words)


def _missing_kind(
    question: str, sentences: Sequence[str]
) -> Literal["share", "sum", "date"] | None:
    """Return the kind of answer that is asked for, if no sentence holds one of any kind asked."""
    kinds = {name: kind for name, kind in _KINDS.items() if kind.in_question.search(question)}
    is_held = any(kind.in_sentence.search(text) for text in sentences for kind in kinds.values())
    return next(iter(kinds), None) if sentences and not is_held else None


def _missing_words(question: str, passages: Sequence[str]) -> tuple[str, ...]:
    """Return the words of an English question that stand in no passage; none if they are many."""
    known = {stem for text in passages for stem in _stems(text)}
    missing = [
        word
        for word in dict.fromkeys(WORD.findall(question))
        if len(word) >= _MIN_LETTERS and re.fullmatch("[a-z]+", word) and word not in _GENERAL
        for stem in _stems(word)
        if stem not in known
    ]
    if not passages or len(missing) > MAX_WORDS:
        return ()
    nouns = set(_NOUN.findall(question))
    return tuple(word for word in missing if word in nouns)


def _stems(text: str) -> list[str]:
    return content_words(one_spelling(text.lower()), language="en")
