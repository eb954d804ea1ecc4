"""``POST /v1/quote``: quotes from passages that the caller brings; no report is searched."""

import time

from fastapi import APIRouter

from service.interfaces.api.dependencies import InRoom, Presenting
from service.interfaces.api.problems import responses
from service.interfaces.api.requests import question_of
from service.interfaces.api.schemas.filters import Filters
from service.interfaces.api.schemas.quote import PassageQuote, QuoteRequest, QuoteResponse
from service.pipeline.caller_texts import BroughtText
from service.records import AnswerOptions

router = APIRouter(prefix="/v1", tags=["questions"])


@router.post(
    "/quote",
    operation_id="quote",
    summary="Quote from passages that you bring",
    responses=responses(413, 422, 503),
)
def quote(asked: QuoteRequest, room: InRoom, presenter: Presenting) -> QuoteResponse:
    """Choose the sentences of your own passages that answer a question, by the same reading.

    Nothing of what you send is kept. Quotes come surest first; where none reaches
    `min_confidence` there are none.
    """
    started = time.perf_counter()
    question = question_of(asked.question, Filters(), presenter.edition)
    confidence = asked.min_confidence
    options = AnswerOptions(
        max_quotes=room.settings.max_quotes,
        max_words=room.settings.max_words,
        min_confidence=room.settings.min_confidence if confidence is None else confidence,
    )
    texts = [BroughtText(passage.id, passage.text) for passage in asked.passages]
    quotes = presenter.edition.answerer.quote(question, texts, options)
    return QuoteResponse(
        quotes=[
            PassageQuote(
                passage=each.text_id,
                start=each.span.start,
                end=each.span.end,
                text=each.quote,
                confidence=round(each.confidence, 4),
                highlight=(each.highlight.start, each.highlight.end) if each.highlight else None,
            )
            for each in quotes
        ],
        took_ms=round((time.perf_counter() - started) * 1e3, 1),
    )
