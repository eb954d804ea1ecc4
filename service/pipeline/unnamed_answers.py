"""Tells sentences that mention what is asked for and do not name it.

"Which two groups does the town work with?" is not answered by "the town works with two groups", and
what an acronym stands for not by a sentence that has the acronym alone.
"""

import re

_NUMBER_WORDS = (
    *("two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve"),
)
_NUMBER = rf"(?:{'|'.join(_NUMBER_WORDS)}|\d{{1,2}})"
_NOUN = r"(?!(?:is|was|has|does|this|others?)\b)[a-z-]+(?:s|ren|people)"
_AMOUNT = r"(?:share|percentage|proportion|fraction|number|amount|rate|part|kind|sort|type)s?"
_ASKS_FOR_NAMES = re.compile(
    rf"\b(?:which|what)(?: are the| were the)? (?:(?!{_AMOUNT}\b|of\b)[a-z0-9-]+ ){{0,3}}?"
    rf"(?!{_AMOUNT}\b)(?P<noun>{_NOUN})\b"
    r"|\bnames? of\b|\bcalled\b|\btheir names\b|\bby name\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(rf"\b{_NUMBER}\b", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b(?P<number>{_NUMBER}) (?!(?:other|more|further|additional)\b)"
    rf"(?:[a-z-]+ ){{0,2}}?(?P<noun>{_NOUN})\b",
    re.IGNORECASE,
)
_ITEM = r"[^\s,]+(?: [^\s,]+){0,4}"
_NAMES_FOLLOW = re.compile(
    r"\s*[(–—-]|,? (?:among them|namely|such as|including|in particular)\b|,? (?:in )?[A-ZÀ-Þ]"
)
_NAMES_FURTHER_ON = re.compile(
    rf"\b(?:are|were|include)\b|: {_ITEM}(?:, {_ITEM}){{0,12}},? (?:and|or)\b"
)
"""What they are stands behind a verb, or as a list behind a colon."""
_NAMES_BEFORE = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:, [A-ZÀ-Þ][\w’'-]+){0,12},? (?:and|or) [A-ZÀ-Þ]")

_ASKS_FOR_WORDS = re.compile(
    r"\b[Ww]hat (?:does|do) (?:the )?(?:acronym |abbreviation )?(?P<acronym>[A-Z]\w*[A-Z]\w*)"
    r" (?:stand for|mean(?! for| to| in))\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_N_BETWEEN = 5
"""Words between two that an acronym is made of at most: "Compact for Safe, Orderly and Regular"."""


def is_unnamed(question: str, sentence: str) -> bool:
    """Tell whether a sentence only counts, or abbreviates, what a question asks the names of.

    Args:
        question: In English.
        sentence: In English.
    """
    return _only_counts(question, sentence) or _only_abbreviates(question, sentence)


def _only_counts(question: str, sentence: str) -> bool:
    asks = _ASKS_FOR_NAMES.search(question)
    counted = _COUNTED.search(sentence) if asks else None
    if asks is None or counted is None:
        return False
    numbers = {
        _as_number(number) for number in _NUMBERS.findall(asks[0] if asks["noun"] else question)
    }
    is_wanted = (
        _as_number(counted["number"]) in numbers if numbers else asks["noun"] == counted["noun"]
    )
    return is_wanted and not _has_names(sentence, counted)


def _has_names(sentence: str, counted: re.Match[str]) -> bool:
    """Tell whether what a sentence counts is named in it, too."""
    after = sentence[counted.end() :]
    return (
        _NAMES_FOLLOW.match(after) is not None
        or _NAMES_FURTHER_ON.search(after) is not None
        or _NAMES_BEFORE.search(sentence[: counted.start()]) is not None
    )


def _as_number(text: str) -> int:
    word = text.casefold()
    return _NUMBER_WORDS.index(word) + 2 if word in _NUMBER_WORDS else int(word)


def _only_abbreviates(question: str, sentence: str) -> bool:
    asks = _ASKS_FOR_WORDS.search(question)
    if asks is None or "stands for" in sentence:
        return False
    letters = asks["acronym"].removesuffix("s").casefold()
    initials = "".join(word[0].casefold() for word in _WORD.findall(sentence))
    return re.search(f".{{0,{_N_BETWEEN}}}".join(letters), initials) is None
