"""Texts without capitals and accents and in one spelling, for comparing words however written."""

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """Return ``text`` in lower case without accents; it may change its length."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


_ENDING = r"(?=(?:e[sdr]?|ers|ing|ations?|ational)\b)"
_IZE = re.compile(rf"(?<=[a-z]{{2}})is{_ENDING}")
_ISE = re.compile(rf"(?<=[a-z]{{2}})iz{_ENDING}")
_BEFORE_OUR = r"\b(behavi|col|endeav|fav|harb|hon|lab|neighb|rum)"
_OR = re.compile(rf"{_BEFORE_OUR}our")
_OUR = re.compile(rf"{_BEFORE_OUR}or")
_ER = re.compile(r"\b(cent|lit|met|theat)re(s?)\b")
_RE = re.compile(r"\b(cent|lit|met|theat)er(s?)\b")
_PROGRAM = re.compile(r"\bprogram(?=s?\b)")
_TRAVELED = re.compile(r"\btravel(?=e[dr]|ing)")


def one_spelling(text: str) -> str:
    """Return lower-case English text with American endings: "organisers" as "organizers".

    It is for comparing words, not for showing: "rise" becomes "rize" on both sides.
    """
    text = _OR.sub(r"\1or", _IZE.sub("iz", text))
    text = _ER.sub(r"\1er\2", text).replace("programme", "program")
    return text.replace("travell", "travel").replace("defence", "defense")


def in_both_spellings(text: str) -> str:
    """Return English text followed by itself in American and in British spelling, in lower case.

    It is for looking words up: what is no word in one of them, as "rize", is found nowhere.
    """
    lower = text.lower()
    british = _OUR.sub(r"\1our", _ISE.sub("is", lower))
    british = _PROGRAM.sub("programme", _RE.sub(r"\1re\2", british))
    british = _TRAVELED.sub("travell", british).replace("defense", "defence")
    return "\n".join([text, one_spelling(lower), british])
