"""Reads from a report which countries it deals with, where nobody has said so.

    sentences ─▶ countries that each names, and how ─▶ points by country ─▶ those with enough

What the catalogue says always goes before it (`indexer.corpus.catalogue.describe`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from indexer.corpus.catalogue_fields import country_codes
from indexer.country_cities import (
    ABBREVIATIONS,
    is_of,
    pattern_of,
    time_zone_cities,
    without_dollars,
)
from indexer.country_names import NamingText, country_names, names_country, without_namesakes
from indexer.records import BlockKind, Extraction
from indexer.segmentation.apparatus import apparatus_positions
from indexer.segmentation.sentences import sentence_spans

_ENOUGH = 2
"""Points from which on a report deals with a country: those of one sentence. Where two sentences
were asked for, half of the countries that five reports say something of were not found."""

_NAMED, _HINTED = 2, 1
"""Points of a sentence that names a country, and of one that names its people, or a city of it
further on. A row of a table is about what its first cell names; its other cells hint."""

_MOST_COUNTRIES = 4
"""Countries of a sentence about them; longer lists are of members, sponsors and votes."""

_OPENING_CHARS = 30
"""Where a city that a sentence is about begins at most: "In Amsterdam", "- The city of Lisbon"."""

_POSSESSIVES = ("’s", "'s")

_ASIDE = {BlockKind.FOOTNOTE, BlockKind.CAPTION}
_ROWS = {BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER}
_WORD = re.compile(r"[^\W_]+")
_MOST_BETWEEN = 3
"""Signs and spaces between two words of a name at most: "Congo (Kinshasa)"."""

_GOES_ON = re.compile(r"[ -][^\W\d_a-zà-ÿ]|-based\b|,? \d{1,2}(?:[–-]\d{1,2})? [^\W\d_a-zà-ÿ]")
"""Behind a name: it is part of another one, as in "Paris Agreement", or the place of a date."""

_SHARED = re.compile(r"(?:san|santa|santo|saint|são|st)\b|(?:guadalupe|maur[ií]cio|montserrat)$")
"""Names of countries, in one of our languages, that people and towns of many others have."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a country or of a city.

    Attributes:
        words: In lower case.
        code: Of the country.
        is_city: Whether it is a city's.
        is_shared: Whether people and towns of other countries have it; it never does but hint.
    """

    words: tuple[str, ...]
    code: str
    is_city: bool
    is_shared: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where a text has a name, from its first character to behind the last one."""

    name: _Name
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Report:
    """What tells, of a whole report, names from other words.

    Attributes:
        language: ISO 639-1 code.
        peoples: Codes of the countries that it names in any way.
        small_words: Words that it writes without a capital: "oral" is no city in Kazakhstan.
    """

    language: str
    peoples: tuple[str, ...]
    small_words: frozenset[str]

    @classmethod
    def of(cls, text: str, language: str) -> "_Report":
        naming = NamingText.of(text)
        return cls(
            language,
            tuple(sorted(code for code in country_codes() if names_country(naming, code))),
            frozenset(word for word in _WORD.findall(text) if word.islower()),
        )


def named_countries(
    extraction: Extraction, *, titles: Sequence[str], language: str
) -> tuple[str, ...]:
    """Return the codes of the countries that a report deals with, those it names most first.

    It deals with those that its titles or a heading name, and with those that a sentence names. Two
    sentences are needed that name its people or, further on, a city of it. Sentences that list
    countries count for none of them, nor do notes, captions and the book's apparatus: a country
    that stands once among the affiliations of an appendix is not dealt with.

    Args:
        extraction: Of the report.
        titles: Its title and subtitle.
        language: ISO 639-1 code of the language that it is in.
    """
    apparatus = apparatus_positions(extraction.blocks)
    blocks = [(BlockKind.HEADING, title) for title in titles] + [
        (block.kind, without_namesakes(without_dollars(block.text)))
        for position, block in enumerate(extraction.blocks)
        if position not in apparatus and block.kind not in _ASIDE
    ]
    report = _Report.of("\n".join(text for _, text in blocks), language)
    points: Counter[str] = Counter()
    for kind, text in blocks:
        for told in _told(kind, text, report):
            points.update(told)
    enough = (code for code, n in points.items() if n >= _ENOUGH)
    return tuple(sorted(enough, key=lambda code: (-points[code], code)))


