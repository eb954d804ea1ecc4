"""``/documents/{doc_id}``: the text of one report, opened at a quote, and its reference."""

from itertools import pairwise
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from indexer.records import Document, Span
from service.interfaces.api.problem_kinds import NOT_FOUND
from service.interfaces.api.problems import ProblemDetail
from service.interfaces.context import ContextDep
from service.interfaces.web.block_layout import Marks, typeset
from service.interfaces.web.document_find import NOTHING_SOUGHT, FoundPlaces
from service.interfaces.web.document_parts import DocumentPart, cut_into_parts, part_at
from service.interfaces.web.document_row import document_row, newer_editions
from service.interfaces.web.page_turns import page_turns
from service.interfaces.web.rendering import RendererDep
from service.interfaces.web.structured_data import report_description, safe_url
from service.interfaces.web.view_models.document import (
    DocumentPage,
    OriginalPane,
    OutlineRow,
    PageTurn,
    PartLink,
    QuotePosition,
)
from service.library import Edition
from service.pipeline.question import MAX_CHARS, clean
from service.presentation.bibliography import FORMATS, Reference
from service.presentation.contents import contents_of
from service.presentation.links import SHA256_CHARS, Links, spans_from_words

router = APIRouter(include_in_schema=False)


class PlaceQuery(BaseModel):
    """Where to open a report: at a quote or at a page.

    Attributes:
        start: First character of the quote.
        end: One past its last.
        page: Physical page.
        sha256: Of the file that the link was made for, its first characters.
        quotes: All that an answer quotes from the report, as `service.presentation.links` writes
            spans.
        beside: 1 to show the original beside the text.
        find: Words to mark in the text.
        match: Which of their places to open at, 1-based.
    """

    start: int | None = Field(default=None, ge=0, le=10**10)
    end: int | None = Field(default=None, ge=0, le=10**10)
    page: int | None = Field(default=None, ge=1, le=10**6)
    sha256: str | None = Field(default=None, max_length=64)
    quotes: str = Field(default="", max_length=400)
    beside: int = Field(default=0, ge=0, le=1)
    find: str = Field(default="", max_length=MAX_CHARS)
    match: int | None = Field(default=None, ge=1, le=10**9)


@router.get("/documents/{doc_id}")
def show_document(
    doc_id: str,
    request: Request,
    context: ContextDep,
    renderer: RendererDep,
    place: Annotated[PlaceQuery, Query()],
) -> Response:
    """Show the text of a report, opened at ``place``."""
    edition = context.service.edition()
    words = clean(place.find)
    found = NOTHING_SOUGHT
    if words:
        language = renderer.interface(request).language
        sought = context.service.places_of_words(words, doc_id, reader_language=language)
        found = FoundPlaces(words, sought, place.match, place.start)
    if found.places and place.match is None and place.start is None:
        # What the form sends; only an address with a fragment takes the reader to the place.
        query = urlencode([*request.query_params.multi_items(), ("match", "1")])
        return RedirectResponse(f"{request.url.path}?{query}#quote", status_code=303)
    view = DocumentView(
        edition.document(doc_id), edition=edition, links=context.page_links, found=found
    )
    return renderer.render(request, "document.html", view.page(place))


@router.get("/documents/{doc_id}/reference.{kind}")
def export_reference(
    doc_id: str, kind: str, request: Request, context: ContextDep, renderer: RendererDep
) -> Response:
    """Return the bibliographic reference of a report as a file."""
    if kind not in FORMATS:
        return renderer.error(
            request,
            ProblemDetail(NOT_FOUND, f"no file of kind {kind!r}; known are {', '.join(FORMATS)}"),
        )
    entry = context.service.edition().entry(doc_id)
    url = Links(renderer.base_url(request)).document(doc_id)
    write, media_type = FORMATS[kind]
    return Response(
        write([Reference(doc_id, entry.info, url)]),
        media_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{entry.doc_id}.{kind}"'},
    )


