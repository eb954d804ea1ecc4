"""``/documents``: the list of reports, filtered and sorted."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from indexer.store.records import DocumentEntry
from service.errors import ArgumentError, UnknownFilterError
from service.interfaces.api.problem_kinds import INVALID
from service.interfaces.context import ContextDep
from service.interfaces.web.document_row import document_row
from service.interfaces.web.form import filter_problem, filters_from, form_of
from service.interfaces.web.rendering import RendererDep
from service.interfaces.web.view_models.document_list import DocumentListPage, UnreadRow
from service.interfaces.web.view_models.form import Form
from service.outcomes import Reports
from service.presentation.links import Links
from service.records import Filters

router = APIRouter(include_in_schema=False)

MAX_ROWS = 50
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


@router.get("/documents")
def list_documents(
    request: Request,
    context: ContextDep,
    renderer: RendererDep,
    query: Annotated[ListQuery, Query()],
) -> Response:
    """List the reports that pass the filters."""
    params = request.query_params
    problem = None
    try:
        reports = context.service.reports(filters_from(params))
    except (ArgumentError, UnknownFilterError) as error:
        problem = filter_problem(params, error)
        reports = context.service.reports(Filters())
    form = form_of(params, reports.edition, filter_error=problem)
    page = document_list_page(reports, form, query=query, links=context.page_links)
    status = INVALID.status if problem else 200
    return renderer.render(request, "document_list.html", page, status=status)


def document_list_page(
    reports: Reports, form: Form, *, query: ListQuery, links: Links
) -> DocumentListPage:
    """Return one page of the list."""
    index = reports.edition.index
    entries = sorted(reports.entries, key=SORTS[query.sort])
    offset = query.offset
    shown = entries[offset : offset + MAX_ROWS]
    return DocumentListPage(
        form=form,
        sort=query.sort,
        rows=tuple(document_row(entry, links) for entry in shown),
        first=offset + 1,
        total=len(entries),
        of_all=len(index.documents),
        previous_href=_list_href(form, query, max(offset - MAX_ROWS, 0)) if offset else None,
        next_href=_list_href(form, query, offset + MAX_ROWS)
        if offset + MAX_ROWS < len(entries)
        else None,
        unread=tuple(
            UnreadRow(unread.file, str(unread.reason), unread.detail) for unread in index.unread
        ),
    )


def _list_href(form: Form, query: ListQuery, offset: int) -> str:
    """Return the address of another part of the same list."""
    ticked = [
        (group.field, option.value)
        for group in form.groups
        for option in group.options
        if option.checked
    ]
    years = [("year_from", form.year_from), ("year_to", form.year_to)]
    params = [
        *ticked,
        *((name, year) for name, year in years if year),
        ("sort", query.sort),
        ("offset", offset),
    ]
    return f"/documents?{urlencode(params)}"
