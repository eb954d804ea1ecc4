"""Lets scripts of listed sites call the API from a browser (CORS)."""

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

PATHS = ("/v1/", "/mcp")
EXPOSED = ("X-Request-ID", "Mcp-Session-Id", "Retry-After")
MAX_AGE_S = 600


class CrossOrigin:
    """Answers preflights and adds CORS headers below `PATHS`, for listed sites alone.

    Cookies are not allowed: the API knows none.
    """

    def __init__(self, app: ASGIApp, *, origins: Sequence[str]) -> None:
        self._app = app
        self._cors = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=("GET", "POST", "DELETE"),
            allow_headers=("*",),
            expose_headers=EXPOSED,
            max_age=MAX_AGE_S,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        is_api = scope["type"] == "http" and scope["path"].startswith(PATHS)
        await (self._cors if is_api else self._app)(scope, receive, send)
