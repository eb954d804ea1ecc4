"""Finds what an overview question wants listed: "What are the ten recommendations?".

question ─▶ the kind it asks to be listed ─▶ the things of that kind in one report, in order
         └▶ of a thing that it names: what stands under it, heading by heading or item by item
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.records import BlockKind
from indexer.segmentation.numbered_names import TITLED, kinds_of, numbered_names
from indexer.store.lexical_index import content_words
from indexer.store.protocol import Sentences
from indexer.store.records import NamedRows
from service.answer_options import N_ITEMS
from service.pipeline.candidates import may_be_quoted
from service.pipeline.named_things import (
    NamedThings,
    other_words,
    reports_by_title,
    surroundings,
)
from service.pipeline.number_words import TENS, UNITS, number_of
from service.pipeline.searchable_texts import SearchableTexts
from service.records import Question

_MIN_ITEMS = 2
_MOST_REPORTS = 50
"""Reports that are read for a list at most: each of them may number its recommendations."""

_NO_ADJECTIVE = "do|does|did|is|are|was|were|has|have|had|can|the|a|an|in|of|on|for|and|or|to|about"
_COUNT = "|".join((*UNITS, *TENS))
_WANTED = re.compile(
    r"(?:^|[.?!,;] )(?:(?:what|which) (?:are|were) (?:all )?(?:the|its|their)"
    r"|(?:please )?(?:list|name|enumerate|give|show|outline)(?: me)?(?: all)?(?: of)?(?: the)?"
    r"|(?P<bare>what|which))"
    rf" (?P<count>(?:{_COUNT}|\d{{1,2}}) )?(?:(?!(?:{_NO_ADJECTIVE})\b)\w+ ){{0,2}}?"
    r"(?P<kind>[^\W\d_]{3,}s)\b",
    re.IGNORECASE,
)
_LISTING = "main key all list full order follow contain include give report document guide paper"
"""Words of an overview question that say nothing about what is listed."""


def with_items(
    named: NamedThings, question: Question, english: str, texts: SearchableTexts
) -> NamedThings:
    """Return what a question names, with the items that it wants listed if it asks for a list.

    Args:
        named: What it names.
        question: In its own language.
        english: Its text in the language of the texts.
        texts: Where to look.
    """
    wanted = _WANTED.search(english)
    if wanted is None or named.missing:
        return named
    numbered = _numbered(wanted, named, question, texts)
    items = _of_one_report(numbered, wanted, english, texts.sentences)
    if (
        not items
        and not wanted["bare"]
        and named.places
        and not _asks_more(wanted, english, named, texts.sentences)
    ):
        items = _parts(named.places[0], texts.sentences)
    if len(items) < _MIN_ITEMS:
        return named
    items = items[:N_ITEMS]  # no more are quoted, and each wants two passages
    return replace(named, places=items, items=items, asks_itself=True)


def _numbered(
    wanted: re.Match[str], named: NamedThings, question: Question, texts: SearchableTexts
) -> list[NamedRows]:
    """Return the things of the wanted kind; where a question names a thing, those in it."""
    things = [
        thing
        for kind in sorted(kinds_of(wanted["kind"]))
        for thing in texts.numbers_of(kind, question.filters)
    ]
    if not named.places:
        return things
    return [thing for thing in things if any(_is_in(thing, place) for place in named.places)]


def _is_in(thing: NamedRows, place: NamedRows) -> bool:
    return place.first < thing.first and thing.last <= place.last


def _of_one_report(
    things: Sequence[NamedRows], wanted: re.Match[str], english: str, sentences: Sentences
) -> tuple[NamedRows, ...]:
    """Return the things of the report that has as many as are asked for, in the order of number.

    Of two reports the one counts whose title and headings have more of the question's words.
    """
    reports = reports_by_title((thing.first for thing in things), english, sentences)
    likely = frozenset(reports[:_MOST_REPORTS])
    by_report: dict[int, dict[str, NamedRows]] = defaultdict(dict)
    for thing in things:
        if sentences.sentence_document(thing.first) not in likely:
            continue
        if (item := _telling(thing, sentences)) is not None:
            by_report[sentences.sentence_document(item.first)].setdefault(item.key, item)
    lists = [tuple(sorted(named.values(), key=_order)) for named in by_report.values()]
    count = _count(wanted)
    lists = [things for things in lists if count is None or len(things) == count]
    lists = [things for things in lists if not _left(wanted, english, things[0], sentences)]
    return max(lists, key=len, default=())


def _telling(thing: NamedRows, sentences: Sentences) -> NamedRows | None:
    """Return the title of a thing, or the first sentence under it if that is but its name."""
    if _says_more_than_its_name(thing.first, sentences):
        return replace(thing, last=thing.first)
    stating = (row for row in thing.rows[1:] if may_be_quoted(sentences, row))
    row = next(stating, None)
    return None if row is None else replace(thing, first=row, last=row)


def _says_more_than_its_name(row: int, sentences: Sentences) -> bool:
    """Tell whether a sentence that opens with a name has words beside it."""
    text = sentences.sentence_text(row)
    names = numbered_names(text)
    rest = text[names[0].span.end :] if names else text
    return sum(map(str.isalpha, rest)) > 1


def _order(thing: NamedRows) -> tuple[list[tuple[int, str]], int]:
    parts = re.split(r"[./]", thing.key.split(" ", 1)[1])
    return [(int(part) if part.isdigit() else 0, part) for part in parts], thing.first


def _count(wanted: re.Match[str]) -> int | None:
    return number_of((wanted["count"] or "").strip())


def _left(
    wanted: re.Match[str], english: str, thing: NamedRows, sentences: Sentences
) -> frozenset[str]:
    """Return the words of a question that neither ask for the list nor stand around a thing."""
    said = f"{wanted['kind']} {wanted['count'] or ''} {_LISTING} {surroundings(thing, sentences)}"
    return other_words(english) - frozenset(content_words(said, language="en"))


def _asks_more(
    wanted: re.Match[str], english: str, named: NamedThings, sentences: Sentences
) -> bool:
    return bool(_left(wanted, english, named.places[0], sentences))


def _parts(place: NamedRows, sentences: Sentences) -> tuple[NamedRows, ...]:
    """Return the headings right under a thing, or else the items of its lists."""
    path = sentences.sentence_block(place.first).headings
    rows = [row for row in place.rows[1:] if not sentences.sentence_block(row).is_apparatus]
    headings = [
        row
        for row in rows
        if (block := sentences.sentence_block(row)).kind is BlockKind.HEADING
        and _says_more_than_its_name(row, sentences)
        and len(block.headings) == len(path) + 1
    ]
    items = [
        row
        for row in rows
        if sentences.sentence_block(row).kind is BlockKind.LIST_ITEM
        and may_be_quoted(sentences, row)
        and not sentences.is_same_block(row - 1, row)
    ]
    return _as_things(headings if len(headings) >= _MIN_ITEMS else items)


def _as_things(rows: Iterable[int]) -> tuple[NamedRows, ...]:
    return tuple(NamedRows(TITLED, row, row, is_mention=False) for row in rows)
