"""Style, script and icon of the pages: ``/static`` and ``/favicon.ico``."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette import staticfiles
from starlette.responses import FileResponse, Response

router = APIRouter(include_in_schema=False)

ICON_PATH = Path(__file__).parent / "static" / "cita.svg"
CACHE_FOREVER = "public, max-age=31536000, immutable"


@router.get("/favicon.ico")
async def icon() -> FileResponse:
    """Return the icon, which browsers ask for here beside what cannot name it, as JSON or a PDF."""
    return FileResponse(ICON_PATH, media_type="image/svg+xml")


class StaticFiles(staticfiles.StaticFiles):
    """Serves static files; browsers keep those whose address carries their hash."""

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        """Return the file."""
        response = await super().get_response(path, scope)
        if scope["query_string"].startswith(b"v="):
            response.headers["Cache-Control"] = CACHE_FOREVER
        return response
