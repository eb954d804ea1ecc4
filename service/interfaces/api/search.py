"""``POST /v1/search`` and ``GET /v1/passages/{id}``: passages by query or by id."""

from typing import Annotated

from fastapi import APIRouter, Path

from service.interfaces.api.body_route import BodyRoute
from service.interfaces.api.dependencies import PresenterDep, presenter_of
from service.interfaces.api.problem_kinds import (
    CONTRADICTORY,
    INVALID,
    NOT_FOUND,
    NOT_IN_CORPUS,
    NOT_READY,
    TOO_LARGE,
    openapi_problems,
)
from service.interfaces.api.requests import filters_of, question_in
from service.interfaces.api.schemas.passages import Passage
from service.interfaces.api.schemas.search import SearchRequest, SearchResponse
from service.interfaces.context import ContextDep

router = APIRouter(prefix="/v1", tags=["passages"], route_class=BodyRoute)


@router.post(
    "/search",
    operation_id="search",
    summary="Search passages",
    responses=openapi_problems(NOT_IN_CORPUS, CONTRADICTORY, TOO_LARGE, INVALID, NOT_READY),
)
def search(request: SearchRequest, context: ContextDep) -> SearchResponse:
    """Return the passages that come nearest to the query, best first, at most 50.

    What comes nearest has no end to page to; `GET /v1/search` lists all passages with some words.
    """
    with question_in("query", request.query):
        outcome = context.service.search(
            request.query, filters=filters_of(request.filters), top_k=request.top_k
        )
    presenter = presenter_of(context, outcome.edition)
    return SearchResponse(
        results=[
            presenter.passage(scored.passage, score=scored.score) for scored in outcome.passages
        ],
        index=presenter.index_info(),
        took_ms=round(outcome.took_ms, 1),
    )


@router.get(
    "/passages/{passage_id}",
    operation_id="get_passage",
    summary="Get one passage",
    responses=openapi_problems(NOT_FOUND, INVALID, NOT_READY),
)
def get_passage(
    passage_id: Annotated[
        str, Path(max_length=300, description="As a search result or citation names it.")
    ],
    presenter: PresenterDep,
) -> Passage:
    """Return one passage with its place."""
    return presenter.passage(presenter.edition.passage(passage_id))
