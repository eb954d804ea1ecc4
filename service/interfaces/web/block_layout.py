"""Lays out part of a document as groups of blocks: headings, paragraphs, lists, tables.

blocks ──cut at the mark and at page turns──▶ runs ──cut into cells──▶ blocks ──joined──▶ groups
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.records import Block, BlockKind, Document, Span
from service.interfaces.web.page_turns import page_turns
from service.interfaces.web.view_models.text_blocks import BlockView, Group, TextRun

_BAR = re.compile(r" ?\| ?")
BULLETS = ("- ", "• ", "* ", "– ", "· ")
TABLE_KINDS = (BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a text.

    Attributes:
        spans: In order, not overlapping; each may cover parts of several blocks.
        current: The one that the page opens at, or ``None``.
    """

    spans: tuple[Span, ...] = ()
    current: Span | None = None

    @classmethod
    def of(cls, span: Span | None) -> "Marks":
        """Return the marks of one quote, or none."""
        return cls((span,), span) if span else cls()

    def edges(self, offsets: range) -> set[int]:
        """Return where marks begin and end among ``offsets``."""
        first = max(bisect_right(self.spans, offsets.start, key=lambda span: span.start) - 1, 0)
        last = bisect_right(self.spans, offsets.stop, key=lambda span: span.start)
        ends = {end for span in self.spans[first:last] for end in (span.start, span.end)}
        return {end for end in ends if end in offsets}

    def holds(self, start: int, end: int) -> bool:
        """Tell whether all of ``[start, end)`` is marked."""
        before = bisect_right(self.spans, start, key=lambda span: span.start)
        return before > 0 and end <= self.spans[before - 1].end

    def opens(self, start: int, end: int) -> bool:
        """Tell whether ``[start, end)`` is part of the mark that the page opens at."""
        current = self.current
        return current is not None and current.start <= start and end <= current.end


def typeset(
    document: Document, blocks: Sequence[Block], *, marks: Marks, within: Span | None = None
) -> tuple[Group, ...]:
    """Lay out ``blocks`` of ``document``.

    Args:
        document: The report.
        blocks: Consecutive blocks of it.
        marks: What is marked.
        within: Leave out what is outside this span.
    """
    groups: list[Group] = []
    turns = page_turns(document)
    opened = marks.current
    anchor = next((block for block in blocks if opened and block.span.end > opened.start), None)
    for block in blocks:
        span = _intersection(block.span, within) if within else block.span
        if span is None:
            continue
        view = _block_view(document, block, span, marks=marks, turns=turns)
        if block is anchor:
            view = _anchored(view)
        _append(groups, block, view, page=turns.get(block.span.start))
    return tuple(groups)


def typeset_span(document: Document, span: Span, *, marks: Marks) -> tuple[Group, ...]:
    """Lay out the text of ``span``."""
    first = bisect_right(document.blocks, span.start, key=lambda block: block.span.end)
    last = bisect_right(document.blocks, span.end - 1, key=lambda block: block.span.start)
    return typeset(document, document.blocks[first:last], marks=marks, within=span)


def row_with_header(document: Document, row: Span) -> tuple[Block, ...]:
    """Return the block of a table row, behind that of its header and that of its caption."""
    blocks = document.blocks
    position = document.block_number_at(row.start)
    lead = blocks[position].lead
    if lead is None:
        return blocks[position : position + 1]
    header = document.block_number_at(lead.start)
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
    """Make the first run of the mark that the page opens at its anchor."""
    for column, cell in enumerate(view.cells):
        for position, run in enumerate(cell):
            if run.current:
                anchored = (*cell[:position], replace(run, anchor=True), *cell[position + 1 :])
                cells = (*view.cells[:column], anchored, *view.cells[column + 1 :])
                return replace(view, cells=cells)
    return view


def _block_view(
    document: Document, block: Block, span: Span, *, marks: Marks, turns: dict[int, int]
) -> BlockView:
    start = span.start
    is_bullet = False
    if block.kind is BlockKind.LIST_ITEM and span.of(document.text).startswith(BULLETS):
        is_bullet = True
        start += 2
    runs = tuple(_runs(document.text, range(start, span.end), marks=marks, turns=turns))
    return BlockView(
        start=block.span.start,
        cells=tuple(_cells(runs)) if block.kind in TABLE_KINDS else (runs,),
        is_header=block.kind is BlockKind.TABLE_HEADER,
        is_bullet=is_bullet,
    )


def _runs(text: str, offsets: range, *, marks: Marks, turns: dict[int, int]) -> Iterator[TextRun]:
    """Yield the text at ``offsets`` in runs, each wholly inside or outside a mark."""
    edges = {offsets.start, offsets.stop, *marks.edges(offsets)}
    edges.update(offset for offset in turns if offsets.start < offset < offsets.stop)
    for start, end in pairwise(sorted(edges)):
        page = turns.get(start) if start > offsets.start else None
        yield TextRun(
            text[start:end],
            marked=marks.holds(start, end),
            current=marks.opens(start, end),
            page=page,
        )


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
    if block.kind in TABLE_KINDS:
        return "table"
    return "list" if block.kind is BlockKind.LIST_ITEM else str(block.kind)


def _intersection(first: Span, second: Span) -> Span | None:
    start, end = max(first.start, second.start), min(first.end, second.end)
    return Span(start, end) if start < end else None
