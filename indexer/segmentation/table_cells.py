"""How a row of a table stands in a text: its cells between bars, ``Tacna | | 95 | 130``.

An empty cell keeps its place, so that each cell stands under its column's heading.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.records import Span
from indexer.superscripts import without_superscripts

_BAR = "|"
_LABEL = re.compile(
    r"\b(?:1[89]|20)\d\d\b(?:\s?[-–/]\s?(?:\d\d){1,2}\b)?|\b\d+\s?(?:[-–]\s?\d+\b|\+)"
)
"""Figures that name a column: years, and ranges such as of age."""


def joined_cells(cells: Iterable[str]) -> str:
    """Return the text of a row; a bar inside of a cell becomes a broken one.

    Args:
        cells: From left to right, each one clean line or empty.
    """
    texts = (cell.replace(_BAR, "¦") for cell in cells)
    return re.sub(" {2,}", " ", f" {_BAR} ".join(texts)).strip()


def cells_of(row: str) -> tuple[str, ...]:
    """Return the cells of a row's text, empty ones too."""
    return tuple(cell.strip() for cell in row.split(_BAR))


def cell_spans(row: str) -> tuple[Span | None, ...]:
    """Return where each cell stands in a row's text, ``None`` for an empty one."""
    spans: list[Span | None] = []
    start = 0
    for cell in row.split(_BAR):
        text = cell.strip()
        first = start + len(cell) - len(cell.lstrip())
        spans.append(Span(first, first + len(text)) if text else None)
        start += len(cell) + 1
    return tuple(spans)


def is_figure(cell: str) -> bool:
    """Tell whether a cell holds a figure rather than words; a year or a range is none."""
    bare = without_superscripts(_LABEL.sub("", cell))
    return sum(map(str.isdigit, bare)) > sum(map(str.isalpha, bare))


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A row with its headings, to be embedded and read: ``City: Tacna; 2020: 95; 2021: 130``.

    Attributes:
        text: Its filled cells, each after its column's heading.
        parts: For each of these cells, where it stands in ``text`` with its heading, where without,
            and where in the row.
    """

    text: str
    parts: tuple[tuple[Span, Span, Span], ...]

    def in_row(self, span: Span) -> Span | None:
        """Return what a span of ``text`` is in the row; a heading stands for its cell."""
        parts = [part for part in self.parts if part[0].overlaps(span)]
        if not parts:
            return None
        _, first, first_in_row = parts[0]
        _, last, last_in_row = parts[-1]
        start = max(span.start - first.start, 0) if span.start < first.end else 0
        end = min(span.end, last.end) - last.start if span.end > last.start else 0
        if len(parts) == 1 and not first.overlaps(span):
            return first_in_row
        stop = last_in_row.start + end if end > 0 else last_in_row.end
        return Span(first_in_row.start + start, stop)


def headed_row(columns: Sequence[str], row: str) -> HeadedRow | None:
    """Return a row with its headings; ``None`` where their numbers differ or all is empty.

    Args:
        columns: Headings of the columns; may be empty.
        row: The row's text.
    """
    spans = cell_spans(row)
    if len(spans) != len(columns):
        return None
    text = ""
    parts: list[tuple[Span, Span, Span]] = []
    for heading, span in zip(columns, spans, strict=True):
        if span is None:
            continue
        text += "; " if text else ""
        start = len(text)
        text += f"{heading}: " if heading else ""
        cell = Span(len(text), len(text) + span.end - span.start)
        text += span.of(row)
        parts.append((Span(start, len(text)), cell, span))
    return HeadedRow(text, tuple(parts)) if parts else None
