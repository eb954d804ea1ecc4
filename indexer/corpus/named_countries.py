"""Reads from a report which countries it deals with, where nobody has said so.

    sentences ─▶ countries that each names, and how ─▶ points by country ─▶ those with enough

What the catalogue says always goes before it (`indexer.corpus.catalogue.describe`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.corpus.catalogue_fields import country_codes
from indexer.corpus.place_mentions import HINTED, NAMED, Mention, Usage, mentions
from indexer.country_cities import ABBREVIATIONS, pattern_of, without_dollars
from indexer.country_names import NamingText, names_country, without_namesakes
from indexer.records import BlockKind, Extraction
from indexer.segmentation.apparatus import apparatus_positions
from indexer.segmentation.sentences import sentence_spans

_ENOUGH, _ENOUGH_BESIDE = 2, 3
"""Points from which on a report deals with a country: those of one sentence, and, beside a country
with `_MAIN` points, of more than one. A row of a table counts as a sentence: its first cell names,
its other cells hint. Where two sentences were asked for everywhere, half of the countries that five
reports say something of were not found. How long a report is tells nothing: a guide of 299 thousand
characters says one sentence of most of its countries."""

_MAIN = 24
"""Points of a country that a report is mainly about: what stands beside it once is in passing."""

_MOST_COUNTRIES = 4
"""Countries of a sentence about them; longer lists are of members, sponsors and votes."""

_ASIDE = {BlockKind.FOOTNOTE, BlockKind.CAPTION}
_ROWS = {BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER}

_ADDRESS_PARTS = ("@", "://", "www.")
_BETWEEN_SPACES = re.compile(r"\S+")
"""Addresses are in small letters, whatever they name: they are no words of the report."""

_VOTE = re.compile(
    r"\W*(?:In favour|Against|Abstaining|A favor|En contra|Contra|Abstenciones|Abstenções) ?:"
)
"""Opens a sentence about who voted how."""

_NAMESAKE = re.compile(r"\bIslamic State (?:in|of) Iraq(?: and (?:the Levant|al-Sham|Syria))?\b")
"""Nobody's country, whatever it is called."""


@dataclass(frozen=True, slots=True)
class _Report:
    """What tells, of a whole report, names from other words.

    Attributes:
        usage: How it uses words that are also names.
        peoples: Codes of the countries that it names in any way.
    """

    usage: Usage
    peoples: tuple[str, ...]

    @classmethod
    def of(cls, text: str, language: str) -> "_Report":
        naming = NamingText.of(text)
        peoples = (code for code in country_codes() if names_country(naming, code))
        return cls(Usage.of(text, language), tuple(sorted(peoples)))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a heading, row or sentence tells of countries.

    Attributes:
        points: By code.
        bare: Codes of those of which it has but a city that is told by nothing, or people met in.
    """

    points: dict[str, int]
    bare: frozenset[str] = frozenset()


def named_countries(
    extraction: Extraction, *, titles: Sequence[str], language: str
) -> tuple[str, ...]:
    """Return the codes of the countries that a report deals with, those it names most first.

    It deals with those that its titles or a heading name, and with those that a sentence names. Two
    sentences are needed that name its people or, further on, a city of it. The bare name of a city
    may be a person's, and people meet anywhere: however often these stand there, they are one hint.
    Sentences that list countries count for none of them, nor do notes, captions and the book's
    apparatus: a country that stands once among the affiliations of an appendix is not dealt with.

    Args:
        extraction: Of the report.
        titles: Its title and subtitle.
        language: ISO 639-1 code of the language that it is in.
    """
    apparatus = apparatus_positions(extraction.blocks)
    blocks = [(BlockKind.HEADING, title) for title in titles] + [
        (block.kind, _without_others(block.text))
        for position, block in enumerate(extraction.blocks)
        if position not in apparatus and block.kind not in _ASIDE
    ]
    report = _Report.of("\n".join(text for _, text in blocks), language)
    points: Counter[str] = Counter()
    bare: set[str] = set()
    for kind, text in blocks:
        for told in _told(kind, text, report):
            points.update(told.points)
            bare |= told.bare
    points.update(dict.fromkeys(bare, HINTED))
    is_on_one = any(n >= _MAIN for n in points.values())
    enough = _ENOUGH_BESIDE if is_on_one else _ENOUGH
    named = (code for code, n in points.items() if n >= enough)
    return tuple(sorted(named, key=lambda code: (-points[code], code)))


def _without_others(text: str) -> str:
    """Return a text without what names no country: addresses, dollars and namesakes."""
    if any(part in text for part in _ADDRESS_PARTS):  # one word at a time: in linear time
        text = _BETWEEN_SPACES.sub(lambda word: "" if _is_address(word[0]) else word[0], text)
    return _NAMESAKE.sub("", without_namesakes(without_dollars(text)))


def _is_address(word: str) -> bool:
    return any(part in word for part in _ADDRESS_PARTS)


def _told(kind: BlockKind, text: str, report: _Report) -> Iterator[_Told]:
    """Yield the points of countries by heading, row or sentence of a block."""
    if kind is BlockKind.HEADING:
        listed = mentions(text, report.usage, is_title=True)
        named = (m.name for m in listed if m.strength == NAMED)
        yield _Told({name.code: NAMED for name in named if not name.is_city})
    elif kind in _ROWS:
        yield _told_by_row(text, report)
    else:
        for span in sentence_spans(text, language=report.usage.language):
            yield _told_by_sentence(span.of(text), report)


def _told_by_row(row: str, report: _Report) -> _Told:
    listed = [m for m in mentions(row, report.usage) if m.strength]
    first_end = row.find(" | ")
    told = [m for m in listed if not m.is_bare]
    return _weighed(
        named={m.name.code for m in told if m.start < first_end and not m.name.is_shared},
        hinted={m.name.code for m in told},
        bare={m.name.code for m in listed if m.is_bare},
    )


def _told_by_sentence(sentence: str, report: _Report) -> _Told:
    if _VOTE.match(sentence):
        return _Told({})
    listed = list(mentions(sentence, report.usage))
    if len({m.name.code for m in listed}) > _MOST_COUNTRIES:
        return _Told({})
    naming = NamingText.of(_without(sentence, listed))
    return _weighed(
        named={m.name.code for m in listed if m.strength == NAMED}
        | {code for code, written in _abbreviations().items() if written.search(sentence)},
        hinted={m.name.code for m in listed if m.strength == HINTED and not m.is_bare}
        | {code for code in report.peoples if names_country(naming, code)},
        bare={m.name.code for m in listed if m.strength == HINTED and m.is_bare},
    )


def _without(sentence: str, listed: Sequence[Mention]) -> str:
    """Return a sentence without the names in it: what still names a country is a people."""
    parts, end = [], 0
    for mention in listed:
        parts.append(sentence[end : mention.start])
        end = mention.end
    return "".join([*parts, sentence[end:]])


def _weighed(*, named: set[str], hinted: set[str], bare: set[str] | None = None) -> _Told:
    bare = (bare or set()) - named - hinted
    if len(named | hinted | bare) > _MOST_COUNTRIES:
        return _Told({})
    return _Told(dict.fromkeys(hinted, HINTED) | dict.fromkeys(named, NAMED), frozenset(bare))


@cache
def _abbreviations() -> dict[str, re.Pattern[str]]:
    return {code: pattern_of(written) for code, written in ABBREVIATIONS.items()}
