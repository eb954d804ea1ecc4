"""Names of countries in the languages that Cita speaks, and what their people are called."""

import re
from functools import cache, lru_cache

from babel import Locale

from indexer.folding import folded
from service.records import LANGUAGES

_ENDING = re.compile(r"(?:ish|ese|ians?|eans?|ans?|ch|eeks?|iss|is?)$")
_N_COMMON, _N_CHANGED = 4, 3
"""Letters that a demonym and its country have in common at least, and letters of the country that
may not come back: Ugan-da, Ugan-dan."""

_N_OPEN = 4
"""Letters from which on a name may go on: "Peruvian"; shorter ones open too many other words."""

_N_PATTERNS = 2048
"""Names whose patterns are kept: those of all countries, and of some questions."""

_NO_PLACES = frozenset({"saint", "states", "united"})
"""Words of countries' names after which no people is called."""

_IRREGULAR = re.compile(
    r"(?:Afghan|Arab|Argentine|Basotho|Burkinabe|Croat|Cuban|Cypriot|Dane|Emirati|Filipin[ao]|Finn"
    r"|Gazan|Ivorian|Kazakh|Kurd|Laotian|Kyrgyz|Malagasy|Monegasque|Pole|Scot|Serb|Slovak|Slovene"
    r"|Swede|Tajik|Texan|Thai|Turk|Turkmen|Uzbek)s?"
)


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


def countries_in(text: str) -> tuple[str, ...]:
    """Return the codes of the countries that a text names, in any of our languages."""
    folded = text.casefold()
    return tuple(
        code
        for code, names in country_names().items()
        if any(_stands_in(folded, name) for name in names)
    )


def _stands_in(text: str, name: str) -> bool:
    """Tell whether ``name`` stands in ``text`` as a whole word."""
    # Most names do not stand in it at all, and compiling a pattern for each takes 10 ms a question.
    return name in text and re.search(rf"\b{re.escape(name)}\b", text) is not None


def names_place(text: str, name: str) -> bool:
    """Tell whether a word of a text is a name or begins with it: "Peru", "Peruvian".

    Capitals, accents and hyphens count for nothing. "Lima" does not stand in "climate", "Niger" not
    in "Nigeria", and a name of up to three letters stands by itself: "UN" is not in "under".

    Args:
        text: As `indexer.folding.folded` returns it.
        name: As written; of several words all have to stand there.
    """
    first, pattern = _pattern_of(name)
    return first in text and pattern.search(text) is not None


def names_country(text: str, code: str) -> bool:
    """Tell whether a text has a country's name in any of our languages: see `names_place`."""
    return any(names_place(text, name) for name in country_names()[code])


@lru_cache(maxsize=_N_PATTERNS)  # made anew for each candidate they would take 0.3 ms each
def _pattern_of(name: str) -> tuple[str, re.Pattern[str]]:
    """Return the first word of a name, folded, and what finds the whole name."""
    plain = folded(name)
    first, *others = re.findall(r"[^\W_]+", plain) or [plain]
    # Behind the letters, not before them: a pattern that begins with letters is found 100 times
    # as fast.
    start = rf"{re.escape(first)}(?<![^\W_]{re.escape(first)})"
    may_go_on = sum(map(len, (first, *others))) >= _N_OPEN
    end = "".join(map(_but, _longer_names(plain))) if may_go_on else r"s?(?![^\W_])"
    return first, re.compile(r"\W{1,3}".join([start, *map(re.escape, others)]) + end)


def _but(rest: str) -> str:
    return rf"(?!{re.escape(rest)})"


def _longer_names(name: str) -> list[str]:
    """Return what makes a country's name another's, within its last word: "ia" makes it Nigeria.

    Europe is no country: the European Union is in it.
    """
    if not any(name in names for names in _folded().values()):
        return []
    begun = {code: [n for n in names if n.startswith(name)] for code, names in _folded().items()}
    others = (names for names in begun.values() if name not in names)
    rests = {other.removeprefix(name) for names in others for other in names}
    return sorted(rest for rest in rests if rest[:1].isalpha())


@cache
def _folded() -> dict[str, frozenset[str]]:
    """Return the names of each country by its code, `folded`."""
    return {code: frozenset(map(folded, names)) for code, names in country_names().items()}


def is_demonym(word: str) -> bool:
    """Tell whether a capitalised English word says where somebody is from: "Danish", "Syrians".

    A place that merely ends like one is none: "Nairobi", "Sudan", "Tunis".
    """
    word = word.rsplit("-", maxsplit=1)[-1]
    if _IRREGULAR.fullmatch(word):
        return True
    if not _ENDING.search(word) or country_code(word) is not None:
        return False
    lower = word.casefold()
    if {lower, lower.removesuffix("s")} & _languages():
        return True
    return any(_goes_back_to(lower, place) for place in _places().get(lower[:_N_COMMON], ()))


def _goes_back_to(word: str, place: str) -> bool:
    """Tell whether a word begins as a place does, almost to its end: Lebanese, Lebanon."""
    is_part = place.startswith(word) and place != word
    return not is_part and word.startswith(place[: max(_N_COMMON, len(place) - _N_CHANGED)])


@cache
def _languages() -> frozenset[str]:
    """Return the words of the English names of languages, in lower case."""
    names = Locale("en").languages.values()
    return frozenset(word for name in names for word in name.casefold().split())


@cache
def _places() -> dict[str, frozenset[str]]:
    """Return the longer words of the English names of countries and continents by beginning."""
    names = " ".join(Locale("en").territories.values()).casefold()
    words = set(re.findall(r"[^\W\d_]{4,}", names)) - _NO_PLACES
    beginnings = {word[:_N_COMMON] for word in words}
    return {
        beginning: frozenset(word for word in words if word.startswith(beginning))
        for beginning in beginnings
    }
