"""Catalogue fields: their types and bounds, for ``catalogue.toml`` and front matter alike."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache

from babel import Locale

from indexer.extraction.text_cleaning import clean

Fields = tuple[tuple[str, object], ...]
"""Checked fields as `records.DocumentInfo` takes them, sorted by name; lists are tuples."""

FIRST_YEAR = 1800
_ONLY_IN_CLDR = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ"
"""Territories that Unicode's locale data names beside the 249 of ISO 3166-1."""
_MAX_SHOWN = 60

_MAY_BE_EMPTY = {"countries"}
"""Lists that say something by being empty: that a report is about no country in particular."""


class _WrongValueError(ValueError):
    """A field's value is not what the catalogue takes."""


def checked_fields(table: Mapping[str, object]) -> tuple[Fields, tuple[str, ...]]:
    """Return the good fields of a row, and a sentence for each one that had to be dropped.

    A field that is empty is as one that is left out, but for `_MAY_BE_EMPTY`.
    """
    good: dict[str, object] = {}
    wrong: list[str] = []
    for field, value in table.items():
        check = _CHECKS.get(field)
        if check is None:
            wrong.append(
                f"unknown field {field!r}, dropped; known are {', '.join(sorted(_CHECKS))}."
            )
            continue
        try:
            good[field] = check(value)
        except _WrongValueError as error:
            wrong.append(f"{field!r} {error}, found {_shown(value)}; dropped.")
    kept = {
        field: value
        for field, value in good.items()
        if value not in ("", ()) or field in _MAY_BE_EMPTY
    }
    return tuple(sorted(kept.items())), tuple(wrong)


@cache
def country_codes() -> frozenset[str]:
    """Return the 249 alpha-2 codes of ISO 3166-1."""
    codes = (str(code) for code in Locale("en").territories)
    two_letters = frozenset(code for code in codes if re.fullmatch("[A-Z]{2}", code))
    return two_letters - frozenset(_ONLY_IN_CLDR.split())


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _WrongValueError("must be a text")
    return clean(value)


def _texts(value: object) -> tuple[str, ...]:
    """Take a list of texts; one text alone is a list of one."""
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(item, str) for item in listed):
        raise _WrongValueError("must be a list of texts")
    return tuple(filter(None, map(clean, listed)))


def _publishers(value: object) -> str:
    """Take one name or a list, which is kept as one text: semicolons part the names."""
    return "; ".join(_texts(value))


def _year(value: object) -> int:
    last = datetime.now(tz=UTC).year + 1
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value[:9])
    if not isinstance(value, int) or isinstance(value, bool) or not FIRST_YEAR <= value <= last:
        raise _WrongValueError(f"must be a whole number from {FIRST_YEAR} to {last}")
    return value


def _language(value: object) -> str:
    language = _text(value).lower()
    if not re.fullmatch("[a-z]{2}", language):
        raise _WrongValueError('must be a two-letter code such as "en"')
    return language


def _countries(value: object) -> tuple[str, ...]:
    codes = tuple(code.upper() for code in _texts(value))
    unknown = [code for code in codes if code not in country_codes()]
    if unknown:
        raise _WrongValueError('must list ISO 3166-1 alpha-2 codes such as "CO"')
    return codes


_CHECKS: dict[str, Callable[[object], object]] = {
    "title": _text,
    "subtitle": _text,
    "summary": _text,
    "publisher": _publishers,
    "authors": _texts,
    "year": _year,
    "language": _language,
    "kind": _text,
    "countries": _countries,
    "cities": _texts,
    "regions": _texts,
    "themes": _texts,
    "licence": _text,
    "url": _text,
    "identifier": _text,
    "supersedes": _texts,
    "short_name": _text,
    "sources": _texts,
}
