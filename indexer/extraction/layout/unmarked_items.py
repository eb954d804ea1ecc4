"""Finds lists whose markers are drawings, as browsers print them: items without a sign of text."""

from collections.abc import Iterator, Sequence

from indexer.extraction.layout.groups import Group
from indexer.records import BlockKind

_INDENT = 0.8  # of the font size
_FLUSH = 1.0  # points
_MAX_ITEM = 300
_MIN_ITEMS = 2


def mark_unmarked_items(groups: Sequence[Group]) -> None:
    """Make list items of the paragraphs that a colon announces and that stand indented under it.

    They are two or more, flush with each other, and all but the last end with a semicolon or comma.
    """
    for lead, items in _announced(groups):
        first = lead.lines[-1]
        is_indented = items[0].lines[0].x0 - first.x0 > _INDENT * first.size
        is_list = all(item.text.endswith((";", ",", "; and", "; or")) for item in items[:-1])
        if is_indented and is_list:
            for item in items:
                item.kind = BlockKind.LIST_ITEM


def _announced(groups: Sequence[Group]) -> Iterator[tuple[Group, list[Group]]]:
    """Yield each group that ends with a colon and the flush paragraphs right under it."""
    for at, lead in enumerate(groups):
        if lead.kind is BlockKind.PARAGRAPH and lead.text.endswith(":"):
            items: list[Group] = []
            for group in groups[at + 1 :]:
                if not _is_item(group, items):
                    break
                items.append(group)
            items = _up_to_last(items)
            if len(items) >= _MIN_ITEMS:
                yield lead, items


def _is_item(group: Group, items: Sequence[Group]) -> bool:
    is_flush = not items or abs(group.lines[0].x0 - items[0].lines[0].x0) <= _FLUSH
    return group.kind is BlockKind.PARAGRAPH and is_flush and len(group.text) <= _MAX_ITEM


def _up_to_last(items: Sequence[Group]) -> list[Group]:
    """Return the items up to the first that ends like a sentence."""
    kept: list[Group] = []
    for item in items:
        kept.append(item)
        if item.text.endswith((".", "!", "?")):
            break
    return kept
