"""Names of countries in the languages that Cita speaks, and their ISO 3166-1 alpha-2 codes."""

from functools import cache

from babel import Locale

from service.records import LANGUAGES


@cache
def country_names() -> dict[str, frozenset[str]]:
    """Return the names of each country by its code, in lower case."""
    names: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code.isalpha():
                names.setdefault(code, set()).add(name.casefold())
    return {code: frozenset(spellings) for code, spellings in names.items()}


def country_code(name: str) -> str | None:
    """Return the code of the country with this name, in any of our languages, or ``None``."""
    wanted = " ".join(name.split()).casefold()
    return next((code for code, names in country_names().items() if wanted in names), None)
