"""``POST /v1/ask``: answers a question with quotes, or refuses."""

from fastapi import APIRouter

from service.interfaces.api.body_route import BodyRoute
from service.interfaces.api.dependencies import presenter_of
from service.interfaces.api.problem_kinds import (
    CONTRADICTORY,
    INVALID,
    NOT_IN_CORPUS,
    NOT_READY,
    TOO_LARGE,
    openapi_problems,
)
from service.interfaces.api.requests import ask_service
from service.interfaces.api.schemas.answers import Answered, AskRequest, AskResponse, Refused
from service.interfaces.context import ContextDep

router = APIRouter(prefix="/v1", tags=["questions"], route_class=BodyRoute)


@router.post(
    "/ask",
    operation_id="ask",
    summary="Ask a question",
    response_model=AskResponse,
    responses=openapi_problems(NOT_IN_CORPUS, CONTRADICTORY, TOO_LARGE, INVALID, NOT_READY),
)
def ask(request: AskRequest, context: ContextDep) -> Answered | Refused:
    """Answer with sentences quoted from the reports, or say why no answer was found.

    `status` tells which: `answered` comes with `answer` and `citations`, `refused` with `refusal`
    and up to three `nearest` passages that are not an answer.
    """
    outcome = ask_service(request, context.service)
    return presenter_of(context, outcome.edition).outcome(outcome, text_format=request.format)
