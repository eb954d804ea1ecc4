"""``POST /v1/verify``: compares a quote, or a whole answer, with the texts that it cites."""

from fastapi import APIRouter

from indexer.records import Span
from service.interfaces.api.body_route import BodyRoute
from service.interfaces.api.dependencies import PresenterDep
from service.interfaces.api.problem_kinds import (
    CONTRADICTORY,
    INVALID,
    NOT_FOUND,
    NOT_READY,
    TOO_LARGE,
    openapi_problems,
)
from service.interfaces.api.schemas.prompt import (
    VerifiedSentence,
    VerifyAnswerRequest,
    VerifyAnswerResponse,
)
from service.interfaces.api.schemas.verify import VerifyRequest, VerifyResponse
from service.interfaces.context import ContextDep

router = APIRouter(prefix="/v1", tags=["questions"], route_class=BodyRoute)


@router.post(
    "/verify",
    operation_id="verify",
    summary="Verify a quote",
    responses=openapi_problems(NOT_FOUND, CONTRADICTORY, TOO_LARGE, INVALID, NOT_READY),
)
def verify(request: VerifyRequest, presenter: PresenterDep) -> VerifyResponse:
    """Compare a quote, character by character, with what stands in the document at that place."""
    document = presenter.edition.document(request.document)
    return presenter.verified(document, Span(request.start, request.end), request.quote)


@router.post(
    "/verify/answer",
    operation_id="verify_answer",
    summary="Verify an answer that a model wrote",
    responses=openapi_problems(NOT_FOUND, CONTRADICTORY, TOO_LARGE, INVALID, NOT_READY),
)
def verify_answer(request: VerifyAnswerRequest, context: ContextDep) -> VerifyAnswerResponse:
    """Check an answer sentence by sentence against the places that it cites.

    Checked is what can be compared: numbers in brackets, words in quotation marks, figures and
    years. Nothing of what you send is kept.
    """
    cited = {
        place.number: (place.document, Span(place.start, place.end)) for place in request.citations
    }
    sentences = context.service.verify_answer(request.text, cited)
    return VerifyAnswerResponse(
        supported=all(sentence.is_supported for sentence in sentences),
        sentences=[
            VerifiedSentence(
                start=sentence.span.start,
                end=sentence.span.end,
                text=sentence.span.of(request.text),
                supported=sentence.is_supported,
                citations=list(sentence.citations),
                unknown_citations=list(sentence.unknown_citations),
                altered_quotes=list(sentence.altered_quotes),
                unsupported_figures=list(sentence.unsupported_figures),
            )
            for sentence in sentences
        ],
    )
