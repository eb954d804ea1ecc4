"""``GET /healthz`` and ``GET /readyz``: liveness and readiness."""

from fastapi import APIRouter

from service.dependencies import dependencies
from service.interfaces.api.dependencies import PresenterDep
from service.interfaces.api.problem_kinds import NOT_READY, openapi_problems
from service.interfaces.api.schemas.health import Check, Health, Readiness
from service.interfaces.context import ContextDep

router = APIRouter(tags=["health"])


@router.get("/healthz", operation_id="healthz", summary="Is the process alive?")
async def healthz() -> Health:
    """Answer 200 as soon as the process listens, whatever the index is like."""
    return Health()


@router.get(
    "/readyz",
    operation_id="readyz",
    summary="Are questions being answered?",
    responses=openapi_problems(NOT_READY),
)
async def readyz(context: ContextDep, presenter: PresenterDep) -> Readiness:
    """Answer 200 when an index is loaded, else 503 with the command that mends it.

    `checks` tells of each thing that the service depends on whether it is well.
    """
    service = context.service
    checks = dependencies(service.settings, presenter.edition, trouble=service.trouble)
    return Readiness(
        index=presenter.index_info(),
        generation=presenter.edition.generation,
        encoder=presenter.index.manifest.encoder,
        trouble=service.trouble,
        translation=presenter.edition.answerer.models.translator.translation,
        checks=[Check.model_validate(check) for check in checks],
    )
