"""Texts without capitals and accents, for comparing words however they are written."""

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """Return ``text`` in lower case without accents; it may change its length."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
