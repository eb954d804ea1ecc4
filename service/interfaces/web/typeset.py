"""Sets a stretch of a document as groups of blocks: headings, paragraphs, lists, tables.

blocks ──cut at the mark and at page turns──▶ parts ──neighbours joined──▶ groups
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.records import Block, BlockKind, Document, Span
from service.interfaces.web.document_parts import page_turns

CELL_SEPARATOR = " | "
BULLETS = ("- ", "• ", "* ", "– ", "· ")
_ROWS = (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a block.

    Attributes:
        text: Its words.
        marked: Whether it is part of what is quoted.
        anchor: Whether it is where the quote begins.
        page: Page that begins here, in the middle of a block; else ``None``.
    """

    text: str
    marked: bool = False
    anchor: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block, ready to be shown.

    Attributes:
        start: Where it stands in the document's text; its anchor is ``at-<start>``.
        parts: Its text; of a table row, one tuple of parts a cell, else one tuple in all.
        is_header: Whether it is the header of a table.
        is_bullet: Whether it is a list item whose marker is a plain bullet, left out of `parts`.
    """

    start: int
    parts: tuple[tuple[Part, ...], ...]
    is_header: bool = False
    is_bullet: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together on the page.

    Attributes:
        kind: ``heading``, ``paragraph``, ``list``, ``table``, ``caption`` or ``footnote``.
        level: Of a heading, 1 the highest; else 0.
        page: Page that begins with this group, or ``None``.
        blocks: At least one; exactly one where `kind` is not ``list`` or ``table``.
    """

    kind: str
    level: int
    page: int | None
    blocks: tuple[BlockView, ...]


def typeset(
    document: Document, blocks: Sequence[Block], *, mark: Span | None, within: Span | None = None
) -> tuple[Group, ...]:
    """Set ``blocks`` of ``document``, marking ``mark``.

    Args:
        document: The report.
        blocks: Consecutive blocks of it.
        mark: What is quoted; may cover parts of several blocks.
        within: Leave out what stands outside of it.
    """
    groups: list[Group] = []
    turns = page_turns(document)
    marked = [block for block in blocks if mark and block.span.end > mark.start][:1]
    for block in blocks:
        span = _common(block.span, within) if within else block.span
        if span is None:
            continue
        view = _view(document, block, span, mark=mark, turns=turns)
        if block in marked:
            view = _anchored(view)
        _append(groups, block, view, page=turns.get(block.span.start))
    return tuple(groups)


def _append(groups: list[Group], block: Block, view: BlockView, *, page: int | None) -> None:
    """Add a block to the last group where it continues a list or a table on the same page."""
    kind = _kind(block)
    if groups and page is None and kind == groups[-1].kind and kind in {"list", "table"}:
        groups[-1] = replace(groups[-1], blocks=(*groups[-1].blocks, view))
        return
    level = max(len(block.headings), 1) if kind == "heading" else 0
    groups.append(Group(kind, level, page, (view,)))


def _anchored(view: BlockView) -> BlockView:
    """Make the first marked part of ``view`` the place where the quote begins."""
    for number, cell in enumerate(view.parts):
        for at, part in enumerate(cell):
            if part.marked:
                anchored = (*cell[:at], replace(part, anchor=True), *cell[at + 1 :])
                parts = (*view.parts[:number], anchored, *view.parts[number + 1 :])
                return replace(view, parts=parts)
    return view


def _view(
    document: Document, block: Block, span: Span, *, mark: Span | None, turns: dict[int, int]
) -> BlockView:
    start = span.start
    is_bullet = False
    if block.kind is BlockKind.LIST_ITEM and span.of(document.text).startswith(BULLETS):
        is_bullet = True
        start += 2
    parts = tuple(_cut(document.text, range(start, span.end), mark=mark, turns=turns))
    cells = tuple(_cells(parts)) if block.kind in _ROWS else (parts,)
    return BlockView(
        start=block.span.start,
        parts=cells,
        is_header=block.kind is BlockKind.TABLE_HEADER,
        is_bullet=is_bullet,
    )


def _cut(text: str, where: range, *, mark: Span | None, turns: dict[int, int]) -> Iterator[Part]:
    """Yield the text of ``where`` in parts, each wholly inside or outside the mark."""
    edges = {where.start, where.stop}
    edges.update(at for at in turns if where.start < at < where.stop)
    if mark:
        edges.update(at for at in (mark.start, mark.end) if at in where)
    for start, end in pairwise(sorted(edges)):
        marked = mark is not None and mark.start <= start and end <= mark.end
        page = turns.get(start) if start > where.start else None
        yield Part(text[start:end], marked=marked, page=page)


def _cells(parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    """Yield the parts of each cell of a table row."""
    cell: list[Part] = []
    for part in parts:
        first, *further = part.text.split(CELL_SEPARATOR)
        cell.append(replace(part, text=first))
        for text in further:
            yield tuple(cell)
            cell = [replace(part, text=text, page=None)]
    yield tuple(cell)


def _kind(block: Block) -> str:
    if block.kind in _ROWS:
        return "table"
    return "list" if block.kind is BlockKind.LIST_ITEM else str(block.kind)


def _common(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None
