"""Errors in the OpenAI API's own shape, which its clients turn into exceptions."""

from starlette.responses import JSONResponse
from starlette.types import Scope

from service.interfaces.api.problem_kinds import (
    CONTRADICTORY,
    INVALID,
    NOT_FOUND,
    NOT_IN_CORPUS,
)
from service.interfaces.api.problems import ProblemDetail

PATHS = ("/v1/models", "/v1/chat/", "/v1/responses", "/v1/completions", "/v1/embeddings")
"""Below these, errors have the OpenAI API's shape."""

_BAD_REQUEST = 400
_BAD_KINDS = {INVALID, NOT_IN_CORPUS, CONTRADICTORY}
"""Its clients retry 409 and take 404 for a model that is not there."""

_BROKEN = 500


def is_openai_path(scope: Scope) -> bool:
    """Tell whether a request is one to the OpenAI API."""
    path: str = scope["path"]
    return path.startswith(PATHS)


def openai_error(problem: ProblemDetail) -> JSONResponse:
    """Return ``problem`` as the OpenAI API tells it."""
    status = _BAD_REQUEST if problem.kind in _BAD_KINDS else problem.kind.status
    field = problem.errors[0].field if problem.errors else None
    code = problem.kind.slug.replace("-", "_")
    if problem.kind == NOT_FOUND and field == "model":
        code = "model_not_found"
    error = {
        "message": problem.detail,
        "type": "server_error" if status >= _BROKEN else "invalid_request_error",
        "param": field,
        "code": code,
    }
    return JSONResponse({"error": error}, status_code=status, headers=problem.headers)
