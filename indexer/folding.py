"""Texts without capitals and accents and in one spelling, for comparing words however written."""

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """Return ``text`` in lower case without accents; it may change its length."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


_IZE = re.compile(r"(?<=[a-z]{2})is(?=(?:e[sdr]?|ers|ing|ations?|ational)\b)")
_OR = re.compile(r"\b(behavi|col|endeav|fav|harb|hon|lab|neighb|rum)our")
_ER = re.compile(r"\b(cent|lit|met|theat)re(s?)\b")


def one_spelling(text: str) -> str:
    """Return lower-case English text with American endings: "organisers" as "organizers".

    It is for comparing words, not for showing: "rise" becomes "rize" on both sides.
    """
    text = _OR.sub(r"\1or", _IZE.sub("iz", text))
    text = _ER.sub(r"\1er\2", text).replace("programme", "program")
    return text.replace("travell", "travel").replace("defence", "defense")
