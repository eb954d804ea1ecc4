"""Tells the hyphens that Portuguese and Spanish write themselves: ``tornou-se``, ``pós-guerra``.

A half of a word and the next ─▶ the hyphen is written, it is not, or they do not tell
"""

import re
from collections.abc import Set as AbstractSet

_PORTUGUESE_TEXT = "ao aos com das dos em foi mais não na no ou pela pelo são também um uma"
_SPANISH_TEXT = "al con del el en fue la las los más no o por son también un una y"
_PORTUGUESE, _SPANISH = frozenset(_PORTUGUESE_TEXT.split()), frozenset(_SPANISH_TEXT.split())
_MIN_MARKS = 4
"""Small words from which on a text is in a language."""

_MIN_PART = 4
_MIN_RARE = 6
"""Letters of what follows a prefix, where the document has it nowhere else: not ``pré-dio``."""

_PRONOUNS = {
    re.compile(ending + "$"): frozenset(pronouns.split())
    for ending, pronouns in {
        r"[áêíô]": "lo la los las",
        r"(?:am|em|ão|õe)": "no na nos nas",
        r"(?:ou|eu|iu|va|ndo|mos|am|em|ria|rá|rão|[aei]r)": "se lhe lhes",
        r"(?:ou|eu|iu|va|ndo|am|rá)": "me te",
        r"(?:ou|eu|iu|va|ndo)": "o a os as",
        r"(?:mo|ou|va|ndo)": "nos vos",
    }.items()
}
"""Pronouns of Portuguese by the endings of the verbs that they follow."""

_OBJECTS = frozenset({"lo", "la", "los", "las"})

_JOINED = re.compile(r"(?:[aeiáéí]r|[áé]ndo)$")
_JOINED_PRONOUNS_TEXT = "la las le les lo los me nos se selo sela selos selas te"
_JOINED_PRONOUNS = frozenset(_JOINED_PRONOUNS_TEXT.split())
"""Pronouns that Spanish writes to the verb: ``hacer-lo`` is broken."""

_PREFIXES = frozenset({"além", "aquém", "pós", "pré", "recém"})
_BEFORE_WORDS = frozenset({"bem", "ex", "guarda", "sem", "vice"})
"""What stands before whole words, and begins others: ``ex-presidente``, ``exclusão``."""

_WEEKDAYS = frozenset({"segunda", "terça", "quarta", "quinta", "sexta"})
_TWOFOLD = re.compile(r"[^\Wáéíóúâêô]*[áéíóúâêô][^\Wáéíóúâêô]+o")
"""The first of two adjectives: ``teórico-práctica``. Its accent could not stand so far before the
end of one word."""


def is_portuguese(words: AbstractSet[str]) -> bool:
    """Tell whether a text with these words, in lower case, is in Portuguese."""
    n_marks = len(words & _PORTUGUESE)
    return n_marks >= _MIN_MARKS and n_marks > len(words & _SPANISH)


def is_spanish(words: AbstractSet[str]) -> bool:
    """Tell whether a text with these words, in lower case, is in Spanish."""
    n_marks = len(words & _SPANISH)
    return n_marks >= _MIN_MARKS and n_marks > len(words & _PORTUGUESE)


def writes_hyphen(last: str, tail: str, words: AbstractSet[str]) -> bool | None:
    """Tell whether the hyphen between two halves is the word's own, or ``None``.

    Args:
        last: The half before it, in lower case.
        tail: The half behind it, in lower case.
        words: Of the document, in lower case.
    """
    if is_portuguese(words):
        return _writes_in_portuguese(last, tail, words) or None
    if not is_spanish(words):
        return None
    if tail in _JOINED_PRONOUNS and _JOINED.search(last):
        return False
    return _is_twofold(last, tail) or (last == "ex" and tail in words) or None


def _writes_in_portuguese(last: str, tail: str, words: AbstractSet[str]) -> bool:
    if is_pronoun(last, tail) or _is_twofold(last, tail):
        return True
    if last.endswith("i") and tail in _OBJECTS:  # "garanti-lo", but "esti-lo"
        return len(last) >= _MIN_PART and f"{last}r" in words
    if last in _WEEKDAYS:
        return tail in {"feira", "feiras"}
    if last == "porta":  # "portador"
        return tail in {"voz", "vozes"}
    if last in _PREFIXES:
        return len(tail) >= (_MIN_PART if tail in words else _MIN_RARE)
    return last in _BEFORE_WORDS and (tail in words or last == "guarda") and len(tail) >= _MIN_PART


def is_pronoun(last: str, tail: str) -> bool:
    """Tell whether a verb of Portuguese and its pronoun are parted: ``fazê-lo``."""
    return len(last) >= _MIN_PART and any(
        tail in pronouns and ending.search(last) for ending, pronouns in _PRONOUNS.items()
    )


def _is_twofold(last: str, tail: str) -> bool:
    is_other = last.endswith("ndo") or tail.endswith("mente")  # "haciéndo-lo", "cómo-damente"
    return not is_other and len(tail) >= _MIN_PART and _TWOFOLD.fullmatch(last) is not None
