"""Joins extracted blocks into a document whose every character has a known place."""

from collections.abc import Iterator, Sequence

from indexer.records import (
    Block,
    BlockKind,
    Document,
    DocumentInfo,
    Extraction,
    PageStart,
    Span,
    TextBlock,
)
from indexer.segmentation.apparatus import apparatus_positions
from indexer.segmentation.sentences import sentence_spans

_CLOSE_KINDS = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW})


def assemble(
    extraction: Extraction, *, doc_id: str, info: DocumentInfo, file: str, sha256: str
) -> Document:
    """Join the blocks of ``extraction`` into one text and give each its heading path and lead.

    Blocks stand a blank line apart; items of a list and rows of a table one line break.
    """
    spans = list(_laid_out(extraction.blocks))
    text = _joined(extraction.blocks, spans)
    paths = list(_heading_paths(extraction.blocks))
    leads = list(_leads(extraction.blocks, spans, language=info.language))
    apparatus = apparatus_positions(extraction.blocks)
    blocks = tuple(
        Block(block.kind, span, path, lead, is_apparatus=position in apparatus)
        for position, (block, span, path, lead) in enumerate(
            zip(extraction.blocks, spans, paths, leads, strict=True)
        )
    )
    return Document(
        doc_id=doc_id,
        info=info,
        file=file,
        sha256=sha256,
        text=text,
        blocks=blocks,
        page_starts=_page_starts(extraction.blocks, spans),
        page_labels=extraction.page_labels,
        notes=extraction.notes,
    )


def _laid_out(blocks: Sequence[TextBlock]) -> Iterator[Span]:
    end = 0
    previous: TextBlock | None = None
    for block in blocks:
        start = end + len(_gap(previous, block))
        end = start + len(block.text)
        previous = block
        yield Span(start, end)


def _gap(previous: TextBlock | None, block: TextBlock) -> str:
    if previous is None:
        return ""
    return "\n" if {previous.kind, block.kind} <= _CLOSE_KINDS else "\n\n"


def _joined(blocks: Sequence[TextBlock], spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    end = 0
    for block, span in zip(blocks, spans, strict=True):
        pieces += ["\n" * (span.start - end), block.text]
        end = span.end
    return "".join(pieces)


def _heading_paths(blocks: Sequence[TextBlock]) -> Iterator[tuple[str, ...]]:
    open_headings: list[tuple[int, str]] = []
    for block in blocks:
        while block.level and open_headings and open_headings[-1][0] >= block.level:
            open_headings.pop()
        if block.kind is BlockKind.HEADING:
            open_headings.append((block.level, block.text))
        yield tuple(title for _, title in open_headings)


def _leads(
    blocks: Sequence[TextBlock], spans: Sequence[Span], *, language: str
) -> Iterator[Span | None]:
    """Yield each list item's opening sentence with a colon, and each table row's header."""
    opening: Span | None = None
    header: Span | None = None
    for block, span in zip(blocks, spans, strict=True):
        if block.kind is BlockKind.LIST_ITEM:
            header = None
            yield opening
        elif block.kind is BlockKind.TABLE_ROW:
            opening = None
            header = None if block.begins_table else header
            yield header
        else:
            yield None
            if block.kind is not BlockKind.FOOTNOTE:
                header = span if block.kind is BlockKind.TABLE_HEADER else None
                opening = _introduction(block, span, language=language)


def _introduction(block: TextBlock, span: Span, *, language: str) -> Span | None:
    if block.kind is not BlockKind.PARAGRAPH or not block.text.rstrip().endswith(":"):
        return None
    last = sentence_spans(block.text, language=language)[-1]
    return Span(span.start + last.start, span.start + last.end)


def _page_starts(blocks: Sequence[TextBlock], spans: Sequence[Span]) -> tuple[PageStart, ...]:
    starts: list[PageStart] = []
    for block, span in zip(blocks, spans, strict=True):
        for page_start in block.page_starts:
            if not starts or starts[-1].page != page_start.page:
                starts.append(PageStart(span.start + page_start.start, page_start.page))
    return tuple(starts)
