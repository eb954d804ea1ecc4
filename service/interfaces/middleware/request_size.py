"""Limits addresses, headers and the depth of JSON."""

import re
from collections.abc import Awaitable, Callable
from enum import StrEnum

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_ADDRESS_BYTES = 8192
MAX_HEADERS = 100
MAX_HEADER_BYTES = 16_384
"""All headers together."""

MAX_JSON_DEPTH = 20
"""No request has more than four lists and objects inside each other."""

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_NO_BRACKETS = bytes(code for code in range(256) if code not in b"[]{}")


class Excess(StrEnum):
    """What a request has too much of."""

    ADDRESS = "address"
    HEADERS = "headers"
    DEPTH = "depth"


ExcessResponse = Callable[[Scope, Excess], Awaitable[Response]]
"""Makes the response to a request that has too much of something."""


class RequestSize:
    """Refuses what no client of ours sends, before anything reads it."""

    def __init__(self, app: ASGIApp, *, excess: ExcessResponse) -> None:
        self._app = app
        self._excess = excess

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        found = _excess_of(scope) if scope["type"] == "http" else None
        if found is not None:
            response = await self._excess(scope, found)
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_json(scope: Scope) -> bool:
    return "json" in Headers(scope=scope).get("content-type", "").lower()


class JsonDepth:
    """Refuses JSON that is nested too deeply; inside the limit of bodies, which come whole."""

    def __init__(self, app: ASGIApp, *, excess: ExcessResponse) -> None:
        self._app = app
        self._excess = excess

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or not _is_json(scope):
            await self._app(scope, receive, send)
            return
        first: list[Message] = [await receive()]
        if is_too_deep(first[0].get("body", b"")):
            response = await self._excess(scope, Excess.DEPTH)
            await response(scope, receive, send)
            return

        async def receive_again() -> Message:
            return first.pop() if first else await receive()

        await self._app(scope, receive_again, send)


def is_too_deep(body: bytes, *, max_depth: int = MAX_JSON_DEPTH) -> bool:
    """Tell whether more than ``max_depth`` lists and objects are open at once; in linear time."""
    depth = 0
    for bracket in _STRING.sub(b"", body).translate(None, delete=_NO_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > max_depth:
            return True
    return False


def _excess_of(scope: Scope) -> Excess | None:
    address = len(scope.get("raw_path") or b"") + len(scope["query_string"])
    if address > MAX_ADDRESS_BYTES:
        return Excess.ADDRESS
    headers = scope["headers"]
    size = sum(len(name) + len(value) for name, value in headers)
    return Excess.HEADERS if len(headers) > MAX_HEADERS or size > MAX_HEADER_BYTES else None
