"""Cities and abbreviations by which texts name a country without its name."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from babel import Locale
from babel.core import get_global

from indexer.records import DocumentInfo
from service.records import LANGUAGES

ABBREVIATIONS = {
    "AE": ("UAE", "EAU"),
    "CD": ("DRC", "RDC"),
    "GB": ("UK", "U.K."),
    "US": ("US", "USA", "U.S.", "EE.UU.", "EE. UU.", "EEUU", "EUA"),
}
"""How texts write a country out, in capitals."""

Cities = dict[str, frozenset[str]]
"""Cities of each country, by its code."""


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

    A city is of the one country that all reports on it are about.
    """
    countries: dict[str, set[str]] = {}
    for info in infos:
        for city in info.cities:
            countries.setdefault(city, set(info.countries)).intersection_update(info.countries)
    cities: dict[str, set[str]] = defaultdict(set)
    for city, codes in countries.items():
        if len(codes) == 1:
            cities[codes.pop()].add(city)
    return {code: frozenset(names) for code, names in cities.items()}
