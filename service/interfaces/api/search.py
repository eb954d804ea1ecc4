"""``POST /v1/search`` and ``GET /v1/passages/{id}``: passages, found or named."""

import time
from typing import Annotated

from fastapi import APIRouter, Path

from service.errors import UnknownPassageError
from service.interfaces.api.dependencies import InRoom, Presenting
from service.interfaces.api.problems import responses
from service.interfaces.api.requests import question_of
from service.interfaces.api.schemas.passages import Passage, SearchRequest, SearchResponse

router = APIRouter(prefix="/v1", tags=["passages"])


@router.post(
    "/search",
    operation_id="search",
    summary="Search passages",
    responses=responses(413, 422, 503),
)
def search(asked: SearchRequest, room: InRoom, presenter: Presenting) -> SearchResponse:
    """Return the passages that come nearest to the query, best first."""
    started = time.perf_counter()
    question = question_of(asked.query, asked.filters, presenter.edition, field="query")
    top_k = asked.top_k or room.settings.top_k
    found = presenter.edition.answerer.search(question, top_k=top_k)
    results = [presenter.passage(scored.passage, score=scored.score) for scored in found]
    took_ms = round((time.perf_counter() - started) * 1e3, 1)
    return SearchResponse(results=results, index=presenter.index_info(), took_ms=took_ms)


@router.get(
    "/passages/{passage_id}",
    operation_id="get_passage",
    summary="Get one passage",
    responses=responses(404, 422, 503),
)
def get_passage(
    passage_id: Annotated[
        str, Path(max_length=300, description="As a search result or citation names it.")
    ],
    presenter: Presenting,
) -> Passage:
    """Return one passage with its place."""
    row = presenter.index.row_of(passage_id)
    if row is None:
        raise UnknownPassageError(passage_id)
    return presenter.passage(presenter.index.passage(row))
