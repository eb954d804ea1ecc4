"""The list of reports and the reading view of one."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from indexer.records import BlockKind, Document, Span
from indexer.store.index import DocumentEntry
from service.interfaces.api.responses import Presenter
from service.interfaces.web.answer_page import newer_of
from service.interfaces.web.document_parts import DocumentPart, cut_into_parts, part_at
from service.interfaces.web.form import PlaceQuery
from service.interfaces.web.page_turns import page_turns
from service.interfaces.web.structured_data import report_description, safe_url
from service.interfaces.web.typeset import typeset
from service.interfaces.web.views.document import (
    DocumentPage,
    OriginalPane,
    OutlineRow,
    PageTurn,
    PartLink,
    QuotePosition,
)
from service.interfaces.web.views.documents import DocumentRow, DocumentsPage, UnreadRow
from service.interfaces.web.views.form import Form
from service.pipeline.facets import admits
from service.presentation.bibliography import FORMATS
from service.presentation.links import SHA256_CHARS, spans_from_words
from service.records import Filters

ROWS = 50
"""Reports on one page of the list."""


SORTS: Mapping[str, Callable[[DocumentEntry], Any]] = {
    "title": lambda entry: entry.info.title.casefold(),
    "year": lambda entry: (-(entry.info.year or 0), entry.info.title.casefold()),
    "publisher": lambda entry: (
        entry.info.publisher is None,
        (entry.info.publisher or "").casefold(),
        entry.info.title.casefold(),
    ),
}
"""Orders of the list: by title, the newest first, by publisher."""


class ListQuery(BaseModel):
    """Which part of the list, in which order."""

    offset: int = Field(default=0, ge=0, le=10**9)
    sort: Literal["title", "year", "publisher"] = "title"


def documents_page(
    presenter: Presenter, form: Form, *, wanted: ListQuery, filters: Filters
) -> DocumentsPage:
    """List the reports that pass ``filters``."""
    every = presenter.index.documents
    entries = sorted((entry for entry in every if admits(filters, entry)), key=SORTS[wanted.sort])
    offset = wanted.offset
    shown = entries[offset : offset + ROWS]
    return DocumentsPage(
        form=form,
        sort=wanted.sort,
        rows=tuple(_row(entry, presenter) for entry in shown),
        first=offset + 1,
        total=len(entries),
        of_all=len(every),
        previous_href=_list_href(form, wanted, max(offset - ROWS, 0)) if offset else None,
        next_href=_list_href(form, wanted, offset + ROWS) if offset + ROWS < len(entries) else None,
        unread=tuple(
            UnreadRow(unread.file, str(unread.reason), unread.detail)
            for unread in presenter.index.unread
        ),
    )


def _list_href(form: Form, wanted: ListQuery, offset: int) -> str:
    """Return the address of another part of the same list."""
    ticked = [
        (group.field, option.value)
        for group in form.groups
        for option in group.options
        if option.checked
    ]
    years = [("year_from", form.year_from), ("year_to", form.year_to)]
    query = [*ticked, *((name, year) for name, year in years if year), ("sort", wanted.sort)]
    return f"/documents?{urlencode([*query, ('offset', offset)])}"


class ReadingView:
    """One report, opened at a quote, a page, or its beginning."""

    def __init__(self, document: Document, entry: DocumentEntry, presenter: Presenter) -> None:
        self._document = document
        self._entry = entry
        self._presenter = presenter
        self._sheets = cut_into_parts(document)
        self._base = presenter.links.document(document.doc_id)

    def page(self, wanted: PlaceQuery) -> DocumentPage:
        """Show the sheet with the quote, else the one with the page, else the first."""
        warning = self._warning(wanted)
        quote = self._quote(wanted) if warning is None else None
        current = part_at(self._sheets, self._offset(wanted))
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
            publisher_href=safe_url(info.url),
            original_href=self._presenter.links.original(entry.doc_id, entry.file),
            outline=tuple(self._outline(current)),
            parts=tuple(
                PartLink(
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
            quote_position=self._turn_of(quote, wanted) if quote else None,
            original_pane=self._beside(wanted),
            notes=self._document.notes,
            newer=newer_of(entry.superseded_by, self._presenter),
            references=tuple((kind, f"{self._base}/reference.{kind}") for kind in FORMATS),
            structured=report_description(info),
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

    def _turn_of(self, quote: Span, wanted: PlaceQuery) -> QuotePosition | None:
        """Say which of an answer's quotes this is; ``None`` where it is the only one."""
        quotes = spans_from_words(wanted.quotes)
        if quote not in quotes or len(quotes) < 2:  # noqa: PLR2004
            return None
        at = quotes.index(quote)
        hrefs = [
            self._address(wanted.model_copy(update={"start": each.start, "end": each.end}))
            for each in quotes
        ]
        return QuotePosition(
            number=at + 1,
            n_quotes=len(quotes),
            previous_href=hrefs[at - 1] if at else None,
            next_href=hrefs[at + 1] if at + 1 < len(hrefs) else None,
        )

    def _beside(self, wanted: PlaceQuery) -> OriginalPane | None:
        """Return the original at the page that the reader wants; ``None`` where it is no PDF."""
        page = self._document.page_at(self._offset(wanted))
        links, entry = self._presenter.links, self._entry
        file_href = links.original(entry.doc_id, entry.file, page=page)
        if page is None or file_href is None or "#page=" not in file_href:
            return None
        turned = wanted.model_copy(update={"beside": 1 - wanted.beside})
        return OriginalPane(
            file_href=f"{file_href}&navpanes=0&view=FitH",
            page=page,
            toggle_href=self._address(turned),
            is_open=bool(wanted.beside),
        )

    def _address(self, wanted: PlaceQuery) -> str:
        """Return the address that opens this report as ``wanted``."""
        query = urlencode(wanted.model_dump(exclude_defaults=True))
        at = "#quote" if wanted.start is not None else f"#page-{wanted.page}" if wanted.page else ""
        return f"{self._base}?{query}{at}" if query else f"{self._base}{at}"

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
                here = part_at(self._sheets, start) == current
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
        shows = self._beside(PlaceQuery()) is not None
        hrefs = {
            page: f"#page-{page}"
            if part_at(self._sheets, start) == current
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
                original_href=self._address(PlaceQuery(page=page, beside=1)) if shows else None,
            )
            for (before, page), after in neighbours
            if page and hrefs[page].startswith("#")
        }

    def _sheet_href(self, sheet: DocumentPart) -> str:
        return f"{self._base}?start={sheet.start}#text"


def _row(entry: DocumentEntry, presenter: Presenter) -> DocumentRow:
    info = entry.info
    return DocumentRow(
        title=info.title,
        subtitle=info.subtitle,
        publisher=info.publisher,
        year=info.year,
        language=info.language,
        countries=info.countries,
        themes=info.themes,
        n_pages=entry.n_pages,
        href=presenter.links.document(entry.doc_id),
    )
