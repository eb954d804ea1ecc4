"""Keeps a question that was asked before apart from the one that is asked now.

    How does Chile help migrants rent? – And who pays for it?  ─▶ what the user sees, and may edit
    Chile help migrants rent. Who pays for it?                 ─▶ what is searched for
    Who pays for it?                                           ─▶ what is read for

As a question the first would be answered again; as a statement it says what the second is about
(docs/experiments.md, D57).
"""

import re

_BEFORE = re.compile(r"(?<=\?)\s*–\s+(?=\S)")
_CONTINUES = re.compile(
    r"(?:and|so|but|or|then|y|e|pero|entonces|también|mas|então|também)\b,?\s+", re.IGNORECASE
)
_ASKING = re.compile(
    r"""
    (?:(?:in|on|at|to|for|from|by|with|since|until)\ )?
    (?:how\ (?:many|much|long|far|often|large|big)|how|why|who|whom|whose|what|which|when|where)\b
    (?:\ (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b)?\ *
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What a question opens with that a statement has not."""


def after(before: str, question: str) -> str:
    """Return a question that goes on from another one, both as they are shown."""
    return f"{before.rstrip('?.! ')}? – {question}"


def turns_of(question: str) -> list[str]:
    """Return what was asked before, oldest first, and last what is asked now."""
    turns: list[str] = _BEFORE.split(question)
    return turns


def goes_on(question: str) -> bool:
    """Tell whether a question goes on from another one."""
    return len(turns_of(question)) > 1


def asked_now(question: str) -> str:
    """Return what an English question asks now, mostly all of it."""
    *earlier, asked = turns_of(question)
    return without_opening(asked) if earlier else question


def with_earlier_stated(question: str) -> str:
    """Return an English question with what was asked before it as a statement."""
    stated = filter(None, map(_stated, turns_of(question)[:-1]))
    return " ".join([*(f"{statement}." for statement in stated), asked_now(question)])


def _stated(question: str) -> str:
    asked = without_opening(question).rstrip(" ?!.")
    opening = _ASKING.match(asked)
    return _capital(asked[opening.end() :]) if opening else asked


def without_opening(question: str) -> str:
    """Return a question without what ties it to the one before: "and"."""
    bare = question.lstrip("¿¡ ")
    continues = _CONTINUES.match(bare)
    return _capital(bare[continues.end() :] if continues else bare)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
