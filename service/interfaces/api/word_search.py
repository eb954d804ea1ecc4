"""``GET /v1/search`` and ``GET /v1/documents/{id}/search``: every passage that has some words."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request

from service.errors import UnknownFilterError, UnknownParameterError
from service.interfaces.api.body_route import BodyRoute
from service.interfaces.api.dependencies import presenter_of
from service.interfaces.api.documents import DocumentId
from service.interfaces.api.problem_kinds import (
    CONTRADICTORY,
    INVALID,
    NOT_FOUND,
    NOT_IN_CORPUS,
    NOT_READY,
    openapi_problems,
)
from service.interfaces.api.requests import filters_of, question_in
from service.interfaces.api.schemas.word_search import (
    PassageWithWords,
    ReportWithWords,
    ReportWordsQuery,
    WordsQuery,
    WordsResponse,
)
from service.interfaces.context import ContextDep, DoorContext
from service.outcomes import WordsOutcome
from service.records import Filters

router = APIRouter(prefix="/v1", tags=["passages"], route_class=BodyRoute)


@router.get(
    "/search",
    operation_id="search_words",
    summary="List every passage that has some words",
    responses=openapi_problems(NOT_IN_CORPUS, CONTRADICTORY, INVALID, NOT_READY),
)
def search_words(
    query: Annotated[WordsQuery, Query()], request: Request, context: ContextDep
) -> WordsResponse:
    """List all passages with the words, a page at a time, in a fixed order, with their places.

    A word is found in all its forms, with or without accents; one of five letters or more also
    inside longer words.
    """
    try:
        outcome = _found(query, filters_of(query), context)
    except UnknownFilterError as error:  # a filter is a parameter here, not a field of `filters`
        raise UnknownParameterError(
            field=error.field, value=error.value, problem=str(error)
        ) from error
    return _response(outcome, query, request, context)


@router.get(
    "/documents/{doc_id}/search",
    operation_id="search_document",
    summary="List every passage of one report that has some words",
    responses=openapi_problems(NOT_FOUND, INVALID, NOT_READY),
)
def search_document(
    doc_id: DocumentId,
    query: Annotated[ReportWordsQuery, Query()],
    request: Request,
    context: ContextDep,
) -> WordsResponse:
    """List all passages of a report with the words, in the order of its text."""
    context.service.edition().entry(doc_id)
    outcome = _found(query, Filters(document=(doc_id,)), context)
    return _response(outcome, query, request, context)


def _found(query: ReportWordsQuery, filters: Filters, context: DoorContext) -> WordsOutcome:
    with question_in("q", query.q):
        return context.service.find_words(query.q, filters=filters, match=query.match)


def _response(
    outcome: WordsOutcome, query: ReportWordsQuery, request: Request, context: DoorContext
) -> WordsResponse:
    presenter = presenter_of(context, outcome.edition)
    found, offset, limit = outcome.found, query.offset, query.limit
    has_more = offset + limit < found.n_passages
    return WordsResponse(
        words=[term.text for term in found.wanted.typed],
        english_words=[term.text for term in found.wanted.english],
        match=found.match,
        missing=found.n_missing,
        corrected=outcome.corrected,
        total=found.n_passages,
        occurrences=found.n_matches,
        limit=limit,
        offset=offset,
        previous=_page_href(request, context, max(offset - limit, 0)) if offset else None,
        next=_page_href(request, context, offset + limit) if has_more else None,
        reports=[
            ReportWithWords(
                document=report.entry.doc_id,
                title=report.entry.info.title,
                passages=len(report.passages),
                occurrences=report.n_matches,
            )
            for report in found.reports
        ],
        results=[
            PassageWithWords(
                **presenter.passage(presenter.index.passage(passage.row)).model_dump(),
                matches=[(match.start, match.end) for match in passage.matches],
            )
            for _, passage in found.page(offset=offset, limit=limit)
        ],
        index=presenter.index_info(),
        took_ms=round(outcome.took_ms, 1),
    )


def _page_href(request: Request, context: DoorContext, offset: int) -> str:
    """Return the address of another page of the same search."""
    kept = [pair for pair in request.query_params.multi_items() if pair[0] != "offset"]
    query = urlencode([*kept, ("offset", offset)])
    return f"{context.links.public_url or ''}{request.url.path}?{query}"
