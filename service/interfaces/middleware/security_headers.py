"""Security headers sent with every response."""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Our script fetches answers. Tools that check a page fetch /robots.txt from inside it.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
HEADERS = {
    "Content-Security-Policy": f"{_POLICY}'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

EMBEDDED_PDF_HEADERS = {
    "Content-Security-Policy": f"{_POLICY}'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
"""For an original PDF, which the page of a report shows beside the text."""


def embedding_policy(sites: Sequence[str]) -> str:
    """Return the Content-Security-Policy of a page that ``sites`` may embed.

    Browsers that support ``frame-ancestors`` ignore ``X-Frame-Options`` (CSP 3, 6.4.2.1).
    """
    return _POLICY + (" ".join(sites) or "'none'")


class SecurityHeaders:
    """Adds `HEADERS` to every response that does not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
