"""``GET /v1/models``: there is one, and it writes nothing."""

from datetime import datetime

from fastapi import APIRouter

from service.errors import UnknownModelError
from service.interfaces.chat.openai.conversation import MODEL
from service.interfaces.context import ContextDep, DoorContext

router = APIRouter(prefix="/v1/models", include_in_schema=False)


@router.get("")
def list_models(context: ContextDep) -> dict[str, object]:
    """List the one model."""
    return {"object": "list", "data": [_model(context)]}


@router.get("/{model}")
def get_model(model: str, context: ContextDep) -> dict[str, object]:
    """Describe the model.

    Raises:
        UnknownModelError: There is no other.
    """
    if model != MODEL:
        raise UnknownModelError(model, known=MODEL)
    return _model(context)


def _model(context: DoorContext) -> dict[str, object]:
    built_at = context.service.edition().index.manifest.built_at
    created = int(datetime.fromisoformat(built_at).timestamp())
    return {"id": MODEL, "object": "model", "created": created, "owned_by": "cita"}
