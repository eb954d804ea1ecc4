"""Reads a PDF: its text in reading order, each character with its physical page.

bytes ─▶ open, unlock ─▶ pages ─▶ lines ─▶ lay_out ─▶ Extraction
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.errors import (
    LimitReachedError,
)
from pypdf.generic import Destination

from indexer.errors import Reason, UnreadableError
from indexer.extraction.layout.document import lay_out
from indexer.extraction.layout.lines import OutlineEntry, PageLines
from indexer.extraction.pdf.fragments import FontShapes
from indexer.extraction.pdf.lines import page_lines
from indexer.extraction.pdf.opened_file import (
    DAMAGE,
    damaged,
    open_pdf,
    quiet_pypdf,
    refuse_what_is_no_pdf,
    title_of,
    too_large,
)
from indexer.extraction.pdf.resources import layers_off
from indexer.extraction.text_cleaning import clean
from indexer.records import Extraction

MAX_CHARS = 50_000_000
_UNMAPPED = re.compile("\ufffd|\\(cid:\\d+\\)")
_MAX_UNMAPPED_SHARE = 0.5
_MAX_OUTLINE_DEPTH = 20
_MAX_LISTED = 12


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages that could be extracted, and what became of the others."""

    n_pages: int
    lines: list[PageLines]
    failures: list[tuple[int, Exception]]

    def text(self) -> str:
        return " ".join(line.text for page in self.lines for line in (*page.lines, *page.asides))

    def blank_numbers(self) -> list[int]:
        return [page.number for page in self.lines if not page.lines and not page.asides]


@dataclass(frozen=True, slots=True)
class PdfText:
    """A PDF as it was parsed: lines with their places, not yet laid out.

    Attributes:
        pages: Lines of the pages that could be parsed, in order.
        outline: The file's own outline.
        page_labels: As in `Extraction`.
        title: As in `Extraction`.
        notes: As in `Extraction`.
    """

    pages: tuple[PageLines, ...]
    outline: tuple[OutlineEntry, ...]
    page_labels: tuple[str | None, ...]
    title: str | None
    notes: tuple[str, ...]


def extract_pdf(data: bytes) -> Extraction:
    """Read the PDF in ``data``.

    A page that cannot be extracted is left out and noted; the next ones are still tried.

    Raises:
        UnreadableError: The bytes are no PDF, locked, damaged, too large, or hold no text.
    """
    return laid_out(parse_pdf(data))


def parse_pdf(data: bytes) -> PdfText:
    """Return the lines of all pages, and what the file says of itself.

    Raises:
        UnreadableError: The bytes are no PDF, locked, damaged, too large, or hold no text.
    """
    refuse_what_is_no_pdf(data)
    with quiet_pypdf():
        pdf = open_pdf(data)
        pages = _extract_pages(pdf)
        _refuse_without_text(pages)
        return PdfText(
            pages=tuple(pages.lines),
            outline=tuple(_outline(pdf)),
            page_labels=_labels(pdf, pages.n_pages),
            title=title_of(pdf),
            notes=tuple(_notes(pages)),
        )


def laid_out(text: PdfText) -> Extraction:
    """Return the clean blocks that the lines of a PDF make up.

    Raises:
        UnreadableError: They hold no text.
    """
    blocks = lay_out(text.pages, text.outline)
    if not blocks:
        raise _no_text(len(text.page_labels))
    return Extraction(blocks, text.page_labels, title=text.title, notes=text.notes)


def _extract_pages(pdf: PdfReader) -> _Pages:
    """Extract every page that can be; one page's error does not stop the others."""
    fonts, hidden = FontShapes(), layers_off(pdf)
    pages = _Pages(n_pages=len(pdf.pages), lines=[], failures=[])
    n_chars = 0
    for number, page in enumerate(pdf.pages, start=1):
        try:
            extracted = page_lines(page, number, fonts, hidden)
        except DAMAGE as error:
            pages.failures.append((number, error))
            continue
        pages.lines.append(extracted)
        n_chars += sum(len(line.text) for line in extracted.lines)
        if n_chars > MAX_CHARS:
            raise too_large(f"it holds more than {MAX_CHARS} characters")
    return pages


def _refuse_without_text(pages: _Pages) -> None:
    text = pages.text()
    if not any(map(str.isalnum, text)):
        if len(pages.failures) == pages.n_pages:
            first = pages.failures[0][1]
            is_limit = isinstance(first, LimitReachedError)
            raise too_large(str(first)) if is_limit else damaged(first)
        raise _no_text(pages.n_pages)
    letters = len("".join(text.split()))
    unmapped = sum(len(match[0]) for match in _UNMAPPED.finditer(text))
    if unmapped > _MAX_UNMAPPED_SHARE * letters:
        raise UnreadableError(
            Reason.NO_TEXT,
            f"{unmapped} of {letters} characters have no meaning in the file (its fonts lack a "
            "Unicode map); run OCR on it (for example ocrmypdf --force-ocr) and add it again.",
        )


def _no_text(n_pages: int) -> UnreadableError:
    return UnreadableError(
        Reason.NO_TEXT,
        f"None of the {n_pages} pages has a text layer, as in a scan; "
        "run OCR (for example ocrmypdf) and add it again.",
    )


def _notes(pages: _Pages) -> Iterator[str]:
    for number, error in pages.failures:
        cause = str(error) or type(error).__name__
        yield f"Page {number} could not be read and is left out ({cause})."
    if blank := pages.blank_numbers():
        listed = ", ".join(map(str, blank[:_MAX_LISTED])) + ", …" * (len(blank) > _MAX_LISTED)
        yield f"No text on {len(blank)} of {pages.n_pages} pages ({listed}); they may be scans."
    yield from _unseen_note(pages.lines)
    if unread := [page for page in pages.lines if page.n_unread]:
        n_unread = sum(page.n_unread for page in unread)
        listed = _pages([page.number for page in unread])
        yield f"Ticked boxes and comments are not read: {n_unread} ({listed})."


def _unseen_note(pages: Sequence[PageLines]) -> Iterator[str]:
    """Say how many words are left out that nobody sees."""
    if found := [page for page in pages if page.n_unseen]:
        n_words = sum(page.n_unseen for page in found)
        yield (
            f"{n_words} words that nobody sees are left out (not painted, as their ground, tiny, "
            f"covered or off the page) on {_pages([page.number for page in found])}."
        )


def _pages(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers[:_MAX_LISTED])) + ", …" * (len(numbers) > _MAX_LISTED)
    return f"page {listed}" if len(numbers) == 1 else f"pages {listed}"


def _labels(pdf: PdfReader, n_pages: int) -> tuple[str | None, ...]:
    """Return each page's printed label where it differs from the physical number."""
    try:
        labels = pdf.page_labels
    except DAMAGE:
        return (None,) * n_pages
    padded = [*labels, *[""] * n_pages][:n_pages]
    return tuple(
        label if label.strip() and label != str(number) else None
        for number, label in enumerate(padded, start=1)
    )


def _outline(pdf: PdfReader) -> list[OutlineEntry]:
    """Return the entries of the outline, in order; none where it is broken."""
    try:
        return list(_entries(pdf.outline, 1))
    except DAMAGE:
        return []


def _entries(outline: Sequence[object], level: int) -> Iterator[OutlineEntry]:
    for item in outline:
        if isinstance(item, Destination):
            if title := clean(str(item.title or "")):
                yield OutlineEntry(title, level)
        elif isinstance(item, list) and level < _MAX_OUTLINE_DEPTH:
            yield from _entries(item, level + 1)
