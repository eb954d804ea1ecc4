"""What clients of the OpenAI API may ask for and a quoting service has not."""

from fastapi import APIRouter
from starlette.responses import Response

from service.errors import BadFieldError

router = APIRouter(prefix="/v1", include_in_schema=False)


@router.post("/embeddings")
def create_embedding() -> Response:
    """Refuse.

    Raises:
        BadFieldError: Always; says what there is instead.
    """
    raise BadFieldError(
        field="input", value="", problem="there are no embeddings here; POST /v1/search searches"
    )


@router.post("/completions")
def create_text_completion() -> Response:
    """Refuse.

    Raises:
        BadFieldError: Always; says what there is instead.
    """
    raise BadFieldError(
        field="prompt", value="", problem="nothing is completed here; POST /v1/chat/completions"
    )
