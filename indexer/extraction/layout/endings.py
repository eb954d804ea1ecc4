"""Tells whether text that stops has come to an end, or goes on elsewhere."""

import re

from indexer.extraction.text_cleaning import ends_sentence

_NOTE_NUMBER = re.compile(
    r"(?<=[^\W\d_])(?<!\bno)(?<!\bnos)(?<!\bart)(?<!\bfig)(?<!\bpara)(?<!\bparas)(?<!\bpp)(?<!\bvol)"
    r"[)\]”»’\"']*[.!?][)\]”»’\"']*\s?\d{1,3}",
    re.IGNORECASE,
)
_MARKED_NOTE = re.compile(r"[.!?][)”»’\"']*\s?(?:\^\{?\w{1,6}\}?|[ⁱ⁰-⁹¹²³]+|\[\d{1,3}\])")
_AT_END = 24


def is_ended(text: str) -> bool:
    """Tell whether ``text`` ends as a sentence does, the number of a note behind it aside.

    That number may be set as a superscript, ``policy.²``, or have come out as a plain one,
    ``policy.2``; what follows ``no.`` or ``para.`` is none.
    """
    if ends_sentence(text):
        return True
    tail = text.rstrip()[-_AT_END:]
    return any(
        match.end() == len(tail)
        for pattern in (_NOTE_NUMBER, _MARKED_NOTE)
        for match in pattern.finditer(tail)
    )


def has_open_bracket(text: str) -> bool:
    """Tell whether a round bracket is opened in ``text`` and not closed."""
    return text.rfind("(") > text.rfind(")")
