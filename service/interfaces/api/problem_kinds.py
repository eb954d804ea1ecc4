"""The kinds of problems that callers are told of, and their description for OpenAPI."""

from dataclasses import dataclass
from typing import Any

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of problem; `slug` names it on the page /docs."""

    status: int
    slug: str
    title: str


INVALID = ProblemKind(422, "invalid-request", "The request cannot be used")
NO_KEY = ProblemKind(401, "key-wanted", "Say who you are")
NOT_ALLOWED_HERE = ProblemKind(403, "not-allowed", "Your key does not allow this")
FORBIDDEN = ProblemKind(403, "forbidden", "This may only be sent from our own pages")
NOT_FOUND = ProblemKind(404, "not-found", "There is nothing here")
NOT_IN_CORPUS = ProblemKind(404, "not-in-corpus", "No report has what a filter names")
NOT_ALLOWED = ProblemKind(405, "method-not-allowed", "This address does not take that method")
UNKNOWN_HOST = ProblemKind(421, "unknown-host", "The service does not go by this name")
CONTRADICTORY = ProblemKind(409, "contradictory", "Parts of the request do not fit each other")
CHANGED = ProblemKind(409, "file-changed", "The original has changed since it was indexed")
GONE = ProblemKind(410, "file-gone", "The original is no longer there")
TOO_SLOW = ProblemKind(408, "too-slow", "The request did not come in time")
TOO_LARGE = ProblemKind(413, "too-large", "The request is too large")
TOO_LONG = ProblemKind(414, "address-too-long", "The address is too long")
TOO_OFTEN = ProblemKind(429, "too-often", "You have asked too often")
HEADERS_TOO_LARGE = ProblemKind(431, "headers-too-large", "The headers are too large")
BROKEN = ProblemKind(500, "internal-error", "Something went wrong on our side")
BUSY = ProblemKind(503, "busy", "There is too much to do just now")
NOT_READY = ProblemKind(503, "not-ready", "No index is loaded")
NOT_STORED = ProblemKind(507, "not-stored", "Nothing can be stored here")

PROBLEM_KINDS = (
    INVALID,
    NO_KEY,
    NOT_ALLOWED_HERE,
    FORBIDDEN,
    NOT_FOUND,
    NOT_IN_CORPUS,
    NOT_ALLOWED,
    CONTRADICTORY,
    CHANGED,
    GONE,
    TOO_SLOW,
    TOO_LARGE,
    TOO_LONG,
    UNKNOWN_HOST,
    TOO_OFTEN,
    HEADERS_TOO_LARGE,
    BROKEN,
    BUSY,
    NOT_READY,
    NOT_STORED,
)
BY_STATUS = {kind.status: kind for kind in PROBLEM_KINDS} | {
    404: NOT_FOUND,
}
"""The kind that a status alone stands for."""


def openapi_problems(*kinds: ProblemKind) -> dict[int | str, dict[str, Any]]:
    """Describe the problems of an operation for OpenAPI."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    titles: dict[int, list[str]] = {}
    for kind in kinds:
        titles.setdefault(kind.status, []).append(kind.title)
    return {
        status: {"description": "; or: ".join(told), "content": content}
        for status, told in titles.items()
    }
