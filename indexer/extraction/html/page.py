"""HTML → blocks: the main text of a page, without its navigation, forms and scripts.

bytes ─▶ decoded ─▶ parsed ─▶ furniture off ─▶ walked in document order ─▶ blocks
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from indexer.errors import Reason, UnreadableError
from indexer.extraction.decoding import decode
from indexer.extraction.html.elements import BLOCKS, HEADINGS, NOT_TEXT
from indexer.extraction.html.main_text import drop_unseen, main_text
from indexer.extraction.html.panels import ENDS
from indexer.extraction.html.tables import definition_blocks, is_data_table, table_blocks
from indexer.extraction.list_markers import BULLET, list_marker
from indexer.extraction.table_rows import with_captions
from indexer.extraction.text_cleaning import clean
from indexer.extraction.unseen_text import unseen_note
from indexer.records import BlockKind, Extraction, TextBlock

MAX_BYTES = 64 * 1024 * 1024
"""Pages beyond this size are data dumps, and parsing one takes twenty times its size."""

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_MAX_ANCESTORS = 40


def extract_html(data: bytes) -> Extraction:
    """Read the main text of a web page.

    Raises:
        UnreadableError: ``NO_TEXT`` for a page without words, ``TOO_LARGE`` beyond `MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            Reason.TOO_LARGE, f"the page has more than {MAX_BYTES >> 20} MiB; split it"
        )
    declared = _DECLARED.search(data[:4096])
    soup = _parsed(decode(data, declared=declared[1].decode("ascii") if declared else None))
    title = clean(soup.title.get_text()) if soup.title else ""
    n_unseen = drop_unseen(soup)
    blocks = _blocks(main_text(soup))
    if not blocks:
        raise UnreadableError(
            Reason.NO_TEXT,
            "the page has no text of its own; save it from the browser after loading",
        )
    return Extraction(blocks, title=title or None, notes=unseen_note(n_unseen))


def html_blocks(markup: str) -> tuple[TextBlock, ...]:
    """Return the blocks of a piece of HTML, such as one inside a Markdown file; maybe none."""
    soup = _parsed(markup)
    drop_unseen(soup)
    return _blocks(soup)


def _parsed(markup: str) -> BeautifulSoup:
    # Without `huge_tree` the parser takes a comment of more than 10 MB for text.
    return BeautifulSoup(markup.replace("\0", ""), "lxml", huge_tree=True)


@dataclass(slots=True)
class _Flow:
    """Text gathered since the last block boundary, and what it will be.

    Attributes:
        pieces: The text so far.
        marker: What stands before the list item that was opened last, until it is used.
        numbers: Number of the last item of each ordered list, by the list's identity.
        ended: Level from which on headings have ended, until the next block; 0 for none.
    """

    pieces: list[str] = field(default_factory=list)
    marker: str = ""
    numbers: dict[int, int] = field(default_factory=dict)
    ended: int = 0

    def next_marker(self, item: Tag) -> str:
        """Return what the page shows before a list item: a dash, or its number."""
        listed = item.find_parent(["ol", "ul", "menu", "dir"])
        if listed is None or listed.name != "ol":
            return BULLET
        last = self.numbers.get(id(listed), (_start(listed, "start") or 1) - 1)
        self.numbers[id(listed)] = _start(item, "value") or last + 1
        return list_marker(self.numbers[id(listed)], str(listed.get("type") or "1"))

    def flush(self, around: Tag) -> Iterator[TextBlock]:
        """Yield what was gathered inside ``around`` as a block, if it has words."""
        text = clean("".join(self.pieces))
        self.pieces.clear()
        if not any(map(str.isalnum, text)):
            return
        kind, level = _kind(around)
        if kind is BlockKind.LIST_ITEM:
            kind = kind if self.marker else BlockKind.PARAGRAPH
            text = self.marker + text
        self.marker = ""
        yield self.placed(TextBlock(kind, text, level=level))

    def placed(self, block: TextBlock) -> TextBlock:
        """Return ``block``, ending the headings that have ended before it."""
        ended, self.ended = self.ended, 0
        return block if block.kind is BlockKind.HEADING else replace(block, level=ended)


def _blocks(root: Tag) -> tuple[TextBlock, ...]:
    return with_captions(_walk(root))


def _walk(root: Tag) -> Iterator[TextBlock]:
    """Yield blocks in document order, without recursion: pages nest as deep as they like."""
    flow = _Flow()
    pending: list[tuple[object, bool]] = [(root, False)]
    while pending:
        node, is_closing = pending.pop()
        if isinstance(node, NavigableString) and not isinstance(node, NOT_TEXT):
            flow.pieces.append(str(node))
        if not isinstance(node, Tag):
            continue
        if is_closing:
            yield from flow.flush(node)
            flow.ended = _ended_with(node) or flow.ended
            continue
        if node is root or node.name in BLOCKS:
            yield from flow.flush(node.parent or root)
            pending.append((node, True))
        if node.name == "dl" or is_data_table(node):
            read = definition_blocks if node.name == "dl" else table_blocks
            yield from map(flow.placed, read(node))
        else:
            _open(node, flow)
            pending.extend((child, False) for child in reversed(node.contents))


def _open(node: Tag, flow: _Flow) -> None:
    if node.name in {"br", "wbr"}:
        flow.pieces.append(" " if node.name == "br" else "")
    elif node.name == "q":
        flow.pieces.append("“")
    elif node.name == "li":
        flow.marker = flow.next_marker(node)


def _ended_with(node: Tag) -> int:
    """Return the level of the heading that ends with ``node``; 0 if none does."""
    level = str(node.get(ENDS) or "")
    return (
        int(level) if level in {"1", "2", "3", "4", "5", "6"} and node.name not in HEADINGS else 0
    )


def _kind(around: Tag) -> tuple[BlockKind, int]:
    """Return what a block is that stands directly in ``around``, and its level as a heading."""
    for tag in (around, *islice(around.parents, _MAX_ANCESTORS)):
        if tag.name in HEADINGS:
            return BlockKind.HEADING, HEADINGS[tag.name]
        if tag.get("role") == "heading":
            level = str(tag.get("aria-level") or "2")
            return BlockKind.HEADING, int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2
        if _is_note(tag):
            return BlockKind.FOOTNOTE, 0
        if tag.name in {"figcaption", "caption"}:
            return BlockKind.CAPTION, 0
        if tag.name == "li":
            return (BlockKind.FOOTNOTE if _in_notes(tag) else BlockKind.LIST_ITEM), 0
        if tag.name in {"table", "body"}:
            break
    return BlockKind.PARAGRAPH, 0


def _is_note(tag: Tag) -> bool:
    named = f"{tag.get('role') or ''} {' '.join(map(str, tag.get_attribute_list('class')))}"
    return re.search(r"(?:^|[\s_-])(?:doc-)?(?:foot|end)notes?(?:$|[\s_-])", named) is not None


def _in_notes(tag: Tag) -> bool:
    return any(_is_note(parent) for parent in islice(tag.parents, _MAX_ANCESTORS))


def _start(listed: Tag, attribute: str) -> int | None:
    number = str(listed.get(attribute) or "")
    return int(number) if re.fullmatch(r"\d{1,4}", number) else None
