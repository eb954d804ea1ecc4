"""Tells the organisations apart that published a report together."""

import re

_ABBREVIATION = re.compile(r"[A-Z]{2,}(?:-\w+)*")


def publisher_names(publisher: str) -> tuple[str, ...]:
    """Return the organisations that ``publisher`` names.

    Semicolons part them. Commas do where one of the parts is an abbreviation, as in
    ``Cities Alliance, UNDP``; else they are part of a name, as in ``City, of Quito``.
    """
    names = []
    for joined in publisher.split(";"):
        parts = [part.strip() for part in joined.split(",") if part.strip()]
        is_list = all(part[0].isupper() for part in parts) and any(map(_is_abbreviation, parts))
        names += parts if is_list else [joined.strip()]
    return tuple(filter(None, names))


def _is_abbreviation(name: str) -> bool:
    return _ABBREVIATION.fullmatch(name) is not None
