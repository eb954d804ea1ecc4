"""The headings of a report's list of contents: those that name what stands under them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.folding import folded
from indexer.records import Block, BlockKind, Document

_LABEL = re.compile(
    r"(?:[^\W\d_]{3,20} (?:\d{1,3}|[IVXLC]{1,6}|[A-Z])|\d{1,2}(?:\.\d{1,2}){0,3})[.:]?", re.UNICODE
)
"""What numbers a part and does not name it: ``PART 1``, ``Chapter IV``, ``2.1``; no year."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A heading of the list.

    Attributes:
        title: The heading; behind the number of a part its name.
        level: 1 to 6.
        start: Where it begins in the text.
    """

    title: str
    level: int
    start: int


def contents_of(document: Document) -> tuple[ContentsEntry, ...]:
    """Return the headings in order, without those that name nothing.

    Title, subtitle and publisher are printed at the head of parts and stand above the list; what
    ends in a sign, such as an arrow, points to what stands beside it. The number of a part is
    joined with its name, where that is the next heading and nothing stands between them.
    """
    entries: list[ContentsEntry] = []
    label: ContentsEntry | None = None
    for block, entry in _telling(document):
        if label:
            before, title = label.title.rstrip(" .:"), entry.title
            level = min(label.level, entry.level)
            entries[-1] = replace(label, title=f"{before}: {title}", level=level)
        else:
            entries.append(entry)
        is_label = _LABEL.fullmatch(entry.title) and _leads_to_heading(document.blocks, block)
        label = None if label or not is_label else entry
    return tuple(entries)


def _telling(document: Document) -> Iterator[tuple[int, ContentsEntry]]:
    """Yield each heading that is neither the report's own name nor a sign, with its block."""
    info = document.info
    whole = f"{info.title} {info.subtitle or ''}"
    parts = (whole, info.title, *info.title.split(":"), info.subtitle, info.publisher)
    names = {_plain(part) for part in parts if part}
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            title = block.span.of(document.text)
            plain = _plain(title)
            if plain and plain not in names and not _is_sign(title.rstrip()[-1]):
                level = min(max(len(block.headings), 1), 6)
                yield number, ContentsEntry(title, level, block.span.start)


def _leads_to_heading(blocks: Sequence[Block], number: int) -> bool:
    """Tell whether the block behind one is a heading."""
    after = blocks[number + 1 : number + 2]
    return bool(after) and after[0].kind is BlockKind.HEADING


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter) in {"Sm", "So"}


def _plain(text: str) -> str:
    """Return the words of a text, without capitals, accents and punctuation."""
    return " ".join(_WORD.findall(folded(text)))
