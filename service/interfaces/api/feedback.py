"""``POST /v1/feedback``: feedback on an answer from a caller's user."""

from fastapi import APIRouter
from starlette.responses import Response

from service.feedback import Feedback, KeptQuestion, Verdict
from service.interfaces.api.problem_kinds import (
    INVALID,
    NOT_FOUND,
    NOT_STORED,
    TOO_LARGE,
    openapi_problems,
)
from service.interfaces.api.schemas.feedback import FeedbackRequest
from service.interfaces.context import ContextDep

router = APIRouter(prefix="/v1", tags=["questions"])


@router.post(
    "/feedback",
    operation_id="send_feedback",
    summary="Say something about an answer",
    status_code=204,
    responses=openapi_problems(NOT_FOUND, TOO_LARGE, INVALID, NOT_STORED),
)
def send_feedback(request: FeedbackRequest, context: ContextDep) -> Response:
    """Store a verdict, with the question only if you send it: ask your user first."""
    places = tuple((place.document, place.start, place.end) for place in request.quotes)
    context.service.store_feedback(
        Feedback(
            verdict=Verdict(request.verdict),
            comment=request.comment,
            language=request.language,
            fingerprint=request.fingerprint,
            kept=KeptQuestion(request.question, (), places) if request.question else None,
        )
    )
    return Response(status_code=204)
