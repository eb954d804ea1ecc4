"""Keeps pages light: text is compressed, and what never changes is fetched once."""

from collections.abc import MutableMapping
from typing import Any

from starlette import staticfiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

MIN_BYTES = 1000
LEVEL = 5
"""Of gzip: hardly larger than at level 9, in a third of the time."""
FOREVER = "public, max-age=31536000, immutable"


class Compressed:
    """Compresses what is sent, but for original reports, whose bytes mostly are already."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._compressing = GZipMiddleware(app, minimum_size=MIN_BYTES, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        is_original = scope["type"] != "http" or scope["path"].endswith("/file")
        await (self._plain if is_original else self._compressing)(scope, receive, send)


class StaticFiles(staticfiles.StaticFiles):
    """Lets browsers keep a file whose address carries its hash."""

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        """Return the file."""
        response = await super().get_response(path, scope)
        if scope["query_string"].startswith(b"v="):
            response.headers["Cache-Control"] = FOREVER
        return response
