"""``GET /v1/documents…``: the reports, their metadata, text and originals."""

import hashlib
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import FileResponse, PlainTextResponse

from indexer.file_names import find_file
from indexer.records import Document
from indexer.store.index import DocumentEntry
from service.errors import (
    BadFieldError,
    FileChangedError,
    FileGoneError,
    FileNotServedError,
    UnknownDocumentError,
    UnknownFilterError,
)
from service.interfaces.api.dependencies import InRoom, Presenting
from service.interfaces.api.problems import responses
from service.interfaces.api.requests import filters_of
from service.interfaces.api.responses import Presenter
from service.interfaces.api.schemas.documents import (
    DocumentDetail,
    DocumentsQuery,
    DocumentsResponse,
    FacetCount,
    UnreadDocument,
)
from service.interfaces.middleware.security_headers import EMBEDDED_PDF_HEADERS
from service.pipeline.facets import admits, check_filters, narrowed_facets

router = APIRouter(prefix="/v1/documents", tags=["documents"])

DocumentId = Annotated[str, Path(description="As the list of documents or a citation names it.")]

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".htm": "text/html",
    ".md": "text/plain",
    ".txt": "text/plain",
}
SANDBOX = "sandbox; default-src 'none'; img-src data:; frame-ancestors 'none'"
"""A report in HTML is somebody else's page: no script of it runs under our name."""


@router.get(
    "",
    operation_id="list_documents",
    summary="List the reports",
    responses=responses(422, 503),
)
def list_documents(
    query: Annotated[DocumentsQuery, Query()], presenter: Presenting
) -> DocumentsResponse:
    """List the reports that pass the filters, a page at a time, with counts for each filter."""
    filters = filters_of(query)
    try:
        check_filters(filters, presenter.edition.coverage)
    except UnknownFilterError as error:  # here a filter is a parameter, not a field of `filters`
        raise BadFieldError(field=error.field, value=error.value, problem=str(error)) from error
    entries = presenter.index.documents
    passing = [entry for entry in entries if admits(filters, entry)]
    return DocumentsResponse(
        documents=[
            presenter.document(entry)
            for entry in passing[query.offset : query.offset + query.limit]
        ],
        total=len(passing),
        limit=query.limit,
        offset=query.offset,
        facets={
            field: [FacetCount(value=facet.value, documents=facet.n_documents) for facet in facets]
            for field, facets in narrowed_facets(entries, filters).items()
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
    responses=responses(404, 422, 503),
)
def get_document(doc_id: DocumentId, presenter: Presenting) -> DocumentDetail:
    """Return what is known of one report; `pages` is null where its format has none."""
    return presenter.document_detail(entry_of(presenter, doc_id))


@router.get(
    "/{doc_id}/text",
    operation_id="get_document_text",
    summary="Get one report's text",
    response_class=PlainTextResponse,
    responses=responses(404, 422, 503),
)
def get_document_text(doc_id: DocumentId, presenter: Presenting) -> PlainTextResponse:
    """Return the text that every `start` and `end` counts in, as Unicode code points."""
    return PlainTextResponse(document_of(presenter, doc_id).text)


@router.get(
    "/{doc_id}/file",
    operation_id="get_document_file",
    summary="Get one report's original",
    response_class=FileResponse,
    responses={
        200: {
            "description": "The file as it was indexed, byte for byte.",
            "content": {"application/octet-stream": {}},
        },
        **responses(404, 409, 410, 422, 503),
    },
)
def get_document_file(doc_id: DocumentId, room: InRoom, presenter: Presenting) -> FileResponse:
    """Return the original, if the operator allows it and it is still the one that was indexed."""
    if not room.settings.serve_files:
        raise FileNotServedError
    entry = entry_of(presenter, doc_id)
    path = original_path(room.settings.corpus, entry)
    headers = {"ETag": f'"{entry.sha256}"'}
    suffix = path.suffix.lower()
    if suffix == ".pdf":  # browsers refuse to show a PDF in a sandbox
        headers |= EMBEDDED_PDF_HEADERS
    else:
        headers["Content-Security-Policy"] = SANDBOX
    if suffix in {".html", ".htm"}:
        headers["Content-Type"] = "text/html"  # the file itself says which encoding
    return FileResponse(
        path,
        media_type=MEDIA_TYPES.get(suffix, "application/octet-stream"),
        filename=path.name,
        content_disposition_type="inline",
        headers=headers,
    )


def entry_of(presenter: Presenter, doc_id: str) -> DocumentEntry:
    """Return the entry of one report.

    Raises:
        UnknownDocumentError: No report has this id.
    """
    try:
        return presenter.index.entry(doc_id)
    except KeyError:
        raise UnknownDocumentError(doc_id) from None


def document_of(presenter: Presenter, doc_id: str) -> Document:
    """Return one report with its text.

    Raises:
        UnknownDocumentError: No report has this id.
    """
    try:
        return presenter.index.document(doc_id)
    except KeyError:
        raise UnknownDocumentError(doc_id) from None


def original_path(corpus_dir: FilePath, entry: DocumentEntry) -> FilePath:
    """Return where the original of ``entry`` lies.

    Raises:
        FileGoneError: It is no longer there, or no longer inside the corpus folder.
        FileChangedError: Its bytes are not those that were indexed.
    """
    root = corpus_dir.resolve()
    path = find_file(root, entry.file).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise FileGoneError(entry.file)
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != entry.sha256:
            raise FileChangedError(entry.file)
    return path
