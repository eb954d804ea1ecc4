"""Problems of requests that reach no endpoint: who asks, how often, how much they send."""

from service.interfaces.api.problem_kinds import (
    HEADERS_TOO_LARGE,
    INVALID,
    NO_KEY,
    NOT_ALLOWED_HERE,
    TOO_LONG,
    TOO_OFTEN,
)
from service.interfaces.api.problems import ProblemDetail
from service.interfaces.middleware.request_size import (
    MAX_ADDRESS_BYTES,
    MAX_HEADER_BYTES,
    MAX_HEADERS,
    MAX_JSON_DEPTH,
    Excess,
)

_BEARER = 'Bearer realm="Cita"'
_BASIC = 'Basic realm="Cita", charset="UTF-8"'
_EXCESS = {
    Excess.ADDRESS: ProblemDetail(
        TOO_LONG, f"want an address of at most {MAX_ADDRESS_BYTES} bytes"
    ),
    Excess.HEADERS: ProblemDetail(
        HEADERS_TOO_LARGE,
        f"want at most {MAX_HEADERS} headers and {MAX_HEADER_BYTES} bytes of them",
    ),
    Excess.DEPTH: ProblemDetail(
        INVALID, f"want JSON of at most {MAX_JSON_DEPTH} levels; this is nested too deeply"
    ),
}


def no_key(*, asks_browser: bool) -> ProblemDetail:
    """Return the problem of a request without a valid key; a browser is made to ask for one."""
    return ProblemDetail(
        NO_KEY,
        "want a valid key as `Authorization: Bearer KEY`, `X-API-Key: KEY` or as the password of a "
        "browser's prompt; the operator makes it",
        headers={"WWW-Authenticate": _BASIC if asks_browser else _BEARER},
    )


def lacking_scopes(lacking: frozenset[str]) -> ProblemDetail:
    """Return the problem of a key that does not allow what is asked."""
    names = ", ".join(sorted(lacking))
    return ProblemDetail(NOT_ALLOWED_HERE, f"your key lacks the scope {names}; ask the operator")


def too_often(wait_s: int) -> ProblemDetail:
    """Return the problem of a caller who must wait."""
    headers = {"Retry-After": str(wait_s)}
    return ProblemDetail(TOO_OFTEN, f"try again in {wait_s} seconds", headers=headers)


def excess_of(excess: Excess) -> ProblemDetail:
    """Return the problem of a request that has too much of something."""
    return _EXCESS[excess]
