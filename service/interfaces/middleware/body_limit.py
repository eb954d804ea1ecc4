"""Limits the size of request bodies, and the time in which they come."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_MAX_DIGITS = 15
"""Digits of the Content-Length that are compared: enough for any limit, few enough for `int`."""

TooLargeResponse = Callable[[Scope, int], Awaitable[Response]]
"""Makes the response to a body that exceeds the limit, in bytes."""

TooSlowResponse = Callable[[Scope, float], Awaitable[Response]]
"""Makes the response to a body that is not there in time, in seconds."""


class BodyLimit:
    """Refuses bodies of more than ``max_bytes``, or not there in time; passes others on whole.

    Starlette's own limit answers in plain text; this one answers like every other error.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        max_bytes: int,
        timeout_s: float,
        too_large: TooLargeResponse,
        too_slow: TooSlowResponse,
    ) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._timeout_s = timeout_s
        self._too_large = too_large
        self._too_slow = too_slow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._timeout_s):
                body = await self._body(scope, receive)
        except TimeoutError:
            response = await self._too_slow(scope, self._timeout_s)
            await response(scope, receive, send)
            return
        if body is None:
            response = await self._too_large(scope, self._max_bytes)
            await response(scope, receive, send)
            return
        pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_body() -> Message:
            return pending.pop() if pending else await receive()

        await self._app(scope, receive_body, send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """Return the body, or ``None`` as soon as it exceeds the limit."""
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared[:_MAX_DIGITS]) > self._max_bytes:
            return None
        body = bytearray()
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > self._max_bytes:
                return None
            if not message.get("more_body", False):
                return bytes(body)
