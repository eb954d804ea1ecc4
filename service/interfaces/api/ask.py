"""``POST /v1/ask``: a question answered with quotes, or refused."""

import time

from fastapi import APIRouter

from service.interfaces.api.dependencies import InRoom, Presenting
from service.interfaces.api.problems import responses
from service.interfaces.api.requests import options_of, question_of
from service.interfaces.api.schemas.answers import Answered, AskRequest, AskResponse, Refused

router = APIRouter(prefix="/v1", tags=["questions"])


@router.post(
    "/ask",
    operation_id="ask",
    summary="Ask a question",
    response_model=AskResponse,
    responses=responses(413, 422, 503),
)
def ask(asked: AskRequest, room: InRoom, presenter: Presenting) -> Answered | Refused:
    """Answer with sentences quoted from the reports, or say why the reports do not answer.

    `status` tells which: `answered` comes with `answer` and `citations`, `refused` with `refusal`
    and up to three `nearest` passages that are not an answer.
    """
    started = time.perf_counter()
    question = question_of(asked.question, asked.filters, presenter.edition)
    options = options_of(asked, room.settings)
    outcome = presenter.edition.answerer.answer(question, options)
    took_ms = (time.perf_counter() - started) * 1e3
    return presenter.asked(outcome, options, took_ms=took_ms)
