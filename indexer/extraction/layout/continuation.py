"""Joins what a column, a page, a caption or a note broke in two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.extraction.layout.endings import has_open_bracket, is_ended
from indexer.extraction.layout.groups import Group
from indexer.extraction.layout.lines import Line
from indexer.extraction.text_cleaning import split_bullet
from indexer.records import BlockKind

_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING})
_PASSED_OVER = frozenset({BlockKind.CAPTION, BlockKind.FOOTNOTE})
_SAME_SIZE = 0.06
_MIN_WORDS = 9
_MAX_BETWEEN = 5
_DANGLING = re.compile(
    r"\b(?:a|an|and|as|at|by|for|from|in|of|on|or|that|the|their|to|which|with|al|con|de|del|e|el|em|en"
    r"|la|las|los|o|os|para|por|que|su|sus|un|una|y|da|das|do|dos|na|no|um|uma),?",
    re.IGNORECASE,
)
_LINKING = re.compile(
    r"(?:and|or|as|by|for|from|in|of|on|than|that|to|which|with|de|en|para|por|que|y)\b"
)
_DASH = re.compile(r"\s[-–—]\s")


def join_interrupted(groups: Sequence[Group]) -> list[Group]:
    """Return ``groups`` with every paragraph whole that goes on further down.

    A paragraph or list item that stops without an end takes in the plain paragraph behind it, past
    captions and notes, which then stand behind the whole.
    """
    whole: list[Group] = []
    for at, group in enumerate(groups):
        begun = _begun(whole)
        following = groups[at + 1] if at + 1 < len(groups) else None
        if begun and (_continues(begun, group) or _is_parted(begun, group, following)):
            begun.lines.extend(_without_marker(begun, group))
            begun.right = group.right
        else:
            whole.append(group)
    return whole


def _without_marker(begun: Group, group: Group) -> list[Line]:
    """Return the lines of ``group``; two items that are one sentence keep one marker."""
    first, *others = group.lines
    item = split_bullet(first.text)
    if item and item[1] and begun.kind is group.kind is BlockKind.LIST_ITEM:
        first = replace(first, text=item[1])
    return [first, *others]


def _begun(groups: Sequence[Group]) -> Group | None:
    """Return the last running text, if only a few captions and notes have come since."""
    for group in reversed(groups[-_MAX_BETWEEN - 1 :]):
        if group.kind in _RUNNING:
            return group
        if group.kind not in _PASSED_OVER:
            return None
    return None


def _continues(begun: Group, group: Group) -> bool:
    """Tell whether ``group`` is the rest of ``begun``."""
    if group.kind is not BlockKind.PARAGRAPH or split_bullet(group.text):
        return False
    last, first = begun.lines[-1], group.lines[0]
    if abs(last.size - first.size) > _SAME_SIZE * last.size:
        return False
    if begun.kind is BlockKind.HEADING:
        is_open = _is_moved(last, first) or _ends_in_preposition(last)
        return last.bold == first.bold and _is_lower(first) and is_open
    return _reads_on(begun, first)


def _reads_on(begun: Group, first: Line) -> bool:
    """Tell whether a sentence that ``begun`` leaves open goes on with ``first``.

    A small letter is the surest sign. Before a capital the last line must end in a word that cannot
    end a sentence, leave a bracket open that ``first`` closes, have ``first`` right beside it, or
    be a full one at the end of its column.
    """
    last = begun.lines[-1]
    is_prose = len(begun.text.split()) >= _MIN_WORDS
    is_moved = _is_moved(last, first)
    if is_prose and _ends_in_preposition(last):
        return True
    if is_ended(last.text):
        return _is_lower(first) and is_moved and begun.is_full and last.text.endswith(".")
    if _is_lower(first):
        return is_moved or begun.is_full or is_prose
    if is_prose and (_closes_bracket(begun, first) or _is_beside(last, first)):
        return True
    return is_moved and begun.is_full and is_prose


def _is_parted(begun: Group, group: Group, following: Group | None) -> bool:
    """Tell whether ``group`` looks like a list item and is the rest of the sentence in ``begun``.

    Two slips of typesetters: a sentence cut in two items, the second of which begins small among
    items that begin with capitals; and a lone dash at the start of a line that parts an aside from
    the sentence, with a second dash further on.
    """
    item = split_bullet(group.text) if group.kind is BlockKind.LIST_ITEM else None
    if not item or item[0] != "- " or not item[1][:1].islower():
        return False
    last, first = begun.lines[-1], group.lines[0]
    is_open = not is_ended(last.text) and not last.text.endswith(",")
    if not is_open or len(begun.text.split()) < _MIN_WORDS or abs(last.size - first.size) > 1:
        return False
    if begun.kind is BlockKind.LIST_ITEM:
        start = split_bullet(begun.text)
        same_mark = bool(start) and begun.text[:1] == group.text[:1]
        return bool(start and same_mark and start[1][:1].isupper() and _LINKING.match(item[1]))
    is_lone = following is None or following.kind is not BlockKind.LIST_ITEM
    return begun.kind is BlockKind.PARAGRAPH and is_lone and bool(_DASH.search(item[1]))


def _closes_bracket(begun: Group, first: Line) -> bool:
    """Tell whether ``first`` ends the bracket that ``begun`` leaves open in its last line."""
    return has_open_bracket(begun.lines[-1].text) and ")" in first.text.split("(", 1)[0]


def _is_beside(last: Line, first: Line) -> bool:
    """Tell whether ``first`` stands on the line of ``last``, a wide space further on."""
    gap = first.x0 - last.x1
    return last.page == first.page and last.y == first.y and 0 <= gap <= 1.5 * last.size


def _ends_in_preposition(line: Line) -> bool:
    return bool(_DANGLING.fullmatch(line.text.rsplit(maxsplit=1)[-1]))


def _is_lower(line: Line) -> bool:
    return line.text.lstrip("\"“‘'(—– ")[:1].islower()


def _is_moved(last: Line, first: Line) -> bool:
    """Tell whether ``first`` stands on another page or in another column than ``last``."""
    return last.page != first.page or first.y > last.y


def with_notes(groups: Sequence[Group], asides: dict[int, list[Group]]) -> Iterator[Group]:
    """Yield ``groups``, and what stands aside on a page behind the last block begun there.

    Args:
        groups: The running text, in order.
        asides: Notes and sideways text by physical page.
    """
    waiting = sorted(asides)
    for group in groups:
        while waiting and waiting[0] < group.lines[0].page:
            yield from asides[waiting.pop(0)]
        yield group
    for page in waiting:
        yield from asides[page]
