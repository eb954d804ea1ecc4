"""The rows and cells of a DOCX table, and which of them are merged."""

from collections.abc import Iterator, Sequence

from lxml import etree

from indexer.extraction.docx.inline import PROPERTIES, UNREAD
from indexer.extraction.docx.package import attribute, child, is_on, name, value
from indexer.extraction.table_rows import TableCell

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_ALTERNATIVES = frozenset({"AlternateContent", "Choice"})


def unwrapped(container: etree._Element | None) -> Iterator[etree._Element]:
    """Yield the children of ``container``, those of content controls and insertions in place."""
    for element in container if container is not None else ():
        if name(element) not in _WRAPPERS | _ALTERNATIVES:
            if name(element) not in UNREAD | PROPERTIES:
                yield element
        elif not is_on(element, "sdtPr", "showingPlcHdr"):
            yield from unwrapped(element)


def cells_of(row: etree._Element) -> list[etree._Element]:
    """Return the cells of a row, without those that an older Word merged into their left one."""
    return [
        cell for cell in unwrapped(row) if name(cell) == "tc" and not _continues(cell, "hMerge")
    ]


def row_cells(
    row: etree._Element, cells: Sequence[tuple[etree._Element, str]]
) -> tuple[TableCell, ...]:
    """Return the cells of a row with their text, each knowing how far it reaches.

    Args:
        row: The row.
        cells: What `cells_of` gives for it, with the text of each.
    """
    before = _number(value(row, "trPr", "gridBefore"), least=0)
    lead = (TableCell("", columns=before),) if before else ()
    return lead + tuple(
        TableCell(
            "" if _continues(cell, "vMerge") else text,
            columns=_number(value(cell, "tcPr", "gridSpan")) + _n_merged(cell),
            is_strong=_is_bold(cell),
            continues=_continues(cell, "vMerge"),
        )
        for cell, text in cells
    )


def is_deleted(row: etree._Element) -> bool:
    """Tell whether a row was deleted while changes were tracked."""
    return child(row, "trPr", "del") is not None


def _continues(cell: etree._Element, key: str) -> bool:
    """Tell whether a cell is the lower or right part of a merged one."""
    merge = child(cell, "tcPr", key)
    return merge is not None and attribute(merge, "val") != "restart"


def _n_merged(cell: etree._Element) -> int:
    """Return how many cells to the right an older Word merged into ``cell``."""
    n_merged = 0
    for other in cell.itersiblings():
        if name(other) == "tc" and not _continues(other, "hMerge"):
            break
        n_merged += name(other) == "tc"
    return n_merged


def _number(written: str | None, *, least: int = 1) -> int:
    return max(int(written), least) if written is not None and written.isdecimal() else least


def _is_bold(cell: etree._Element) -> bool:
    """Tell whether all text of a cell is set in bold by its runs."""
    runs = [run for run in cell.iter("{*}r") if child(run, "t") is not None]
    return bool(runs) and all(is_on(run, "rPr", "b") for run in runs)
