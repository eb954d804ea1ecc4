"""The OpenAPI description: what FastAPI gathers, and what holds for every operation."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.access.callers import is_open
from service.interfaces.api.problem_kinds import (
    NO_KEY,
    NOT_ALLOWED_HERE,
    TOO_OFTEN,
    openapi_problems,
)
from service.interfaces.api.schemas.problems import Problem

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
    problems = openapi_problems(NO_KEY, NOT_ALLOWED_HERE, TOO_OFTEN)
    for path, operations in described["paths"].items():
        if is_open(path):
            continue
        for operation in operations.values():
            operation["security"] = _OPTIONAL
            operation["responses"] |= {str(status): told for status, told in problems.items()}
