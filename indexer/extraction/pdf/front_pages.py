"""Reads the first pages of a PDF, and what the file says of itself, and leaves all others alone."""

from contextlib import suppress
from dataclasses import dataclass, replace

from pypdf import PdfReader

from indexer.extraction.layout.lines import PageLines
from indexer.extraction.pdf.fragments import FontShapes
from indexer.extraction.pdf.lines import page_lines
from indexer.extraction.pdf.opened_file import (
    DAMAGE,
    open_pdf,
    quiet_pypdf,
    refuse_what_is_no_pdf,
    title_of,
)
from indexer.extraction.pdf.resources import layers_off
from indexer.extraction.text_cleaning import clean

_MAX_PAGES = 4
"""A cover, its back, a title page and an imprint."""

_ENOUGH_LINES = 60
"""Pages that hold so many are no covers any more."""


@dataclass(frozen=True, slots=True)
class FrontPages:
    """The first pages of a PDF and what the file says of itself.

    Attributes:
        pages: The first ones that could be parsed, in order: four, or fewer that hold much text;
            their upright lines alone.
        title: As in `Extraction`.
        author: In the metadata, or ``None``.
    """

    pages: tuple[PageLines, ...]
    title: str | None = None
    author: str | None = None


def read_front_pages(data: bytes) -> FrontPages:
    """Return the first pages of the PDF in ``data``, without those not parsed or without height.

    Raises:
        UnreadableError: The bytes are no PDF, locked, damaged or too large.
    """
    refuse_what_is_no_pdf(data)
    with quiet_pypdf():
        pdf = open_pdf(data)
        fonts, hidden = FontShapes(), layers_off(pdf)
        pages: list[PageLines] = []
        for number in range(1, min(_MAX_PAGES, len(pdf.pages)) + 1):
            if sum(len(page.lines) for page in pages) >= _ENOUGH_LINES:
                break
            with suppress(*DAMAGE):
                page = page_lines(pdf.pages[number - 1], number, fonts, hidden)
                if page.height > 0:  # a place on it can be told
                    pages.append(replace(page, asides=(), rules=()))
        return FrontPages(
            pages=tuple(pages),
            title=title_of(pdf),
            author=_entry(pdf, "/Author") or None,
        )


def _entry(pdf: PdfReader, name: str) -> str:
    """Return an entry of the metadata; an empty text where there is none."""
    try:
        return clean(str((pdf.metadata and pdf.metadata.get(name)) or ""))
    except DAMAGE:
        return ""