class DocumentView:
    """One report, opened at a quote, a page, a word that was looked for, or its beginning."""

    def __init__(
        self,
        document: Document,
        *,
        edition: Edition,
        links: Links,
        found: FoundPlaces = NOTHING_SOUGHT,
    ) -> None:
        self._document = document
        self._found = found
        self._edition = edition
        self._entry = edition.entry(document.doc_id)
        self._links = links
        self._parts = cut_into_parts(document)
        self._address = links.document(document.doc_id)

    def page(self, place: PlaceQuery) -> DocumentPage:
        """Show the part with the quote, else the one with the page, else the first."""
        warning = self._warning(place)
        found = self._found
        quote = self._quote(place) if warning is None and not found.words else None
        marks = Marks(tuple(found.places), found.current) if found.words else Marks.of(quote)
        current = part_at(self._parts, self._offset(place))
        part = self._parts[current]
        groups = typeset(
            self._document,
            self._document.blocks[part.first_block : part.last_block],
            marks=marks,
        )
        entry, info = self._entry, self._document.info
        return DocumentPage(
            title=info.title,
            report=document_row(entry, self._links),
            authors=info.authors,
            licence=info.licence,
            publisher_href=safe_url(info.url),
            original_href=self._links.original(entry.doc_id, entry.file),
            outline=tuple(self._outline(current)),
            parts=tuple(
                PartLink(
                    number=number + 1,
                    first_page=part.first_page,
                    last_page=part.last_page,
                    href=self._part_href(part),
                    is_current=number == current,
                )
                for number, part in enumerate(self._parts)
            ),
            previous_href=self._part_href(self._parts[current - 1]) if current else None,
            next_href=self._part_href(self._parts[current + 1])
            if current + 1 < len(self._parts)
            else None,
            groups=groups,
            turns=self._page_turns(current),
            warning=warning,
            has_quote=quote is not None,
            quote_position=self._quote_position(quote, place) if quote else None,
            find=found.bar(
                lambda number: self._href(PlaceQuery(find=found.words, match=number)),
                entry=entry,
                address=self._address,
            ),
            find_action=self._address,
            original_pane=self._original_pane(place),
            notes=self._document.notes,
            newer=newer_editions(entry.superseded_by, self._edition, self._links),
            references=tuple((kind, f"{self._address}/reference.{kind}") for kind in FORMATS),
            structured=report_description(info),
        )

    def _warning(self, place: PlaceQuery) -> str | None:
        if place.sha256 is not None:
            digest = place.sha256[:SHA256_CHARS].lower()
            if not self._document.sha256.startswith(digest):
                return "changed"
        is_outside = place.start is not None and place.start >= len(self._document.text)
        return "outside" if is_outside else None

    def _quote(self, place: PlaceQuery) -> Span | None:
        if place.start is None or place.end is None:
            return None
        end = min(place.end, len(self._document.text))
        return Span(place.start, end) if place.start < end else None

    def _quote_position(self, quote: Span, place: PlaceQuery) -> QuotePosition | None:
        """Return which of an answer's quotes this is; ``None`` if it is the only one."""
        quotes = spans_from_words(place.quotes)
        if quote not in quotes or len(quotes) < 2:  # noqa: PLR2004
            return None
        position = quotes.index(quote)
        hrefs = [
            self._href(place.model_copy(update={"start": span.start, "end": span.end}))
            for span in quotes
        ]
        return QuotePosition(
            number=position + 1,
            n_quotes=len(quotes),
            previous_href=hrefs[position - 1] if position else None,
            next_href=hrefs[position + 1] if position + 1 < len(hrefs) else None,
        )

    def _original_pane(self, place: PlaceQuery) -> OriginalPane | None:
        """Return the original at the page of ``place``; ``None`` if it is not a PDF."""
        page = self._document.page_at(self._offset(place))
        links, entry = self._links, self._entry
        file_href = links.original(entry.doc_id, entry.file, page=page)
        if page is None or file_href is None or "#page=" not in file_href:
            return None
        toggled = place.model_copy(update={"beside": 1 - place.beside})
        return OriginalPane(
            file_href=f"{file_href}&navpanes=0&view=FitH",
            page=page,
            toggle_href=self._href(toggled),
            is_open=bool(place.beside),
        )

    def _href(self, place: PlaceQuery) -> str:
        """Return the address that opens this report at ``place``."""
        query = urlencode(place.model_dump(exclude_defaults=True))
        anchor = f"#page-{place.page}" if place.page else ""
        if place.start is not None or place.find:
            anchor = "#quote"
        return f"{self._address}?{query}{anchor}" if query else f"{self._address}{anchor}"

    def _offset(self, place: PlaceQuery) -> int:
        """Return the offset of ``place``; 0 if it names none."""
        if self._found.current is not None:
            return self._found.current.start
        if place.start is not None:
            return place.start
        turns = self._document.page_starts
        return next((turn.start for turn in turns if turn.page == place.page), 0)

    def _outline(self, current: int) -> list[OutlineRow]:
        rows = []
        for entry in contents_of(self._document):
            is_here = part_at(self._parts, entry.start) == current
            address = "" if is_here else f"{self._address}?{urlencode({'start': entry.start})}"
            rows.append(
                OutlineRow(
                    title=entry.title,
                    level=entry.level,
                    page=self._document.page_at(entry.start),
                    href=f"{address}#at-{entry.start}",
                )
            )
        return rows

    def _page_turns(self, current: int) -> dict[int, PageTurn]:
        """Return links to the neighbours of every page that begins in this part."""
        starts = {page: start for start, page in page_turns(self._document).items()}
        has_pane = self._original_pane(PlaceQuery()) is not None
        hrefs = {
            page: f"#page-{page}"
            if part_at(self._parts, start) == current
            else f"{self._address}?page={page}#page-{page}"
            for page, start in starts.items()
        }
        pages = [None, *starts, None]
        neighbours = zip(pairwise(pages[:-1]), pages[2:], strict=True)
        return {
            page: PageTurn(
                label=self._document.page_label(page),
                previous_href=hrefs.get(before) if before else None,
                next_href=hrefs.get(after) if after else None,
                original_href=self._href(PlaceQuery(page=page, beside=1)) if has_pane else None,
            )
            for (before, page), after in neighbours
            if page and hrefs[page].startswith("#")
        }

    def _part_href(self, part: DocumentPart) -> str:
        return f"{self._address}?start={part.start}#text"
