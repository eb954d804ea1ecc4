"""``GET /v1/documents…``: the reports, their metadata, text and originals."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import FileResponse, PlainTextResponse

from service.errors import UnknownFilterError, UnknownParameterError
from service.interfaces.api.body_route import BodyRoute
from service.interfaces.api.dependencies import PresenterDep, presenter_of
from service.interfaces.api.problem_kinds import (
    CHANGED,
    CONTRADICTORY,
    GONE,
    INVALID,
    NOT_FOUND,
    NOT_IN_CORPUS,
    NOT_READY,
    openapi_problems,
)
from service.interfaces.api.requests import filters_of
from service.interfaces.api.schemas.documents import (
    DocumentDetail,
    DocumentsQuery,
    DocumentsResponse,
    FacetCount,
    UnreadDocument,
)
from service.interfaces.context import ContextDep
from service.interfaces.middleware.security_headers import EMBEDDED_PDF_HEADERS
from service.pipeline.facets import narrowed_facets

router = APIRouter(prefix="/v1/documents", tags=["documents"], route_class=BodyRoute)

DocumentId = Annotated[str, Path(description="As the list of documents or a citation names it.")]

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".htm": "text/html",
    ".md": "text/plain",
    ".txt": "text/plain",
}
_UNKNOWN = "application/octet-stream"
_BYTES = {"type": "string", "format": "binary"}
SANDBOX = "sandbox; default-src 'none'; img-src data:; frame-ancestors 'none'"
"""For originals: a report in HTML is not ours, so none of its scripts may run here."""


@router.get(
    "",
    operation_id="list_documents",
    summary="List the reports",
    responses=openapi_problems(NOT_IN_CORPUS, CONTRADICTORY, INVALID, NOT_READY),
)
def list_documents(
    query: Annotated[DocumentsQuery, Query()], context: ContextDep
) -> DocumentsResponse:
    """List the reports that pass the filters, a page at a time, with counts for each filter."""
    filters = filters_of(query)
    try:
        reports = context.service.reports(filters)
    except UnknownFilterError as error:  # a filter is a parameter here, not a field of `filters`
        raise UnknownParameterError(
            field=error.field, value=error.value, problem=str(error)
        ) from error
    presenter = presenter_of(context, reports.edition)
    return DocumentsResponse(
        documents=[
            presenter.document(entry)
            for entry in reports.entries[query.offset : query.offset + query.limit]
        ],
        total=len(reports.entries),
        limit=query.limit,
        offset=query.offset,
        facets={
            field: [FacetCount(value=facet.value, documents=facet.n_documents) for facet in facets]
            for field, facets in narrowed_facets(presenter.index.documents, filters).items()
        },
        unread=[
            UnreadDocument(file=unread.file, reason=unread.reason, detail=unread.detail)
            for unread in presenter.index.unread
        ],
        index=presenter.index_info(),
    )


@router.get(
    "/{doc_id}",
    operation_id="get_document",
    summary="Get one report's metadata, pages and outline",
    responses=openapi_problems(NOT_FOUND, INVALID, NOT_READY),
)
def get_document(doc_id: DocumentId, presenter: PresenterDep) -> DocumentDetail:
    """Return what is known of one report; `pages` is null where its format has none."""
    return presenter.document_detail(presenter.edition.entry(doc_id))


@router.get(
    "/{doc_id}/text",
    operation_id="get_document_text",
    summary="Get one report's text",
    response_class=PlainTextResponse,
    responses=openapi_problems(NOT_FOUND, INVALID, NOT_READY),
)
def get_document_text(doc_id: DocumentId, presenter: PresenterDep) -> PlainTextResponse:
    """Return the text that every `start` and `end` counts in, as Unicode code points."""
    return PlainTextResponse(presenter.edition.document(doc_id).text)


@router.get(
    "/{doc_id}/file",
    operation_id="get_document_file",
    summary="Get one report's original",
    response_class=FileResponse,
    responses={
        200: {
            "description": "The file as it was indexed, byte for byte.",
            "content": {
                kind: {"schema": _BYTES} for kind in sorted({*MEDIA_TYPES.values(), _UNKNOWN})
            },
        },
        **openapi_problems(NOT_FOUND, CHANGED, GONE, INVALID, NOT_READY),
    },
)
def get_document_file(doc_id: DocumentId, context: ContextDep) -> FileResponse:
    """Return the original, if the operator allows it and it is still the one that was indexed."""
    entry, path = context.service.original(doc_id)
    headers = {"ETag": f'"{entry.sha256}"'}
    suffix = path.suffix.lower()
    if suffix == ".pdf":  # browsers refuse to show a PDF in a sandbox
        headers |= EMBEDDED_PDF_HEADERS
    else:
        headers["Content-Security-Policy"] = SANDBOX
    if suffix in {".html", ".htm"}:
        headers["Content-Type"] = "text/html"  # without a charset: the file declares its own
    return FileResponse(
        path,
        media_type=MEDIA_TYPES.get(suffix, _UNKNOWN),
        filename=path.name,
        content_disposition_type="inline",
        headers=headers,
    )
