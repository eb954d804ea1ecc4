"""Finds where a text has names of countries and cities, and tells how surely they are places.

words ─▶ longest names that begin with them ─▶ what stands around each ─▶ its strength
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from indexer.corpus.catalogue_fields import country_codes
from indexer.country_cities import is_of, time_zone_cities
from indexer.country_names import country_names, without_namesakes

NAMED, HINTED, NONE = 2, 1, 0
"""Strengths: a text is about the place, it has it by the way, or the words are none."""

_OPENING_CHARS = 30
"""Where a city that a sentence is about begins at most: "In Amsterdam", "- The city of Lisbon"."""

_POSSESSIVES = ("’s", "'s")
_WORD = re.compile(r"[^\W_]+")
_MOST_BETWEEN = 3
"""Signs and spaces between two words of a name at most: "Congo (Kinshasa)"."""

_BEFORE_CHARS = 80
"""Of what stands before a name that much tells what it is."""

_GOES_ON = re.compile(
    r"[ -][^\W\d_a-zà-ÿ]|-based\b|,? \d{1,2}(?:[–-]\d{1,2})?,? (?:[^\W\d_a-zà-ÿ]|(?:and|y|e|de) )"
)
"""Behind a name: it is part of another one, as in "Paris Agreement", or the place of a date."""

_IS_AUTHOR = re.compile(r",? (?:\((?:1[89]|20)\d\d[a-z]?\b|et al\b)")
"""Behind a name: it is an author's, as in "Davis (2006)"; "Ghana (2012)" is a policy's."""

_IN_STATES = re.compile(
    r", (?:the |los |os )?(?:USA?\b|U\.S\.|United States|EE\. ?UU|EEUU\b|EUA\b|Estados Unidos)"
)
"""Behind a name: it is a place in the United States."""

_STATES = frozenset({("georgia",), ("geórgia",)})
"""Names of countries and of states: "Georgia, USA". "Canada, USA" is a list."""

_PLACED = re.compile(
    r"\b(?:in|en|em|(?:city|municipality|ciudad|municipio|cidade|município) (?:of|de|do|da))"
    r"(?: the| la| el)? $",
    re.IGNORECASE,
)
"""Before a name: it is a place's."""

_MET = re.compile(
    r"\b(?:held|met|celebrad[oa]s?|realizad[oa]s?|reunid[oa]s?|[Mm]eetings?|[Ss]essions?|[Hh]eadquarter(?:s|ed)"
    r"|[Cc]onferences?|[Ss]ummits?|[Ff]orums?|[Rr]euni(?:ones|ões)|[Cc]onferencias?|[Cc]onferências?"
    r"|[Cc]umbres?|[Cc]úpulas?|[Ff]oros?|[Ff]óru[mn]s?)\b"
    r"[^.;:()]{0,40} (?:in|at|en|em|no|na)(?: the| el| la)? $"
)
"""Before a name: it is where people met, about anything."""

_ENVOY = re.compile(
    r"\b(?:[Rr]epresentatives?|[Aa]mbassadors?|[Dd]elegat(?:es?|ions?)|[Rr]epresentantes?"
    r"|[Ee]mbajador(?:a|es|as)?|[Ee]mbaixador(?:a|es|as)?|[Dd]elegaci(?:ón|ones)|[Dd]elegaç(?:ão|ões))"
    r" (?:of|from|de|do|da|dos|del)(?: the| la| los)? "
    r"(?:[^.;:()]{0,60}(?:,|\b(?:and|y|e)) (?:of |de |do |da )?(?:the |la |el )?)?$"
)
"""Before a name: somebody speaks for it, about anything."""

_OFFICE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sr|Sra|Rapporteurs?|(?:Vice-)?Presidents?|(?:Vice-|Co-)?[Cc]hair\w*"
    r"|Facilitators?|Ministers?|Ambassadors?|Relator(?:a|es|as)?|(?:Vicep|Vice-[Pp]|P)resident[ea]s?"
    r"|Ministr[oa]s?|Embajador(?:a|es|as)?|Embaixador(?:a|es|as)?)\b"
)
_OPENS_BRACKET, _CLOSES_BRACKET = re.compile(r"\((?:the )?$"), re.compile(r"\)|,? [^()]{0,30}\)")

