"""Names of countries in the languages that Cita speaks, and what their people are called."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale

from indexer.folding import folded

LANGUAGES = ("en", "es", "pt")
"""In which names are known: those that Cita speaks."""

_ENDING = re.compile(r"(?:ish|ese|ians?|eans?|ans?|ch|eeks?|iss|is?)$")
_N_COMMON, _N_CHANGED = 4, 3
"""Letters that a demonym and its country have in common at least, and letters of the country that
may not come back: Ugan-da, Ugan-dan."""

_WORLD = "001"
_N_OPEN = 4
"""Letters from which on a name may go on: "Peruvian"; shorter ones open too many other words."""

_PEOPLES = (
    r"(?:n[ao]?s?|(?:i|e|(?<=peru)vi|(?<=panama)ni)?an[ao]?s?|iens?|l?en[ao]s?|l?es(?:es?|as?)?|se"
    r"|eir[ao]s?|e?nses?|i(?:e?s)?|itas?|(?<=y)[ao]s?)"
)
"""What makes of a place, folded, what its people are called: Chilean, chileno, brasileiro."""

_OTHER_RESTS = {"india": frozenset({"na"}), "dominica": frozenset({"n"})}
"""What makes a country's name that of another place: Indiana, and Dominican is of Santo Domingo."""

_NAMESAKES = re.compile(
    r"\bturkeys\b|\b(?:a|cook(?:s|ed|ing)?|roast(?:s|ed|ing)?|chicken and) turkey\b"
    r"|\b[Tt]urkeys? (?:and chicken|farm|meat)s?\b"
    r"|\b[Gg]uinea[- ](?:pig|fowl|hen|worm)s?\b|\bJordan Rivers?\b|\bPanama (?:hat|disease)s?\b"
    r"|\bNew (?:Jersey|Mexico)\b|\bJersey City\b|\bNorthern Ireland\b|\bIrlanda d[eo]l? Norte\b"
    r"|\b(?:reuni(?:ón|ão)|gana|granada)\b"
)
"""Animals, waters, other places and common words that are written as a country is called."""

_NAMESAKE_PARTS = (
    "urkey", "uinea", "Jordan", "Panama", "Jersey", "New Mexico", "Northern Ireland", "Irlanda d",
    "reuni", "gana", "granada",
)  # fmt: skip
"""One of these stands in a text with a namesake: looking for them is faster than the pattern."""

_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of unions and of no land at all among those of countries."""

_NOTHING = r"(?!)"
_END = r"(?![^\W\d_])"
"""Behind a name no letter stands; the number of a note may."""

_PLURAL = rf"s?{_END}"
_ACCENT = re.compile("[\u0300-\u036f]")

_N_ABBREVIATED = 2

_N_PATTERNS = 2048
"""Names whose patterns are kept: those of all countries, and of some questions."""

_N_TEXTS = 4096
"""Names and texts of which the countries are kept: sentences and headings are asked again."""

_NO_PLACES = frozenset({"saint", "states", "united"})
"""Words of countries' names after which no people is called."""

_IRREGULAR = re.compile(
    r"(?:Afghan|Arab|Argentine|Basotho|Burkinabe|Croat|Cuban|Cypriot|Dane|Emirati|Filipin[ao]|Finn"
    r"|Gazan|Ivorian|Kazakh|Kurd|Laotian|Kyrgyz|Malagasy|Monegasque|Pole|Scot|Serb|Slovak|Slovene"
    r"|Swede|Tajik|Texan|Thai|Turk|Turkmen|Uzbek)s?"
)


_ALSO_CALLED = {
    "CD": ("democratic republic of the congo", "república democrática do congo"),
    "CI": ("ivory coast", "costa de marfil"),
    "CZ": ("czech republic", "república checa", "república tcheca"),
    "HK": ("hong kong",),
    "MM": ("myanmar", "mianmar", "burma", "birmania", "birmânia"),
    "PS": ("palestine", "palestina"),
    "TR": ("turkey",),
}
"""Names that reports use and the table of names does not give."""


@cache
def country_names() -> dict[str, frozenset[str]]:
    """Return the names of each country by its code, in lower case."""
    names: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code.isalpha() and code not in _NO_COUNTRIES:
                names.setdefault(code, set()).add(name.casefold())
    for code, others in _ALSO_CALLED.items():
        names[code].update(others)
    return {code: frozenset(spellings) for code, spellings in names.items()}


@lru_cache(maxsize=_N_TEXTS)
def country_code(name: str) -> str | None:
    """Return the code of the country with this name, in any of our languages, or ``None``."""
    wanted = " ".join(name.split()).casefold()
    return next((code for code, names in country_names().items() if wanted in names), None)


def country_first_in(words: str) -> str | None:
    """Return the code of the country whose name ``words`` begin with, the longest, or ``None``."""
    parts = words.split()
    codes = (country_code(" ".join(parts[:n])) for n in range(len(parts), 0, -1))
    return next(filter(None, codes), None)


@lru_cache(maxsize=_N_TEXTS)
def countries_in(text: str) -> tuple[str, ...]:
    """Return the codes of the countries that a text names, in any of our languages."""
    folded = without_namesakes(text).casefold()
    return tuple(
        code
        for code, names in country_names().items()
        if any(_stands_in(folded, name) for name in names)
    )


def without_namesakes(text: str) -> str:
    """Return a text without what is written as a country is called and is none: "guinea pigs"."""
    if not any(part in text for part in _NAMESAKE_PARTS):
        return text
    return _NAMESAKES.sub("", text)


