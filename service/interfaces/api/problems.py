"""Errors as RFC 9457 problem details, in place of the web framework's own shapes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import Scope

from service.errors import (
    BadFieldError,
    FeedbackNotStoredError,
    FeedbackOffError,
    FileChangedError,
    FileGoneError,
    FileNotServedError,
    NoLongerWantedError,
    NotReadyError,
    ServiceError,
    UnknownDocumentError,
    UnknownFilterError,
    UnknownModelError,
    UnknownParameterError,
    UnknownPassageError,
)
from service.interfaces.api.problem_kinds import (
    BROKEN,
    BUSY,
    BY_STATUS,
    CHANGED,
    CONTRADICTORY,
    GONE,
    INVALID,
    MEDIA_TYPE,
    NOT_FOUND,
    NOT_IN_CORPUS,
    NOT_READY,
    NOT_STORED,
    TOO_LARGE,
    TOO_SLOW,
    UNKNOWN_HOST,
    ProblemKind,
)
from service.interfaces.api.schemas.answers import AskRequest
from service.interfaces.api.schemas.documents import DocumentsQuery
from service.interfaces.api.schemas.problems import Problem, ProblemItem
from service.interfaces.api.schemas.search import SearchRequest

MAX_VALUE_CHARS = 80

_RETRY_S = 5
"""Seconds after which a client may try again where the service could not answer."""

_ABOUT_TWO_FIELDS = {"years_reversed", "span_reversed"}
"""Types of errors whose message names both values."""

_CONTRADICTIONS = {*_ABOUT_TWO_FIELDS, "id_twice"}
"""Types of errors of requests whose fields fit one by one, which is all that a schema can say."""


_BY_ERROR: Mapping[type[ServiceError], ProblemKind] = {
    UnknownDocumentError: NOT_FOUND,
    UnknownPassageError: NOT_FOUND,
    UnknownModelError: NOT_FOUND,
    UnknownParameterError: NOT_IN_CORPUS,
    FileNotServedError: NOT_FOUND,
    FeedbackOffError: NOT_FOUND,
    FeedbackNotStoredError: NOT_STORED,
    FileChangedError: CHANGED,
    FileGoneError: GONE,
    NoLongerWantedError: BUSY,
    NotReadyError: NOT_READY,
}
"""Every other error of the service is about the request: `INVALID`."""


@dataclass(frozen=True, slots=True)
class ProblemDetail:
    """A problem, not yet tied to a request."""

    kind: ProblemKind
    detail: str
    errors: tuple[ProblemItem, ...] = ()
    headers: Mapping[str, str] | None = None


def problem_of(error: Exception) -> ProblemDetail:
    """Return what the caller is told of ``error``; nothing specific if it is unforeseen."""
    if isinstance(error, RequestValidationError):
        items = tuple(_problem_item(details) for details in error.errors())
        types = {details["type"] for details in error.errors()}
        kind = CONTRADICTORY if types <= _CONTRADICTIONS else INVALID
        return ProblemDetail(kind, _sentence(items), items)
    if isinstance(error, UnknownFilterError):
        items = (_filter_item(error),)
        return ProblemDetail(NOT_IN_CORPUS, f"{items[0].field}: {error}", items)
    if isinstance(error, BadFieldError):
        item = ProblemItem(field=error.field, message=error.problem, value=_safe(error.value))
        return ProblemDetail(_BY_ERROR.get(type(error), INVALID), str(error), (item,))
    if isinstance(error, ServiceError):
        kind = _BY_ERROR.get(type(error), INVALID)
        later = {"Retry-After": str(_RETRY_S)} if kind.status == NOT_READY.status else None
        return ProblemDetail(kind, str(error), headers=later)
    if isinstance(error, HTTPException):
        return _http_problem(error)
    return ProblemDetail(BROKEN, "The request failed; tell the operator the request_id.")


def validation_message(error: ValidationError) -> str:
    """Return one sentence on what is wrong with the fields of a form or a command."""
    return _sentence(
        [_problem_item({**details, "loc": ("", *details["loc"])}) for details in error.errors()]
    )


def too_large(max_bytes: int) -> ProblemDetail:
    """Return the problem of a body that exceeds ``max_bytes``."""
    return ProblemDetail(TOO_LARGE, f"want a body of at most {max_bytes} bytes; send less")


def too_slow(timeout_s: float) -> ProblemDetail:
    """Return the problem of a body that is not there after ``timeout_s``."""
    return ProblemDetail(TOO_SLOW, f"the body was not there after {timeout_s:g} s; send it at once")


def busy(retry_after_s: int) -> ProblemDetail:
    """Return the problem of a request that gets no turn."""
    return ProblemDetail(
        BUSY,
        f"too many requests are waiting; try again in {retry_after_s} s",
        headers={"Retry-After": str(retry_after_s)},
    )


def unknown_host(host: str) -> ProblemDetail:
    """Return the problem of a ``Host`` header that does not name us."""
    return ProblemDetail(
        UNKNOWN_HOST,
        f"{_safe(host)!r} is not a name of this service; set CITA_PUBLIC_URL or CITA_ALLOWED_HOSTS",
    )


def problem_response(scope: Scope, problem: ProblemDetail) -> JSONResponse:
    """Return ``problem`` as the response to the request of ``scope``."""
    body = Problem(
        type=f"/docs#{problem.kind.slug}",
        title=problem.kind.title,
        status=problem.kind.status,
        detail=problem.detail,
        instance=str(_safe(scope["path"])),
        request_id=scope["state"]["request_id"],
        errors=list(problem.errors),
    )
    return JSONResponse(
        body.model_dump(),
        status_code=problem.kind.status,
        media_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def _http_problem(error: HTTPException) -> ProblemDetail:
    if error.status_code == 400:  # noqa: PLR2004 - the framework could not decode the body
        return ProblemDetail(
            INVALID, f"want a body of JSON in UTF-8; {_decoding_problem(error.__cause__)}"
        )
    kind = BY_STATUS.get(error.status_code) or ProblemKind(
        error.status_code, "http", str(error.detail)
    )
    details = {
        404: "no such address; /docs lists those there are",
        405: f"allowed here: {(error.headers or {}).get('Allow', 'another method')}",
    }
    detail = details.get(error.status_code, str(error.detail))
    return ProblemDetail(kind, detail, headers=error.headers)


def _decoding_problem(cause: BaseException | None) -> str:
    if isinstance(cause, UnicodeDecodeError):
        return f"byte {cause.start} is not UTF-8"
    if isinstance(cause, RecursionError):
        return "it is nested too deeply"
    return "a value in it cannot be read"


def _filter_item(error: UnknownFilterError) -> ProblemItem:
    field = f"filters.{error.field}"
    return ProblemItem(field=field, message=str(error), value=_safe(error.value))


def _problem_item(details: Mapping[str, Any]) -> ProblemItem:
    """Turn an error of the validator into a field, what is wanted, and what came."""
    context = details.get("ctx", {})
    if details["type"] == "json_invalid":
        message = (
            f"want JSON: {context.get('error', 'it cannot be read')} at byte {details['loc'][-1]}"
        )
        return ProblemItem(field="body", message=message, value=None)
    path = [str(_safe(part)) for part in details["loc"][1:]]
    if details["type"] == "unknown_field":
        name = context["field"]
        path.append(str(_safe(name)))
        return ProblemItem(field=".".join(path), message=details["msg"], value=None)
    field = ".".join(path) or "body"
    if field == "body" and isinstance(details["input"], bytes | str):
        message = "want a JSON object and the header Content-Type: application/json"
        return ProblemItem(field=field, message=message, value=None)
    value = None if details["type"] in _ABOUT_TWO_FIELDS else _safe(details["input"])
    return ProblemItem(field=field, message=_wanted(details), value=value)


def _wanted(details: Mapping[str, Any]) -> str:
    """Return what a field wants: of a number both bounds, of a text its length too."""
    kind, message = details["type"], str(details["msg"])
    bounds = _bounds().get(str(details["loc"][-1]))
    if bounds and kind in {"greater_than_equal", "less_than_equal"}:
        return f"want {bounds[0]} to {bounds[1]}"
    if kind == "string_too_long":
        message += f", not {len(details['input'])}"
    return message[:1].lower() + message[1:]


@cache
def _bounds() -> dict[str, tuple[float, float]]:
    """Return the lowest and highest value of every number that a request may hold."""
    bounds = {}
    for model in (AskRequest, SearchRequest, DocumentsQuery):
        for name, schema in model.model_json_schema()["properties"].items():
            for option in schema.get("anyOf", [schema]):
                if "minimum" in option and "maximum" in option:
                    bounds[name] = (option["minimum"], option["maximum"])
    return bounds


def _sentence(items: Sequence[ProblemItem]) -> str:
    sentences = [
        f"{item.field}: {item.message}"
        + (f"; got {item.value!r}" if item.value is not None else "")
        for item in items
    ]
    return "; ".join(sentences)


def _safe(value: object) -> object:
    """Shorten ``value`` and make it fit for JSON: callers may send lone surrogates."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if isinstance(value, int):
        return value if abs(value) < 2**53 else "a very large number"
    if isinstance(value, str):
        short = value if len(value) <= MAX_VALUE_CHARS else value[: MAX_VALUE_CHARS - 1] + "…"
        return short.encode("utf-8", "backslashreplace").decode("utf-8")
    return "a list" if isinstance(value, list) else "an object"
