"""Table rows with what names their figures: headings, the table's caption, the group of rows."""

from indexer.records import BlockKind
from indexer.segmentation.table_cells import cells_of
from indexer.store.protocol import Sentences
from service.records import QuotedTable

_MAX_GROUP = 60
"""Rows that are looked through for the one that names their group."""

_REFERENCE_TEXT = (
    "reference references source sources referencia referencias fuente fuentes "
    "referência referências fonte fontes"
)
_REFERENCES = frozenset(_REFERENCE_TEXT.split())
"""Headings of columns that say where a row is from."""


def table_of(row: int, sentences: Sentences) -> QuotedTable | None:
    """Return the table row at ``row`` with its headings; ``None`` for any other sentence.

    A row of one cell over the full width is none: it names the rows below it.
    """
    header = header_row(row, sentences)
    if header is None:
        return None
    columns = cells_of(sentences.sentence_text(header))
    cells = cells_of(sentences.sentence_text(row))
    if len(cells) == 1 < len(columns):
        return None
    return QuotedTable(
        columns=columns,
        cells=cells,
        caption=_caption(header, sentences),
        group=_group(row, header, sentences) if len(columns) > 1 else None,
    )


def without_references(row: int, sentences: Sentences) -> str:
    """Return a sentence, of a table row without the cells that say where it is from."""
    header = header_row(row, sentences)
    text = sentences.sentence_text(row)
    if header is None:
        return text
    columns, cells = cells_of(sentences.sentence_text(header)), cells_of(text)
    if len(columns) != len(cells):
        return text
    return " | ".join(
        cell
        for column, cell in zip(columns, cells, strict=True)
        if column.casefold() not in _REFERENCES
    )


def header_row(row: int, sentences: Sentences) -> int | None:
    """Return the row of a table row's header; ``None`` where there is none."""
    if sentences.sentence_block(row).kind is not BlockKind.TABLE_ROW:
        return None
    header = sentences.lead_row(row)
    is_header = header is not None and _kind(header, sentences) is BlockKind.TABLE_HEADER
    return header if is_header else None


def _caption(header: int, sentences: Sentences) -> str | None:
    """Return the caption right above a header."""
    last = header - 1
    document = sentences.sentence_document(header)
    if last < 0 or sentences.sentence_document(last) != document:
        return None
    if _kind(last, sentences) is not BlockKind.CAPTION:
        return None
    first = last
    while first > 0 and sentences.is_same_block(first - 1, last):
        first -= 1
    return " ".join(sentences.sentence_text(row) for row in range(first, last + 1))


def _group(row: int, header: int, sentences: Sentences) -> str | None:
    """Return the nearest row above, below the header, that is a single cell."""
    for above in range(row - 1, max(header, row - _MAX_GROUP), -1):
        if _kind(above, sentences) is not BlockKind.TABLE_ROW:
            continue
        text = sentences.sentence_text(above)
        if len(cells_of(text)) == 1:
            return text
    return None


def _kind(row: int, sentences: Sentences) -> BlockKind:
    return sentences.sentence_block(row).kind