def _told(kind: BlockKind, text: str, report: _Report) -> Iterator[dict[str, int]]:
    """Yield the points of countries by heading, row or sentence of a block."""
    if kind is BlockKind.HEADING:
        mentions = _mentions(text, report, is_title=True)
        yield {m.name.code: _NAMED for m in mentions if not (m.name.is_city or m.name.is_shared)}
    elif kind in _ROWS:
        yield _told_by_row(text, report)
    else:
        for span in sentence_spans(text, language=report.language):
            yield _told_by_sentence(span.of(text), report)


def _told_by_row(row: str, report: _Report) -> dict[str, int]:
    mentions = _mentions(row, report)
    first_end = row.find(" | ")
    return _weighed(
        named={m.name.code for m in mentions if m.start < first_end and not m.name.is_shared},
        hinted={m.name.code for m in mentions},
    )


def _told_by_sentence(sentence: str, report: _Report) -> dict[str, int]:
    mentions = _mentions(sentence, report)
    naming = NamingText.of(sentence)
    return _weighed(
        named={m.name.code for m in mentions if _is_subject(sentence, m)}
        | {code for code, written in _abbreviations().items() if written.search(sentence)},
        hinted={m.name.code for m in mentions}
        | {code for code in report.peoples if names_country(naming, code)},
    )


def _is_subject(sentence: str, mention: _Mention) -> bool:
    """Tell whether a sentence is about a place.

    It is about a city that it opens with, or of which it says what is the city's.
    """
    name = mention.name
    if name.is_city:
        is_first = mention.start < _OPENING_CHARS
        return is_first or sentence[mention.end :].startswith(_POSSESSIVES)
    return not name.is_shared


def _weighed(*, named: set[str], hinted: set[str]) -> dict[str, int]:
    if len(named | hinted) > _MOST_COUNTRIES:
        return {}
    return dict.fromkeys(hinted, _HINTED) | dict.fromkeys(named, _NAMED)


def _mentions(text: str, report: _Report, *, is_title: bool = False) -> list[_Mention]:
    """Return where a text names countries and cities, with a capital, the longest names first.

    Args:
        text: One sentence, row or heading.
        report: The whole that it is from.
        is_title: Whether other words may have a capital, too.
    """
    words = list(_WORD.finditer(text))
    mentions: list[_Mention] = []
    end = 0
    for position, word in enumerate(words):
        if word.start() < end or not word[0][0].isupper():
            continue
        mention = _mention_at(words, position)
        if mention is None:
            continue
        end = mention.end
        if _is_place(text, mention, report) and (is_title or not _GOES_ON.match(text, end)):
            mentions.append(mention)
    return mentions


def _mention_at(words: Sequence[re.Match[str]], position: int) -> _Mention | None:
    """Return the longest name that begins with the word at ``position``, or ``None``."""
    for name in _names().get(words[position][0].casefold(), ()):
        parts = words[position : position + len(name.words)]
        if tuple(part[0].casefold() for part in parts) == name.words and all(
            after.start() - before.end() <= _MOST_BETWEEN for before, after in pairwise(parts)
        ):
            return _Mention(name, parts[0].start(), parts[-1].end())
    return None


def _is_place(text: str, mention: _Mention, report: _Report) -> bool:
    name = mention.name
    if len(name.words) == 1 and name.words[0] in report.small_words:
        return False
    return not name.is_city or is_of({name.code}, text[mention.end :])


@cache
def _abbreviations() -> dict[str, re.Pattern[str]]:
    return {code: pattern_of(written) for code, written in ABBREVIATIONS.items()}


@cache
def _names() -> dict[str, tuple[_Name, ...]]:
    """Return the names of countries and cities by their first word, the longest first."""
    codes = country_codes()
    names: dict[tuple[str, ...], _Name] = {}
    for is_city, table in ((True, time_zone_cities()), (False, country_names())):
        for code in sorted(codes & table.keys()):
            for written in table[code]:
                if spelling := without_namesakes(written.casefold()):
                    words = tuple(_WORD.findall(spelling))
                    is_shared = not is_city and _SHARED.match(spelling) is not None
                    names[words] = _Name(words, code, is_city, is_shared)
    by_first: dict[str, list[_Name]] = {}
    for words in sorted(names, key=lambda words: (-len(words), words)):
        by_first.setdefault(words[0], []).append(names[words])
    return {first: tuple(listed) for first, listed in by_first.items()}
