"""``POST /v1/quote``: quotes from passages in the request; no report is searched."""

from fastapi import APIRouter

from service.interfaces.api.body_route import BodyRoute
from service.interfaces.api.problem_kinds import (
    CONTRADICTORY,
    INVALID,
    NOT_READY,
    TOO_LARGE,
    openapi_problems,
)
from service.interfaces.api.requests import question_in
from service.interfaces.api.schemas.quote import PassageQuote, QuoteRequest, QuoteResponse
from service.interfaces.context import ContextDep
from service.pipeline.caller_texts import CallerText

router = APIRouter(prefix="/v1", tags=["questions"], route_class=BodyRoute)


@router.post(
    "/quote",
    operation_id="quote",
    summary="Quote from passages that you bring",
    responses=openapi_problems(CONTRADICTORY, TOO_LARGE, INVALID, NOT_READY),
)
def quote(request: QuoteRequest, context: ContextDep) -> QuoteResponse:
    """Choose the sentences of your own passages that answer a question, by the same reading.

    Nothing of what you send is kept. Quotes come surest first; where none reaches
    `min_confidence` there are none.
    """
    texts = [CallerText(passage.id, passage.text) for passage in request.passages]
    with question_in("question", request.question):
        outcome = context.service.quote(
            request.question, texts, min_confidence=request.min_confidence
        )
    return QuoteResponse(
        quotes=[
            PassageQuote(
                passage=quote.text_id,
                start=quote.span.start,
                end=quote.span.end,
                text=quote.quote,
                confidence=round(quote.confidence, 4),
                highlight=(quote.highlight.start, quote.highlight.end) if quote.highlight else None,
            )
            for quote in outcome.quotes
        ],
        took_ms=round(outcome.took_ms, 1),
    )
