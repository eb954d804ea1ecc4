"""Lays out part of a document as groups of blocks: headings, paragraphs, lists, tables.

blocks ──cut at the mark and at page turns──▶ runs ──cut into cells──▶ blocks ──joined──▶ groups
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.records import Block, BlockKind, Document, Span
from service.interfaces.web.page_turns import page_turns
from service.interfaces.web.view_models.text_blocks import BlockView, Group, TextRun

_BAR = re.compile(r" ?\| ?")
BULLETS = ("- ", "• ", "* ", "– ", "· ")
_ROWS = (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW)


def typeset(
    document: Document, blocks: Sequence[Block], *, mark: Span | None, within: Span | None = None
) -> tuple[Group, ...]:
    """Lay out ``blocks`` of ``document``, marking ``mark``.

    Args:
        document: The report.
        blocks: Consecutive blocks of it.
        mark: The quote; may cover parts of several blocks.
        within: Leave out what is outside this span.
    """
    groups: list[Group] = []
    turns = page_turns(document)
    anchor = next((block for block in blocks if mark and block.span.end > mark.start), None)
    for block in blocks:
        span = _intersection(block.span, within) if within else block.span
        if span is None:
            continue
        view = _block_view(document, block, span, mark=mark, turns=turns)
        if block is anchor:
            view = _anchored(view)
        _append(groups, block, view, page=turns.get(block.span.start))
    return tuple(groups)


def row_with_header(document: Document, row: Span) -> tuple[Block, ...]:
    """Return the block of a table row, behind that of its header and that of its caption."""
    blocks = document.blocks
    position = bisect_right(blocks, row.start, key=lambda block: block.span.start) - 1
    lead = blocks[position].lead
    if lead is None:
        return blocks[position : position + 1]
    header = bisect_right(blocks, lead.start, key=lambda block: block.span.start) - 1
    has_caption = header > 0 and blocks[header - 1].kind is BlockKind.CAPTION
    return (*blocks[header - has_caption : header + 1], blocks[position])


def _append(groups: list[Group], block: Block, view: BlockView, *, page: int | None) -> None:
    """Add a block to the last group if it continues a list or a table on the same page."""
    kind = _kind(block)
    if groups and page is None and kind == groups[-1].kind and kind in {"list", "table"}:
        groups[-1] = replace(groups[-1], blocks=(*groups[-1].blocks, view))
        return
    level = max(len(block.headings), 1) if kind == "heading" else 0
    groups.append(Group(kind, level, page, (view,)))


def _anchored(view: BlockView) -> BlockView:
    """Make the first marked run of ``view`` the anchor of the quote."""
    for column, cell in enumerate(view.cells):
        for position, run in enumerate(cell):
            if run.marked:
                anchored = (*cell[:position], replace(run, anchor=True), *cell[position + 1 :])
                cells = (*view.cells[:column], anchored, *view.cells[column + 1 :])
                return replace(view, cells=cells)
    return view


def _block_view(
    document: Document, block: Block, span: Span, *, mark: Span | None, turns: dict[int, int]
) -> BlockView:
    start = span.start
    is_bullet = False
    if block.kind is BlockKind.LIST_ITEM and span.of(document.text).startswith(BULLETS):
        is_bullet = True
        start += 2
    runs = tuple(_runs(document.text, range(start, span.end), mark=mark, turns=turns))
    return BlockView(
        start=block.span.start,
        cells=tuple(_cells(runs)) if block.kind in _ROWS else (runs,),
        is_header=block.kind is BlockKind.TABLE_HEADER,
        is_bullet=is_bullet,
    )


def _runs(
    text: str, offsets: range, *, mark: Span | None, turns: dict[int, int]
) -> Iterator[TextRun]:
    """Yield the text at ``offsets`` in runs, each wholly inside or outside the mark."""
    edges = {offsets.start, offsets.stop}
    edges.update(offset for offset in turns if offsets.start < offset < offsets.stop)
    if mark:
        edges.update(offset for offset in (mark.start, mark.end) if offset in offsets)
    for start, end in pairwise(sorted(edges)):
        marked = mark is not None and mark.start <= start and end <= mark.end
        page = turns.get(start) if start > offsets.start else None
        yield TextRun(text[start:end], marked=marked, page=page)


def _cells(runs: Sequence[TextRun]) -> Iterator[tuple[TextRun, ...]]:
    """Yield the runs of each cell of a table row."""
    cell: list[TextRun] = []
    for run in runs:
        first, *further = _BAR.split(run.text)
        cell.append(replace(run, text=first))
        for text in further:
            yield tuple(cell)
            cell = [replace(run, text=text, page=None)]
    yield tuple(cell)


def _kind(block: Block) -> str:
    if block.kind in _ROWS:
        return "table"
    return "list" if block.kind is BlockKind.LIST_ITEM else str(block.kind)


def _intersection(first: Span, second: Span) -> Span | None:
    start, end = max(first.start, second.start), min(first.end, second.end)
    return Span(start, end) if start < end else None
