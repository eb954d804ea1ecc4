"""Keeps a question that was asked before apart from the one that is asked now.

    How does Chile help migrants rent? – And who pays for it?  ─▶ what the user sees, and may edit
    Chile help migrants rent. Who pays for it?                 ─▶ what is searched for
    Who pays for it?                                           ─▶ what is read for

As a question the first would be answered again; as a statement it says what the second is about
(docs/experiments.md, D57).
"""

import re

ASKED_BEFORE = " – "
"""Stands between a question that was asked before and the one that is asked now."""

_BEFORE = re.compile(r"(?<=[?.!])\s*–\s+(?=\S)")
_GOES_ON = re.compile(r"^¿?(?:and|so|but|or|then)\b,?\s+", re.IGNORECASE)
_ASKING = re.compile(
    r"""
    (?:(?:in|on|at|to|for|from|by|with|since|until)\ )?
    (?:how\ (?:many|much|long|far|often|large|big)|how|why|who|whom|whose|what|which|when|where)\b
    (?:\ (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b)?\ *
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What makes a question of a statement, where that can be taken away."""


def after(before: str, question: str) -> str:
    """Return a question that goes on from another one, both as they are shown."""
    before = before.rstrip()
    return f"{before}{'' if before.endswith(tuple('?.!')) else '?'}{ASKED_BEFORE}{question}"


def goes_on(question: str) -> bool:
    """Tell whether a question goes on from another one."""
    return _BEFORE.search(question) is not None


def asked_now(question: str) -> str:
    """Return the part of an English question that is asked now, mostly all of it."""
    *earlier, asked = _BEFORE.split(question)
    return _capital(_GOES_ON.sub("", asked)) if earlier else question


def with_earlier_stated(question: str) -> str:
    """Return an English question with what was asked before it as a statement."""
    earlier = _BEFORE.split(question)[:-1]
    return " ".join([*map(_stated, earlier), asked_now(question)]) if earlier else question


def _stated(question: str) -> str:
    statement = _ASKING.sub("", _GOES_ON.sub("", question.strip()), count=1).strip(" ?!.")
    return f"{_capital(statement)}."


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
