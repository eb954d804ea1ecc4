"""``POST /v1/feedback``: what a caller's user says about an answer."""

import sqlite3

from fastapi import APIRouter
from starlette.responses import Response

from service.errors import FeedbackNotStoredError, FeedbackOffError
from service.feedback import Asked, Feedback, FeedbackStore, Verdict
from service.interfaces.api.dependencies import InRoom
from service.interfaces.api.problems import responses
from service.interfaces.api.schemas.feedback import FeedbackRequest

router = APIRouter(prefix="/v1", tags=["questions"])


@router.post(
    "/feedback",
    operation_id="send_feedback",
    summary="Say something about an answer",
    status_code=204,
    responses=responses(404, 413, 422, 507),
)
def send_feedback(said: FeedbackRequest, room: InRoom) -> Response:
    """Store a verdict, with the question only if you send it: ask your user first."""
    if not room.settings.collect_feedback:
        raise FeedbackOffError
    places = tuple((place.document, place.start, place.end) for place in said.quotes)
    try:
        FeedbackStore(room.settings.state).add(
            Feedback(
                verdict=Verdict(said.verdict),
                comment=said.comment,
                language=said.language,
                fingerprint=said.fingerprint,
                asked=Asked(said.question, (), places) if said.question else None,
            )
        )
    except (OSError, sqlite3.Error) as error:
        raise FeedbackNotStoredError from error
    return Response(status_code=204)
