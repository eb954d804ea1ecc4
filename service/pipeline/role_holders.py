"""Finds who played the part that a question asks for, where a list says so and no sentence.

"Who organised the session?" ─▶ the role ─▶ labels of it in the nearest reports ("Organizers")
    ─▶ those of what the question is about ─▶ the names there are asked for, as a thing by its name
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from indexer.records import BlockKind
from indexer.store.protocol import Sentences
from indexer.store.records import NamedRows
from service.pipeline.asked_person import (
    LONGEST_NAME,
    AskedPerson,
    stems_near,
    stems_of_opening,
    stems_of_title,
)
from service.pipeline.named_things import NamedThings
from service.pipeline.question import content_stems
from service.pipeline.retrieval import Retrieved
from service.pipeline.role_labels import rows_of_report
from service.pipeline.roles import Role, label_of
from service.pipeline.searchable_texts import SearchableTexts
from service.records import count_words

_MOST_REPORTS = 4
"""Reports that are looked through for a label."""

_MOST_NAMES, _MOST_WORDS = 200, 90
"""Lines below a label that are looked through, and words that are quoted of them."""

_LONG_LIST = 6
"""Lines from which on only those are quoted that have words of the question."""

_NO_NAMES = frozenset({BlockKind.HEADING, BlockKind.CAPTION, BlockKind.FOOTNOTE})
_BEGINS_OTHER = re.compile(r"\s*(?:\d|[^:|]{2,40}:(?:\s|\Z))")


def with_role_holders(
    named: NamedThings,
    person: AskedPerson | None,
    retrieved: Retrieved,
    texts: SearchableTexts,
) -> NamedThings:
    """Return what a question names, or else the names of those who play the part it asks for.

    Args:
        named: What it names.
        person: Whom the question asks for; ``None`` for nobody.
        retrieved: What was found for it: labels are looked for in the nearest reports.
        texts: What was searched.
    """
    if named.places or named.missing or person is None or person.role is None:
        return named
    sentences = texts.sentences
    reports = _nearest_reports(retrieved, sentences)
    by_role = (
        [counted for report in reports for counted in _places_in(report, role, person, texts)]
        for role in person.roles
    )
    found = next(filter(None, by_role), [])
    most = max((n_near for _, n_near in found), default=0)
    places = tuple(place for place, n_near in found if n_near == most)
    n_reports = len({sentences.sentence_document(place.first) for place in places})
    if not places or (not person.words and n_reports > 1):
        return named
    return replace(named, places=places, asks_itself=True, is_whole=True)


def _nearest_reports(retrieved: Retrieved, sentences: Sentences) -> list[int]:
    """Return the positions of the nearest reports, nearest first."""
    reports: dict[int, None] = {}
    scored = retrieved.sentences
    by_passage = sorted(zip(map(int, scored.passages), map(int, scored.rows), strict=True))
    for _, row in by_passage:
        reports.setdefault(sentences.sentence_document(row))
        if len(reports) == _MOST_REPORTS:
            break
    return list(reports)


def _places_in(
    report: int, role: Role, person: AskedPerson, texts: SearchableTexts
) -> Iterator[tuple[NamedRows, int]]:
    """Yield what a report tells of the role, each with how many words stand close to it."""
    labels, sentences = texts.role_labels(report).get(role.name, ()), texts.sentences
    if not labels:
        return
    opening = stems_of_opening(rows_of_report(labels[0], sentences), sentences)
    for label in labels:
        names = [*_names(label, sentences)]
        if not names:
            continue
        title, near = stems_of_title(label, sentences), stems_near(label, sentences)
        known = (title, title | near, title | near | opening)
        found = (_with_all(person.words - words, names, sentences) for words in known)
        own = next(filter(None, found), [])
        n_near = len(person.words & near)
        for row in own:
            yield _thing(role, row, row), n_near
        if not own and person.is_about(title | near | opening):
            yield _thing(role, label, _last_quoted(label, names, sentences)), n_near


def _with_all(words: frozenset[str], rows: Sequence[int], sentences: Sentences) -> list[int]:
    """Return those rows of a long list that have all of some words: who came from a place."""
    if not words or len(rows) < _LONG_LIST:
        return []
    return [row for row in rows if words <= content_stems(sentences.sentence_text(row))]


def _names(label: int, sentences: Sentences) -> Iterator[int]:
    """Yield the rows of the names that a label is for."""
    found = label_of(sentences.sentence_text(label))
    if found is None:
        return
    if not found.is_bare:
        yield label
        yield from takewhile(
            lambda row: sentences.is_same_block(label, row),
            range(label + 1, sentences.n_sentences),
        )
        return
    rows = range(label + 1, min(label + 1 + _MOST_NAMES, sentences.n_sentences))
    if sentences.sentence_block(label).kind is BlockKind.HEADING:
        under = takewhile(lambda row: _is_under(row, label, sentences), rows)
        yield from (row for row in under if label_of(sentences.sentence_text(row)) is None)
        return
    below = [*takewhile(lambda row: _is_name(row, label, sentences), rows)]
    if found.has_stop or _are_listed(below, sentences):
        yield from below


def _is_under(row: int, heading: int, sentences: Sentences) -> bool:
    """Tell whether a line stands right under a heading, and under no other below it."""
    return (
        sentences.sentence_document(row) == sentences.sentence_document(heading)
        and sentences.sentence_block(row).headings == sentences.sentence_block(heading).headings
    )


def _is_name(row: int, label: int, sentences: Sentences) -> bool:
    """Tell whether a line may be a name below a label, and neither text nor another label."""
    block, text = sentences.sentence_block(row), sentences.sentence_text(row)
    first = sentences.sentence_block(label + 1)
    return (
        sentences.sentence_document(row) == sentences.sentence_document(label)
        and block.kind is first.kind
        and block.headings == first.headings
        and block.kind not in _NO_NAMES
        and not block.is_apparatus
        and len(text.split()) <= LONGEST_NAME
        and not _BEGINS_OTHER.match(text)
    )


def _are_listed(rows: Sequence[int], sentences: Sentences) -> bool:
    """Tell whether lines below a word without a colon are a list or a table."""
    kinds = {sentences.sentence_block(row).kind for row in rows}
    return bool(kinds) and kinds <= {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}


def _last_quoted(label: int, names: Sequence[int], sentences: Sentences) -> int:
    """Return the last row that is quoted with a label; its first name always is."""
    last, n_words = label, 0
    for row in names:
        n_words += count_words([sentences.sentence_text(row)])
        if n_words > _MOST_WORDS and last > label:
            break
        last = row
    return last


def _thing(role: Role, first: int, last: int) -> NamedRows:
    return NamedRows(f"{role.name} {first}", first, last, is_mention=False)
