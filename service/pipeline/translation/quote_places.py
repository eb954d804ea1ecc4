"""Places by their names in Spanish or Portuguese, where Apertium leaves others."""

from functools import cache

from babel import Locale

from service.pipeline.translation.glossary import NO_COUNTRY, PLACES_PATH, read_terms
from service.pipeline.translation.quote_words import any_of

_HOMONYMS_TEXT = (
    "Alejandría Belén Brujas Colonia Congo Córdoba Florencia Galicia Salvador Sofía Tunis Victoria"
)
_HOMONYMS = frozenset(_HOMONYMS_TEXT.split()) | {
    "República Democrática del Congo", "San Francisco", "Santa Lucía",
}  # fmt: skip
"""Names of people and of other things, too."""


def with_places(text: str, target: str) -> str:
    """Return a translation with its places by the names they have there.

    Args:
        text: In Spanish or Portuguese.
        target: Which of them.
    """
    places = _places(target)
    return any_of(tuple(places), are_cased=True).sub(lambda match: places[match[0]], text)


@cache
def _places(target: str) -> dict[str, str]:
    """Return places by the names that Apertium leaves, in English or Spanish, where they differ."""
    named = {
        name: term.foreign[target][0]
        for term in read_terms(PLACES_PATH)
        for name in (term.foreign["es"][0], term.english)
        if term.english != term.foreign["es"][0] or name == term.english
    }
    return {
        name: meant
        for name, meant in (_countries(target) | named).items()
        if name != meant and name not in _HOMONYMS
    }


def _countries(target: str) -> dict[str, str]:
    """Return all countries by their names in English and in Spanish."""
    own = Locale(target).territories
    return {
        names[code]: own[code]
        for names in (Locale("es").territories, Locale("en").territories)
        for code in map(str, own)
        if code.isalpha() and code not in NO_COUNTRY and code in names
    }
