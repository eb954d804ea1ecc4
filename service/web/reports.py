"""The list of reports and the reading view of one."""

from itertools import pairwise
from urllib.parse import urlencode

from indexer.artefact import DocumentEntry
from indexer.records import BlockKind, Document, Span
from service.api.responses import Presenter
from service.links import SHA256_CHARS
from service.web.forms import PlaceQuery
from service.web.sheets import Sheet, page_turns, sheet_with, sheets_of
from service.web.typeset import typeset
from service.web.views import (
    DocumentPage,
    DocumentRow,
    DocumentsPage,
    OutlineRow,
    PageTurn,
    SheetLink,
    UnreadRow,
)
from service.wording import country_name, language_name

ROWS = 50
"""Reports on one page of the list."""


def documents_page(presenter: Presenter, *, offset: int) -> DocumentsPage:
    """List the reports by title."""
    entries = sorted(presenter.index.documents, key=lambda entry: entry.info.title.casefold())
    shown = entries[offset : offset + ROWS]
    return DocumentsPage(
        title="Reports",
        rows=tuple(_row(entry, presenter) for entry in shown),
        first=offset + 1,
        total=len(entries),
        previous_href=f"/documents?offset={max(offset - ROWS, 0)}" if offset else None,
        next_href=f"/documents?offset={offset + ROWS}" if offset + ROWS < len(entries) else None,
        unread=tuple(
            UnreadRow(unread.file, str(unread.reason), unread.detail)
            for unread in presenter.index.unread
        ),
    )


class ReadingView:
    """One report, opened at a quote, a page, or its beginning."""

    def __init__(self, document: Document, entry: DocumentEntry, presenter: Presenter) -> None:
        self._document = document
        self._entry = entry
        self._presenter = presenter
        self._sheets = sheets_of(document)
        self._base = presenter.links.document(document.doc_id)

    def page(self, wanted: PlaceQuery) -> DocumentPage:
        """Show the sheet with the quote, else the one with the page, else the first."""
        warning = self._warning(wanted)
        quote = self._quote(wanted) if warning is None else None
        current = sheet_with(self._sheets, self._offset(wanted))
        sheet = self._sheets[current]
        groups = typeset(
            self._document,
            self._document.blocks[sheet.first_block : sheet.last_block],
            mark=quote,
        )
        entry, info = self._entry, self._document.info
        return DocumentPage(
            title=info.title,
            report=_row(entry, self._presenter),
            authors=info.authors,
            licence=info.licence,
            publisher_href=_safe_url(info.url),
            original_href=self._presenter.links.original(entry.doc_id, entry.file),
            outline=tuple(self._outline(current)),
            sheets=tuple(
                SheetLink(
                    number=number + 1,
                    first_page=each.first_page,
                    last_page=each.last_page,
                    href=self._sheet_href(each),
                    is_current=number == current,
                )
                for number, each in enumerate(self._sheets)
            ),
            previous_href=self._sheet_href(self._sheets[current - 1]) if current else None,
            next_href=self._sheet_href(self._sheets[current + 1])
            if current + 1 < len(self._sheets)
            else None,
            groups=groups,
            turns=self._turns(current),
            warning=warning,
            has_quote=quote is not None,
            notes=self._document.notes,
            newer=tuple(
                (
                    self._presenter.index.entry(doc_id).info.title,
                    self._presenter.links.document(doc_id),
                )
                for doc_id in entry.superseded_by
            ),
        )

    def _warning(self, wanted: PlaceQuery) -> str | None:
        if wanted.sha256 is not None:
            digest = wanted.sha256[:SHA256_CHARS].lower()
            if not self._document.sha256.startswith(digest):
                return "changed"
        is_outside = wanted.start is not None and wanted.start >= len(self._document.text)
        return "outside" if is_outside else None

    def _quote(self, wanted: PlaceQuery) -> Span | None:
        if wanted.start is None or wanted.end is None:
            return None
        end = min(wanted.end, len(self._document.text))
        return Span(wanted.start, end) if wanted.start < end else None

    def _offset(self, wanted: PlaceQuery) -> int:
        """Return the character at which the reader wants to be."""
        if wanted.start is not None:
            return wanted.start
        turns = self._document.page_starts
        return next((turn.start for turn in turns if turn.page == wanted.page), 0)

    def _outline(self, current: int) -> list[OutlineRow]:
        rows = []
        for block in self._document.blocks:
            if block.kind is BlockKind.HEADING:
                start = block.span.start
                here = sheet_with(self._sheets, start) == current
                query = "" if here else f"{self._base}?{urlencode({'start': start})}"
                rows.append(
                    OutlineRow(
                        title=block.span.of(self._document.text),
                        level=min(max(len(block.headings), 1), 6),
                        page=self._document.page_at(start),
                        href=f"{query}#at-{start}",
                    )
                )
        return rows

    def _turns(self, current: int) -> dict[int, PageTurn]:
        """Return every page that begins on this sheet, with the way to its neighbours."""
        begins = {page: start for start, page in page_turns(self._document).items()}
        hrefs = {
            page: f"#page-{page}"
            if sheet_with(self._sheets, start) == current
            else f"{self._base}?page={page}#page-{page}"
            for page, start in begins.items()
        }
        pages = [None, *begins, None]
        neighbours = zip(pairwise(pages[:-1]), pages[2:], strict=True)
        return {
            page: PageTurn(
                label=self._document.page_label(page),
                previous_href=hrefs.get(before) if before else None,
                next_href=hrefs.get(after) if after else None,
            )
            for (before, page), after in neighbours
            if page and hrefs[page].startswith("#")
        }

    def _sheet_href(self, sheet: Sheet) -> str:
        return f"{self._base}?start={sheet.start}#text"


def _row(entry: DocumentEntry, presenter: Presenter) -> DocumentRow:
    info = entry.info
    return DocumentRow(
        title=info.title,
        subtitle=info.subtitle,
        publisher=info.publisher,
        year=info.year,
        language=info.language,
        language_name=language_name(info.language, "en"),
        countries=tuple(country_name(code, "en") for code in info.countries),
        themes=info.themes,
        n_pages=entry.n_pages,
        href=presenter.links.document(entry.doc_id),
    )


def _safe_url(url: str | None) -> str | None:
    """Return ``url`` if a browser may follow it: a catalogue must not smuggle in a script."""
    return url if url and url.startswith(("https://", "http://")) else None
