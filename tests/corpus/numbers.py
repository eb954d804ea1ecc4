"""Numbers, percentages and number words of a sentence, in one form."""

import re
from decimal import Decimal

from tests.corpus.reports import words

_WORDS = {
    word: Decimal(value)
    for word, value in zip(
        words(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
            "ninety"
        ),
        [*range(2, 20), *range(20, 100, 10)],
        strict=True,
    )
}
_ORDINALS = words("first second third fourth fifth sixth seventh eighth ninth tenth")
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_QUANTITIES = frozenset(
    words(
        "half halves third thirds quarter quarters fifth fifths double doubled twice triple "
        "tripled dozen dozens hundred hundreds thousand thousands million millions billion billions"
    )
)

_NUMBER = r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_NUMBER_OR_WORD = rf"(?:{_NUMBER}|\b(?:{'|'.join(_WORDS)})\b)"
_SCALED = re.compile(rf"({_NUMBER_OR_WORD})(?:[\s-]*({'|'.join(_SCALES)})s?\b)?", re.IGNORECASE)
_SCALED_RANGE = re.compile(
    rf"({_NUMBER_OR_WORD})\s*(?:[-–]|to|and|or)\s*(?={_NUMBER_OR_WORD}\s*({'|'.join(_SCALES)}))",
    re.IGNORECASE,
)
_PERCENTAGE = re.compile(
    rf"({_NUMBER_OR_WORD})(?:\s*(?:[-–]|to|and|or)\s*({_NUMBER_OR_WORD}))?\s*"
    r"(?:%|per\s?cent\b|percentage)",
    re.IGNORECASE,
)


def digits(text: str) -> set[Decimal]:
    """Return the numbers of ``text`` that are written in digits, to scale."""
    return numbers(re.sub(rf"\b({'|'.join(_WORDS)})\b", " ", text, flags=re.IGNORECASE))


def numbers(text: str, *, generous: bool = False) -> set[Decimal]:
    """Return the numbers of ``text``, written in digits or words (two to ninety), to scale.

    Args:
        text: A statement, or the passage that it is judged by.
        generous: Also return unscaled numbers, both ends of "2-3 million" to scale, ordinals
            told in words, and the pieces of a number that a footnote mark may have joined
            ("2016.45").
    """
    found = set()
    for match in _SCALED.finditer(text):
        value = _value(match[1])
        found.add(_scaled(value, match[2]))
        if generous:
            found |= {value, *(Decimal(piece) for piece in re.findall(r"\d+", match[1]))}
    if generous:
        found |= {_scaled(_value(m[1]), m[2]) for m in _SCALED_RANGE.finditer(text)}
        told = re.findall(r"[a-z]+", text.lower())
        found |= {Decimal(_ORDINALS.index(word) + 1) for word in told if word in _ORDINALS}
    return found


def percentages(text: str, *, generous: bool = False) -> set[Decimal]:
    """Return the numbers of ``text`` that are percentages; ``generous`` looks into tables too."""
    found = {_value(n) for m in _PERCENTAGE.finditer(text) for n in m.groups() if n}
    if generous and re.search(r"percentage|\(%\)", text):
        found |= numbers(text)
    return found


def quantity_words(text: str) -> set[str]:
    """Return fractions and round numbers told in words; an ordinal third is not one."""
    found = set(re.findall(r"[a-z]+", text.lower())) & _QUANTITIES
    if not re.search(r"\b(a third of|one[\s-]third|two[\s-]thirds)\b", text.lower()):
        found -= {"third", "thirds"}
    if re.search(r"\d\s*(thousand|million|billion)", text.lower()):
        found -= {"thousand", "million", "billion"}
    return {word.rstrip("s") for word in found}


def _value(written: str) -> Decimal:
    return _WORDS.get(written.lower()) or Decimal(re.sub(r"[^\d.]", "", written))


def _scaled(value: Decimal, scale: str | None) -> Decimal:
    return value * 10 ** _SCALES[scale.lower()] if scale else value