_SHARED = re.compile(
    r"(?:san|santa|saint|são|st)\b(?! paulo)|santo\b(?! domingo)|(?:guadalupe|maur[ií]cio"
    r"|montserrat|la rioja|c[oó]rdoba|m[eé]rida|norfolk|chatham|halifax|stanley|bah[ií]a|madeira)$"
)
"""Names that people and towns of many other countries have, in one of our languages."""

_PERSONS_TEXT = (
    "adelaida adelaide aden adén belem belén belém berlin berlín boise caimán canary cayman "
    "chicago chita cocos colombo creston damasco darwin dawson denver fortaleza gambier hobart "
    "juneau kirov lagos lima lindeman london lome macquarie madrid mahe mahé manila marquesas "
    "mascate matamoros melbourne mendoza monterrey muscat nassau paris parís perth phoenix praga "
    "recife regina riad riga roma salta samara santiago seul sofia sofía sófia sydney thule tirana "
    "wallis"
)
_PERSONS = frozenset(_PERSONS_TEXT.split())
"""Names of cities that are forenames, surnames and other words as well."""

_NO_CITIES_TEXT = (
    "casey christmas davis mawson mcmurdo midway navidad nome oral palmer resolute rothera "
    "syowa troll vostok wake"
)
_NO_CITIES = frozenset(_NO_CITIES_TEXT.split())
"""Cities of the table that are research stations, or surnames and other words far more often."""

