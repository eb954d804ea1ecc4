"""Joins what a column, a page, a caption or a note broke in two."""

import re
from collections.abc import Iterator, Sequence

from indexer.reading.cleaning import ends_sentence, split_bullet
from indexer.reading.layout.groups import Group
from indexer.reading.layout.lines import Line
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


def join_interrupted(groups: Sequence[Group]) -> list[Group]:
    """Return ``groups`` with every paragraph whole that goes on further down.

    A paragraph or list item that stops without an end takes in the plain paragraph behind it, past
    captions and notes, which then stand behind the whole.
    """
    whole: list[Group] = []
    for group in groups:
        begun = _begun(whole)
        if begun is not None and _continues(begun, group):
            begun.lines.extend(group.lines)
            begun.right = group.right
        else:
            whole.append(group)
    return whole


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
    end a sentence, or be a full one at the end of its column.
    """
    last = begun.lines[-1]
    is_prose = len(begun.text.split()) >= _MIN_WORDS
    is_moved = _is_moved(last, first)
    if is_prose and _ends_in_preposition(last):
        return True
    if ends_sentence(last.text):
        return _is_lower(first) and is_moved and begun.is_full and last.text.endswith(".")
    if _is_lower(first):
        return is_moved or begun.is_full or is_prose
    return is_moved and begun.is_full and is_prose


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
