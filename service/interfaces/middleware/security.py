"""What every response forbids the browser, and how much every request may bring."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
CONTENT_SECURITY_POLICY = f"{_POLICY}'none'"
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


BESIDE_HEADERS = {
    "Content-Security-Policy": f"{_POLICY}'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Of an original PDF, which our own reading view shows beside the text."""


def embeddable(sites: Sequence[str]) -> str:
    """Return the policy of a page that ``sites`` may show in a frame.

    Browsers that know ``frame-ancestors`` pass over ``X-Frame-Options`` (CSP 3, 6.4.2.1).
    """
    return _POLICY + (" ".join(sites) or "'none'")


class SecurityHeaders:
    """Adds `HEADERS` to every response that does not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_guarded)


_MAX_DIGITS = 15
"""Digits of a declared length that are read: enough for any limit, few enough for `int`."""

TooLarge = Callable[[Scope, int], Awaitable[Response]]
"""Makes the response to a body of more bytes than allowed."""


class BodyLimit:
    """Reads a body of at most ``max_bytes`` before anything else sees the request.

    Starlette's own limit answers in plain text; ours answers like every other error.
    """

    def __init__(self, app: ASGIApp, *, max_bytes: int, too_large: TooLarge) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._too_large = too_large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        body = await self._read(scope, receive)
        if body is None:
            response = await self._too_large(scope, self._max_bytes)
            await response(scope, receive, send)
            return
        unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_again() -> Message:
            return unread.pop() if unread else await receive()

        await self._app(scope, receive_again, send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """Return the body, or ``None`` as soon as it is known to be too long."""
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


class HeadAsGet:
    """Answers HEAD wherever GET is answered (RFC 9110, 9.3.2), leaving the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_head)
