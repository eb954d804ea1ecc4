"""``POST /v1/verify``: compares a quote with the text of its document."""

from fastapi import APIRouter

from indexer.records import Span
from service.interfaces.api.dependencies import PresenterDep
from service.interfaces.api.problems import openapi_problems
from service.interfaces.api.schemas.verify import VerifyRequest, VerifyResponse

router = APIRouter(prefix="/v1", tags=["questions"])


@router.post(
    "/verify",
    operation_id="verify",
    summary="Verify a quote",
    responses=openapi_problems(404, 413, 422, 503),
)
def verify(request: VerifyRequest, presenter: PresenterDep) -> VerifyResponse:
    """Compare a quote, character by character, with what stands in the document at that place."""
    document = presenter.edition.document(request.document)
    return presenter.verified(document, Span(request.start, request.end), request.quote)