_NO_CITIES_IN = {"en": frozenset({"roma"})}
"""The same by language: in English the Roma are a people, and the city is Rome."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a country or of a city.

    Attributes:
        words: In lower case.
        code: Of the country.
        is_city: Whether it is a city's.
        is_shared: Whether people and towns of other countries have it; it never does but hint.
        is_persons: Whether people are called so, or it is a word, too.
    """

    words: tuple[str, ...]
    code: str
    is_city: bool
    is_shared: bool
    is_persons: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text has a name, from its first character to behind the last one.

    Attributes:
        name: What stands there.
        start: Its first character.
        end: Behind its last one.
        strength: `NAMED`, `HINTED` or `NONE`.
        is_bare: It is one hint, however often it stands there: nothing by it tells a city from a
            person, or people only met there.
    """

    name: Name
    start: int
    end: int
    strength: int = NONE
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """What tells, of a whole report, names from other words.

    Attributes:
        language: ISO 639-1 code.
        small_words: Words that it writes without a capital: "oral" is no city in Kazakhstan.
    """

    language: str
    small_words: frozenset[str]

    @classmethod
    def of(cls, text: str, language: str) -> "Usage":
        """Read it from the text of a report, which has no addresses any more."""
        return cls(language, frozenset(word for word in _WORD.findall(text) if word.islower()))


def mentions(text: str, usage: Usage, *, is_title: bool = False) -> Iterator[Mention]:
    """Yield where a text has names, the longest ones, those too that are no place's there.

    Args:
        text: One sentence, row or heading.
        usage: Of the report that it is from.
        is_title: Whether words that are no names may have capitals, too.
    """
    words = list(_WORD.finditer(text))
    is_running = not is_title and any(word[0].islower() for word in words)
    end = 0
    for position, word in enumerate(words):
        if word.start() < end:
            continue
        mention = _mention_at(words, position)
        if mention is not None:
            end = mention.end
            yield _weighed(text, mention, usage, is_title=is_title, is_running=is_running)


def _mention_at(words: Sequence[re.Match[str]], position: int) -> Mention | None:
    """Return the longest name that begins with the word at ``position``, or ``None``."""
    for name in _names().get(words[position][0].casefold(), ()):
        parts = words[position : position + len(name.words)]
        if tuple(part[0].casefold() for part in parts) == name.words and all(
            after.start() - before.end() <= _MOST_BETWEEN for before, after in pairwise(parts)
        ):
            return Mention(name, parts[0].start(), parts[-1].end())
    return None


def _weighed(
    text: str, mention: Mention, usage: Usage, *, is_title: bool, is_running: bool
) -> Mention:
    name, written = mention.name, text[mention.start : mention.end]
    before = text[max(0, mention.start - _BEFORE_CHARS) : mention.start]
    if not written[0].isupper() or _is_word(name, usage):
        strength, is_bare = NONE, False
    elif written.isupper() and (is_running or _OPENS_BRACKET.search(before)):
        strength, is_bare = NONE, False  # "the GUAM area", "the (SAMOA) Pathway"
    elif _is_anothers(text, mention, before):
        strength, is_bare = NONE, False
    elif name.is_city:
        strength, is_bare = _of_city(text, mention, before, is_title=is_title)
    else:
        is_part = not is_title and _GOES_ON.match(text, mention.end)
        is_aside = is_part or name.is_shared or _MET.search(before)
        strength, is_bare = (HINTED if is_aside else NAMED), False
    return Mention(name, mention.start, mention.end, strength, is_bare)


def _is_word(name: Name, usage: Usage) -> bool:
    """Tell whether a report has a name of one word as another word, or most reports have."""
    if name.is_city and name.words[0] in _NO_CITIES_IN.get(usage.language, ()):
        return True
    return len(name.words) == 1 and name.words[0] in usage.small_words


def _is_anothers(text: str, mention: Mention, before: str) -> bool:
    """Tell whether a name is an author's, a state's, or the country of somebody with an office."""
    name, end = mention.name, mention.end
    if _IS_AUTHOR.match(text, end) and not _PLACED.search(before):
        return name.is_city or text.startswith((" et al", ", et al"), end)
    if (name.is_city or name.words in _STATES) and _IN_STATES.match(text, end):
        return name.code != "US"
    is_bracketed = _OPENS_BRACKET.search(before) and _CLOSES_BRACKET.match(text, end)
    if is_bracketed and _OFFICE.search(text, 0, mention.start):
        return True
    return _ENVOY.search(before) is not None


def _of_city(text: str, mention: Mention, before: str, *, is_title: bool) -> tuple[int, bool]:
    """Return the strength of a city's name and whether it is bare."""
    behind = text[mention.end :]
    is_part = not is_title and _GOES_ON.match(behind)
    if is_part or not is_of({mention.name.code}, behind):
        return NONE, False
    if _MET.search(before):
        return HINTED, True
    is_first = mention.start < _OPENING_CHARS
    is_unsure = mention.name.is_shared or mention.name.is_persons
    if not is_unsure:
        return (NAMED if is_first or behind.startswith(_POSSESSIVES) else HINTED), False
    if mention.name.is_shared or not _PLACED.search(before):
        return HINTED, not behind.startswith(_POSSESSIVES) or mention.name.is_shared
    return (NAMED if is_first else HINTED), False


@cache
def _names() -> dict[str, tuple[Name, ...]]:
    """Return the names of countries and cities by their first word, the longest first."""
    codes = country_codes()
    names: dict[tuple[str, ...], Name] = {}
    for is_city, table in ((True, time_zone_cities()), (False, country_names())):
        for code in sorted(codes & table.keys()):
            for written in table[code]:
                if spelling := without_namesakes(written.casefold()):
                    words = tuple(_WORD.findall(spelling))
                    is_shared = _SHARED.match(spelling) is not None
                    is_persons = spelling in _PERSONS
                    names[words] = Name(words, code, is_city, is_shared, is_persons)
    by_first: dict[str, list[Name]] = {}
    for words in sorted(names, key=lambda words: (-len(words), words)):
        if not (names[words].is_city and " ".join(words) in _NO_CITIES):
            by_first.setdefault(words[0], []).append(names[words])
    return {first: tuple(listed) for first, listed in by_first.items()}
