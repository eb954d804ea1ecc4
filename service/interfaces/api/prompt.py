"""``POST /v1/prompt``: for callers who let a language model of their own write."""

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
from service.interfaces.api.schemas.answers import AskRequest
from service.interfaces.api.schemas.prompt import PromptResponse
from service.interfaces.context import ContextDep

router = APIRouter(prefix="/v1", tags=["questions"], route_class=BodyRoute)


@router.post(
    "/prompt",
    operation_id="prompt",
    summary="Get a grounded prompt",
    responses=openapi_problems(NOT_IN_CORPUS, CONTRADICTORY, TOO_LARGE, INVALID, NOT_READY),
)
def prompt(request: AskRequest, context: ContextDep) -> PromptResponse:
    """Return a prompt by which a language model of yours answers from quotes alone.

    Give it to your model as it is, then send what it wrote to `POST /v1/verify/answer`, with the
    citations of `outcome`.
    """
    outcome = ask_service(request, context.service)
    presenter = presenter_of(context, outcome.edition)
    return PromptResponse(
        prompt=context.wording.grounded_prompt(outcome.result, context.links),
        outcome=presenter.outcome(outcome, text_format=request.format),
    )