def without_countries(text: str) -> str:
    """Return a text without the names of countries and continents, in any of our languages."""
    names = {name for code in countries_in(text) for name in country_names()[code]}
    for name in sorted(names | _continents(), key=len, reverse=True):
        if name in text.casefold():
            text = re.sub(rf"\b{re.escape(name)}\b", "", text, flags=re.IGNORECASE)
    return text


@cache
def _continents() -> frozenset[str]:
    """Return the names of continents and their parts, in lower case."""
    return frozenset(
        name.casefold()
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if not code.isalpha() and code != _WORLD
    )


def _stands_in(text: str, name: str) -> bool:
    """Tell whether ``name`` stands in ``text`` as a whole word."""
    # Most names do not stand in it at all, and compiling a pattern for each takes 10 ms a question.
    return name in text and re.search(rf"\b{re.escape(name)}\b", text) is not None


@dataclass(frozen=True, slots=True)
class NamingText:
    """A text in which names are looked for.

    Attributes:
        plain: The text, `folded`.
        accented: The text in lower case; ``None`` where it has no accents.
    """

    plain: str
    accented: str | None

    @classmethod
    def of(cls, text: str) -> "NamingText":
        """Fold ``text``."""
        text = without_namesakes(text)
        return cls(folded(text), _composed(text) if _has_accents(text) else None)


@dataclass(frozen=True, slots=True)
class _NamePatterns:
    """What finds a name.

    Attributes:
        last: Its last word, folded.
        written: The name, folded.
        accented: The name with its accents; ``None`` where it has none.
        people: What its people are called, folded.
    """

    last: str
    written: re.Pattern[str]
    accented: re.Pattern[str] | None
    people: re.Pattern[str]


def is_written_out(name: str) -> bool:
    """Tell whether texts may write a name out: "US", "UN", "SP". That it is not there says nothing.

    It has at most two letters, full stops between them or not.
    """
    return sum(map(str.isalnum, name)) <= _N_ABBREVIATED


def names_place(text: NamingText, name: str) -> bool:
    """Tell whether a text has a name or what its people are called: "Peru", "Peruvian".

    Capitals and hyphens count for nothing. "Lima" does not stand in "climate", "Cali" not in
    "calidad", "Niger" not in "Nigeria" and "Sudan" not in "South Sudan". A name of up to three
    letters or all in capitals stands by itself: "UN" is not in "under". A name with accents has
    them in a text that has any: "Pará" is not "para".

    Args:
        text: Where it may stand.
        name: As written; of several words all have to stand there.
    """
    patterns = _patterns_of(name)
    if patterns.last not in text.plain:
        return False
    if patterns.people.search(text.plain):
        return True
    if patterns.accented and text.accented is not None:
        return patterns.accented.search(text.accented) is not None
    return patterns.written.search(text.plain) is not None


def names_country(text: NamingText, code: str) -> bool:
    """Tell whether a text has a country's name in any of our languages: see `names_place`."""
    return any(names_place(text, name) for name in country_names()[code])


@lru_cache(maxsize=_N_PATTERNS)  # made anew for each candidate they would take 0.3 ms each
def _patterns_of(name: str) -> _NamePatterns:
    plain = folded(name)
    words = _words_of(plain)
    is_short = sum(map(len, words)) < _N_OPEN
    stands_alone = is_short or (name.isupper() and country_code(name) is None)
    before, behind = _longer_names(plain)
    written = _standing(words, before) + behind
    accented = _standing(_words_of(_composed(name)), before) + behind
    people = _standing(_without_article(words), before) + behind
    return _NamePatterns(
        words[-1],
        re.compile(written + _PLURAL),
        re.compile(accented + _PLURAL) if _has_accents(name) else None,
        re.compile(people + _PEOPLES + _END if not stands_alone else _NOTHING),
    )


def _without_article(words: Sequence[str]) -> Sequence[str]:
    """Return the words of a name after which people are called: of El Salvador, salvadoreños."""
    return words[1:] if len(words) > 1 and words[0] == "el" else words


def _words_of(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name) or [name]


def _standing(words: Sequence[str], before: Sequence[str]) -> str:
    """Return a pattern of words that begin as a word does and have none of ``before`` before them.

    The letters come first: a pattern that begins with letters is found 100 times as fast.
    """
    first, *others = map(re.escape, words)
    start = first + "".join(rf"(?<!{other}{first})" for other in (r"[^\W_]", *before))
    return r"\W{1,3}".join([start, *others])


def _longer_names(name: str) -> tuple[list[str], str]:
    """Return what makes a country's name another's: "ia" Nigeria, "South" or "del Sur" South Sudan.

    They are patterns of what may not stand before it, and one of what may not stand behind it.
    Europe is no country: the European Union is in it.
    """
    if not any(name in names for names in _folded().values()):
        return [], ""
    others = {other for names in _folded().values() if name not in names for other in names}
    rests = {other.removeprefix(name) for other in others if other.startswith(name)}
    rests |= _OTHER_RESTS.get(name, frozenset())
    starts = {other.removesuffix(name) for other in others if other.endswith(name)}
    before = [re.sub(r"[\W_]", r"\\W", start) for start in starts if not start[-1:].isalnum()]
    behind = [re.sub(r"[\W_]+", r"\\W{1,3}", rest) for rest in rests]
    return sorted(before), "".join(rf"(?!{rest})" for rest in sorted(behind))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())


def _has_accents(text: str) -> bool:
    return not text.isascii() and _ACCENT.search(unicodedata.normalize("NFD", text)) is not None


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


def is_language(word: str) -> bool:
    """Tell whether a word is the English name of a language: "Swahili", "Portuguese"."""
    return word.casefold() in _languages()


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
