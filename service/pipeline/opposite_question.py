"""Asks a yes-or-no question the other way round: "Are pets forbidden?", "Are pets admitted?".

The sentence that decides may say the opposite, in words that the question does not have.
"""

import re

_YES_OR_NO = re.compile(
    r"^(?:is|are|was|were|do|does|did|can|could|may|must|has|have|will|would|should)\b",
    re.IGNORECASE,
)
_PAIRS = (
    ("forbidden", "admitted"),
    ("prohibited", "admitted"),
    ("banned", "admitted"),
    ("barred", "admitted"),
    ("excluded", "included"),
    ("allowed", "forbidden"),
    ("permitted", "forbidden"),
    ("admitted", "forbidden"),
    ("compulsory", "voluntary"),
    ("mandatory", "voluntary"),
    ("obligatory", "voluntary"),
    ("voluntary", "compulsory"),
    ("optional", "compulsory"),
    ("legal", "illegal"),
    ("illegal", "legal"),
    ("secret", "public"),
    ("confidential", "public"),
    ("expensive", "free of charge"),
    ("closed", "open"),
    ("temporary", "permanent"),
    ("permanent", "temporary"),
    ("refused", "accepted"),
    ("denied", "granted"),
    ("forbid", "allow"),
    ("prohibit", "allow"),
    ("ban", "allow"),
    ("exclude", "include"),
    ("refuse", "accept"),
    ("deny", "grant"),
)
_OPPOSITES = dict(_PAIRS)
_OPPOSITE = re.compile(rf"\b(?:{'|'.join(_OPPOSITES)})\b", re.IGNORECASE)


def opposite_question(question: str) -> str | None:
    """Return an English yes-or-no question the other way round, or ``None`` where it has no way."""
    match = _OPPOSITE.search(question) if _YES_OR_NO.match(question) else None
    if match is None:
        return None
    opposite = _OPPOSITES[match[0].casefold()]
    return f"{question[: match.start()]}{opposite}{question[match.end() :]}"
