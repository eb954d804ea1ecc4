"""Tells sentences that mention what is asked for and do not say it.

"Which two groups does the town work with?" is not answered by "the town works with two groups", and
what an acronym stands for not by a sentence that has the acronym alone.
"""

import re

_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_NOUNS = r"(?:[a-z-]+ ){0,2}[a-z-]+(?:s|ren|people)"
_ASKS_FOR_NAMES = re.compile(
    rf"\b(?:which|what)(?: are the| were the)? {_NUMBER} {_NOUNS}\b"
    r"|\bnames? of\b|\bcalled\b|\btheir names\b|\bby name\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(rf"\b{_NUMBER}\b", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b(?P<number>{_NUMBER}) {_NOUNS}\b(?P<after>.*)", re.IGNORECASE | re.DOTALL
)
_NAMES_FOLLOW = re.compile(
    r"\s*[(–—-]|,? (?:namely|such as|including|in particular)\b|,? (?:in )?[A-ZÀ-Þ]"
    r"|.*(?:\b(?:are|were|include)\b|: (?:\S+ ){0,4}?\S+(?:, (?:\S+ ){0,4}?\S+)*,? (?:and|or)\b)",
    re.DOTALL,
)
"""What they are follows at once, or further on behind a verb, or behind a colon as a list."""

_ASKS_FOR_WORDS = re.compile(
    r"\b[Ww]hat (?:does|do) (?:the )?(?:acronym |abbreviation )?(?P<acronym>[A-Z]\w*[A-Z]\w*)"
    r" (?:stand for|mean(?! for| to| in))\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_N_BETWEEN = 5
"""Words between two that an acronym is made of at most: "Compact for Safe, Orderly and Regular"."""


def is_left_unsaid(question: str, sentence: str) -> bool:
    """Tell whether a sentence only counts, or abbreviates, what a question asks the names of.

    Args:
        question: In English.
        sentence: In English.
    """
    return _only_counts(question, sentence) or _only_abbreviates(question, sentence)


def _only_counts(question: str, sentence: str) -> bool:
    if _ASKS_FOR_NAMES.search(question) is None:
        return False
    asked = {number.casefold() for number in _NUMBERS.findall(question)}
    return any(
        counted["number"].casefold() in asked and _NAMES_FOLLOW.match(counted["after"]) is None
        for counted in _COUNTED.finditer(sentence)
    )


def _only_abbreviates(question: str, sentence: str) -> bool:
    asks = _ASKS_FOR_WORDS.search(question)
    if asks is None or "stands for" in sentence:
        return False
    letters = asks["acronym"].removesuffix("s").casefold()
    initials = "".join(word[0].casefold() for word in _WORD.findall(sentence))
    return re.search(f".{{0,{_N_BETWEEN}}}".join(letters), initials) is None
