"""Style, script and icon of the pages."""

from collections.abc import MutableMapping
from typing import Any

from starlette import staticfiles
from starlette.responses import Response

CACHE_FOREVER = "public, max-age=31536000, immutable"


class StaticFiles(staticfiles.StaticFiles):
    """Serves static files; browsers keep those whose address carries their hash."""

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        """Return the file."""
        response = await super().get_response(path, scope)
        if scope["query_string"].startswith(b"v="):
            response.headers["Cache-Control"] = CACHE_FOREVER
        return response
