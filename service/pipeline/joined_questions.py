"""Takes apart questions that ask two things: "When does it enter into force? Who visits it?"."""

import re
from itertools import pairwise

from indexer.store.lexical_index import content_words
from service.pipeline.asked_before import after
from service.pipeline.question import names_in

MAX_PARTS = 3
_MIN_CONTENT_WORDS = 2
_ASKS = (
    r"(?:who|whom|whose|what|which|when|where|why|how|since when|by when"
    r"|(?:in|on|at|to|for) (?:what|which|whom))"
)
_END = re.compile(r"(?<=\?)\s+(?=\S)")
_AND_ASKS = re.compile(rf",? and (?={_ASKS}\b)", re.IGNORECASE)
_OPENS_WITH_ASKING = re.compile(rf"^(?:and )?{_ASKS}\b", re.IGNORECASE)
_OPENS = re.compile(
    rf"^(?:and )?(?:{_ASKS}|is|are|was|were|do|does|did|can|may|must|has|have|will)\b.*\?$",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:it|its|they|their|theirs|them|she|he|her|his|him|this|that|these|those|one|ones|so|"
    r"such|each|both|either|neither|same|other|others|else|latter|former|then)\b"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?! (?:is|are|was|were)\b)",
    re.IGNORECASE,
)
_AUXILIARY = "(?:do|does|did|has|have|had|is|was|will|would|can|could|may|must|should)"
_IT = re.compile(
    r"(?<=\bdo )it\b|(?<=\bdoes )it\b|(?<=\bdid )it\b|(?<=\bhas )it\b|(?<=\bwill )it\b"
)
"""Where it acts, as the name did; what was passed may be something else."""


def joined_questions(question: str) -> tuple[str, ...]:
    """Return the questions that an English question is made of; nothing if it is a single one.

    Two sentences with a question mark each are two questions; one that leans on the one before, or
    has not two content words, goes on from it (`asked_before`). So are two that ``and`` joins where
    the second one can be understood alone, or with the subject of the first one in the place of
    "it" where that is a name; there one without two content words is none.
    """
    marked = [part.strip() for part in _END.split(question) if part.strip()]
    if len(marked) > 1:
        if not all(map(_OPENS.match, marked)):
            return ()
        parts = marked[:1]
        for before, part in pairwise(marked):
            parts.append(after(before, part) if leans(part) or not _is_whole(part) else part)
    else:
        parts = _with_name(_AND_ASKS.split(question.rstrip("? "), maxsplit=1))
        if not _OPENS_WITH_ASKING.match(parts[0]) or any(map(leans, parts[1:])):
            return ()
        parts = [f"{part[:1].upper()}{part[1:]}?" for part in parts]
    return tuple(parts) if 1 < len(parts) <= MAX_PARTS and all(map(_is_whole, parts)) else ()


def _is_whole(question: str) -> bool:
    return len(content_words(question, language="en")) >= _MIN_CONTENT_WORDS


def _with_name(parts: list[str]) -> list[str]:
    """Put the subject of the first part, if that is a name, in the place of "it" in the others."""
    name = " ".join(names_in(parts[0]))
    is_subject = (
        re.search(rf"\b{_AUXILIARY} (?:the )?{re.escape(name)}\b", parts[0]) if name else None
    )
    if is_subject is None:
        return parts
    return [parts[0], *(_IT.sub(lambda _: name, part) for part in parts[1:])]


def leans(question: str) -> bool:
    """Tell whether a question speaks of something that stands outside of it."""
    return _LEANS.search(question) is not None
