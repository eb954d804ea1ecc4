"""Cities and abbreviations by which texts name a country without its name."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from babel import Locale
from babel.core import get_global

from indexer.country_names import LANGUAGES, countries_in, country_first_in
from indexer.records import DocumentInfo

ABBREVIATIONS = {
    "AE": ("UAE", "EAU"),
    "CD": ("DRC", "RDC"),
    "GB": ("UK", "U.K."),
    "US": ("US", "USA", "U.S.", "EE.UU.", "EE. UU.", "EEUU", "EUA"),
}
"""How texts write a country out, in capitals."""

_NOTHING = r"(?!)"

_DOLLARS = re.compile(
    r"\b(?:US|U\.S\.) ?\$|(?:\b(?:US|USA|United States)|\bU\.S\.) dollars?\b|"
    r"\bd[óo]lar(?:es)? (?:de (?:los )?|dos )?"
    r"(?:(?:US|EEUU|EUA|Estados Unidos)\b|EE\. ?UU\.)|\$ ?(?:US|EUA)\b",
    re.IGNORECASE,
)
"""Money, of which sums are told anywhere: US$, "US dollars", "dólares de los EE. UU."."""

_DOLLAR_PARTS = ("$", "ollar", "olar", "ólar")
"""One of these stands in a text with dollars: looking for them is faster than the pattern."""

_BEHIND_CITY = re.compile(
    r"(?:,? (?:in|en|em|de|do|da) |, | \()(?:the |la |el |los |o |a )?"
    r"(?P<words>[^\W\d_][^\W\d_.’'-]*(?: [^\W\d_][^\W\d_.’'-]*){0,4})"
)
"""What tells a city's country behind it: ``Mérida in Venezuela``, ``Manta (Ecuador)``."""

Cities = dict[str, frozenset[str]]
"""Cities of each country, by its code."""


def without_dollars(text: str) -> str:
    """Return a text whose dollars do not name the United States."""
    if not any(part in text for part in _DOLLAR_PARTS):
        return text
    return _DOLLARS.sub("$", text)


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds one of the names as it is written; nothing without names."""
    written = "|".join(map(re.escape, sorted(names)))
    return re.compile(rf"(?<!\w)(?:{written or _NOTHING})(?!\w)")


def names_any_country(text: str) -> bool:
    """Tell whether a text names a country, written out in capitals too: "in the US"."""
    return bool(countries_in(text)) or _abbreviation().search(without_dollars(text)) is not None


@cache
def _abbreviation() -> re.Pattern[str]:
    return pattern_of(name for names in ABBREVIATIONS.values() for name in names)


def names_city(text: str, cities: re.Pattern[str], codes: Collection[str]) -> bool:
    """Tell whether a text names a city of the countries with ``codes``.

    Cities share their names: "Mérida in Venezuela" is none of Mexico.

    Args:
        text: A text.
        cities: What finds the names of the cities.
        codes: Of the countries.
    """
    return any(is_of(codes, text[city.end() :]) for city in cities.finditer(text))


def is_of(codes: Collection[str], behind: str) -> bool:
    """Tell whether what stands behind a city's name puts it in no other country."""
    place = _BEHIND_CITY.match(behind)
    code = country_first_in(place["words"]) if place else None
    return code is None or code in codes


@cache
def time_zone_cities() -> Cities:
    """Return the cities after which the time zones of each country are called, in our languages."""
    countries = get_global("zone_territories")
    cities: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        zones = Locale(language).time_zones
        for zone, code in countries.items():
            area, _, city = zone.rpartition("/")
            if area and not zone.startswith("Etc/"):
                cities[code].add(zones.get(zone, {}).get("city") or city.replace("_", " "))
    return {code: frozenset(names) for code, names in cities.items()}


def reported_cities(infos: Sequence[DocumentInfo]) -> Cities:
    """Return the cities that the metadata of reports tell to be of one country.

    A city is of the one country that all reports on it are about; those that tell no country say
    nothing of it.
    """
    countries: dict[str, set[str]] = {}
    for info in (info for info in infos if info.countries):
        for city in info.cities:
            countries.setdefault(city, set(info.countries)).intersection_update(info.countries)
    cities: dict[str, set[str]] = defaultdict(set)
    for city, codes in countries.items():
        if len(codes) == 1:
            cities[codes.pop()].add(city)
    return {code: frozenset(names) for code, names in cities.items()}
