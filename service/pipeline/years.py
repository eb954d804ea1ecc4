"""Finds the years that a text names."""

import re

_YEAR = re.compile(r"\b(?:19|20|21)\d\d(?![^\W⁰¹²³⁴-⁹])")


def years_in(text: str) -> list[str]:
    """Return the years from 1900 to 2199 that a text names, in order."""
    return _YEAR.findall(text)
