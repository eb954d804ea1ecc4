"""Finds headings that are set like the body: only what stands around them tells what they are."""

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.extraction.layout.groups import Group
from indexer.extraction.text_cleaning import is_title
from indexer.records import BlockKind

_NUMBERED = re.compile(r"(?P<number>\d{1,2})\.\s+\S")
_MAX_LINES = 4
_MAX_WORDS = 40
_NOTES_TITLE = re.compile(
    r"(?:end|foot)?notes|references|notas(?: finales| finais| al final)?|referencias|referências",
    re.IGNORECASE,
)
_FIRST_NOTE = re.compile(r"(?:[-•]\s+)?\[?[1¹][\].)]?\s")


def lost_numbered_headings(groups: Sequence[Group]) -> dict[int, Group]:
    """Return, by id, the groups that go on with a run of numbered headings: ``1.``, ``2.``, ``3.``.

    The value is the last heading of the run that is set as one, of which there must be two at
    least. A list inside a section begins anew, so that an item ``3.`` follows on an item ``2.``.
    """
    set_as_headings = {
        (_number(group), group.size, group.bold)
        for group in groups
        if group.kind is BlockKind.HEADING
    }
    latest: dict[int, Group] = {}
    found: dict[int, Group] = {}
    for above, group in pairwise(groups):
        if number := _number(above):
            latest[number] = above
        number = _number(group)
        before = latest.get(number - 1)
        if before is None or before is above or not _may_be_heading(group):
            continue
        leader = before if before.kind is BlockKind.HEADING else found.get(id(before))
        if leader and _is_run(leader, number, set_as_headings):
            found[id(group)] = leader
    return found


def is_title_of_notes(group: Group, below: Group) -> bool:
    """Tell whether ``group`` is a lone word such as ``References`` above the first note."""
    is_alone = group.kind is BlockKind.PARAGRAPH and len(group.lines) == 1
    if not is_alone or not _NOTES_TITLE.fullmatch(group.text.strip(" .:")):
        return False
    return below.kind is BlockKind.FOOTNOTE and bool(_FIRST_NOTE.match(below.text))


def _is_run(leader: Group, number: int, set_as_headings: set[tuple[int, float, bool]]) -> bool:
    """Tell whether a second heading set like ``leader`` stands in the run around ``number``."""
    others = {_number(leader) - 1, number + 1} - {0}
    return any((other, leader.size, leader.bold) in set_as_headings for other in others)


def _may_be_heading(group: Group) -> bool:
    is_short = len(group.lines) <= _MAX_LINES
    is_plain = group.kind is BlockKind.PARAGRAPH and is_short
    return is_plain and is_title(group.text, max_words=_MAX_WORDS)


def _number(group: Group) -> int:
    """Return the number that ``group`` begins with, or 0."""
    match = _NUMBERED.match(group.text)
    return int(match["number"]) if match else 0
