"""The headings of a report's list of contents: those that name what stands under them.

A cover's lines are headings by their look: the publisher's name, a series, an ISSN.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.folding import folded
from indexer.records import Block, BlockKind, Document, DocumentInfo

_COVER_PAGES = 4
_MIN_WORDS = 8
"""A sentence of a cover, such as a place and a date, has fewer."""

_LISTED = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW})
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’»)\]*\d⁰¹²³⁴-⁹]*$")
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,6}|[A-Z])[.)]?\s|(?:chapter|part|section|annex|box|cap[íi]tulo|parte|secci[óo]n"
    r"|se[çc][ãa]o|anexo)\b",
    re.IGNORECASE,
)
_SERIAL_NUMBER = re.compile(r"e?-?\s?IS[SB]N\b.*", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:[^\W\d_]{3,20} (?:\d{1,3}|[IVXLC]{1,6}|[A-Z])|\d{1,2}(?:\.\d{1,2}){0,3})[.:]?", re.UNICODE
)
"""What numbers a part and does not name it: ``PART 1``, ``Chapter IV``, ``2.1``; no year."""

_MARK = re.compile(r"\s\([^()]{1,120}(?:\([^()]{0,20}\)[^()]{0,60})?\)$")
"""What tells a title from an equal one, at its end: ``(A/80/1)``, ``(2020)``."""

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
    joined with its name, where that is the next heading, no number as well, and nothing stands
    between them. Left out are serial numbers, too, and, in a report with pages, what stands on its
    first four before the first sentence of text and neither leads to that, to a list or a table,
    nor has a number.
    """
    entries: list[ContentsEntry] = []
    label: ContentsEntry | None = None
    for block, entry in _telling(document):
        if label and not _LABEL.fullmatch(entry.title):
            before, title = label.title.rstrip(" .:"), entry.title
            level = min(label.level, entry.level)
            entries[-1] = replace(label, title=f"{before}: {title}", level=level)
        else:
            entries.append(entry)
        is_label = _LABEL.fullmatch(entry.title) and _leads_to_heading(document.blocks, block)
        label = entry if is_label else None
    return tuple(entries)


def _telling(document: Document) -> Iterator[tuple[int, ContentsEntry]]:
    """Yield each heading that is neither the report's own name nor a sign, with its block."""
    names, parts = _own_names(document.info)
    cover = set(_cover_headings(document))
    is_before_text = True
    for number, block in enumerate(document.blocks):
        is_before_text = is_before_text and not _is_text(block, document)
        if block.kind is BlockKind.HEADING and block.span.start not in cover:
            title = block.span.of(document.text)
            plain = "" if _SERIAL_NUMBER.fullmatch(title) else _plain(title)
            own = names | parts if is_before_text else names
            if plain and plain not in own and not _is_sign(title.rstrip()[-1]):
                level = min(max(len(block.headings), 1), 6)
                yield number, ContentsEntry(title, level, block.span.start)


def _own_names(info: DocumentInfo) -> tuple[set[str], set[str]]:
    """Return what a report is called, with its mark or symbol and without, and the title's parts.

    A part names the report before its text begins: a chapter may be called like one.
    """
    bare = _MARK.sub("", info.title)
    subtitle = info.subtitle or ""
    own = subtitle.removesuffix(info.identifier or "").rstrip(" ,")
    names = {
        *(info.title, bare, subtitle, own, info.publisher or "", info.identifier or ""),
        *(f"{title} {under}" for title in (info.title, bare) for under in (subtitle, own)),
    }
    return set(map(_plain, names)) - {""}, set(map(_plain, bare.split(":"))) - {""}


def _leads_to_heading(blocks: Sequence[Block], number: int) -> bool:
    """Tell whether the block behind one is a heading."""
    after = blocks[number + 1 : number + 2]
    return bool(after) and after[0].kind is BlockKind.HEADING


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter) in {"Sm", "So"}


def _plain(text: str) -> str:
    """Return the words of a text, without capitals, accents and punctuation."""
    return " ".join(_WORD.findall(folded(text)))


def _cover_headings(document: Document) -> Iterator[int]:
    """Yield where the headings of a cover begin."""
    for block, following in pairwise(document.blocks):
        page = document.page_at(block.span.start)
        if page is None or page > _COVER_PAGES or _is_text(block, document):
            return
        if block.kind is not BlockKind.HEADING or block.is_apparatus:
            continue
        leads = following.kind in _LISTED or _is_text(following, document)
        if not leads and _NUMBERED.match(block.span.of(document.text)) is None:
            yield block.span.start


def _is_text(block: Block, document: Document) -> bool:
    """Tell whether a block says something, as no line of a cover does."""
    if block.is_apparatus or block.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
        return False
    text = block.span.of(document.text)
    return len(text.split()) >= _MIN_WORDS and _SENTENCE_END.search(text) is not None
