"""The OpenAPI description: what FastAPI gathers, and what holds for every operation."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.access.callers import is_open
from service.interfaces.api.problem_kinds import (
    BUSY,
    HEADERS_TOO_LARGE,
    NO_KEY,
    NOT_ALLOWED_HERE,
    TOO_LARGE,
    TOO_LONG,
    TOO_OFTEN,
    TOO_SLOW,
    UNKNOWN_HOST,
    ProblemKind,
    openapi_problems,
)
from service.interfaces.api.schemas.problems import Problem
from service.interfaces.middleware.admission import is_free
from service.interfaces.middleware.allowed_hosts import PROBES

_SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key that the operator has made; needed where there are keys.",
    },
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same."},
}
_OPTIONAL: list[dict[str, list[str]]] = [{}, {"bearer": []}, {"apiKey": []}]


def openapi_description(app: FastAPI) -> dict[str, Any]:
    """Return the description, made once."""
    if app.openapi_schema is None:
        described = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        _add_problem(described["components"]["schemas"])
        _add_access(described)
        _add_refusals(described)
        app.openapi_schema = described
    return app.openapi_schema


def _add_problem(schemas: dict[str, Any]) -> None:
    """Add `Problem`, which no operation returns by itself."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schema.pop("$defs"))
    schemas["Problem"] = schema


def _add_access(described: dict[str, Any]) -> None:
    """Add what every operation that is not open to everybody may answer instead."""
    described["components"]["securitySchemes"] = _SCHEMES
    for path, operations in described["paths"].items():
        if is_open(path):
            continue
        for operation in operations.values():
            operation["security"] = _OPTIONAL
            _add_problems(operation, NO_KEY, NOT_ALLOWED_HERE, TOO_OFTEN)


def _add_refusals(described: dict[str, Any]) -> None:
    """Add what the layers around every operation may answer before it is reached."""
    for path, operations in described["paths"].items():
        for operation in operations.values():
            _add_problems(operation, TOO_LONG, HEADERS_TOO_LARGE)
            if path not in PROBES:
                _add_problems(operation, UNKNOWN_HOST)
            if not is_free(path):
                _add_problems(operation, BUSY)
            if "requestBody" in operation:
                _add_problems(operation, TOO_SLOW, TOO_LARGE)


def _add_problems(operation: dict[str, Any], *kinds: ProblemKind) -> None:
    """Describe what an operation may answer, beside what it says of the same status already."""
    responses = operation["responses"]
    for kind in kinds:
        (told,) = openapi_problems(kind).values()
        known = responses.setdefault(str(kind.status), told)
        if kind.title not in known["description"]:
            known["description"] += f"; or: {kind.title}"
