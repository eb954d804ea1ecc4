"""Wires the service: the API, the web pages, and what stands around every request.

SecurityHeaders ▶ RequestLog ▶ HeadAsGet ▶ BodyLimit ▶ Compression ▶ routes ──error──▶ problem, page
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from service.errors import ServiceError
from service.interfaces.api import ask, documents, feedback, health, quote, search, verify
from service.interfaces.api.dependencies import Room
from service.interfaces.api.problems import Trouble, problem_response, too_large, trouble_of
from service.interfaces.api.schemas.problems import Problem
from service.interfaces.middleware.body_limit import BodyLimit
from service.interfaces.middleware.compression import Compression
from service.interfaces.middleware.head_requests import HeadAsGet
from service.interfaces.middleware.request_log import RequestLog
from service.interfaces.middleware.security_headers import SecurityHeaders
from service.interfaces.web import about, pages
from service.interfaces.web import answer_routes as asking
from service.interfaces.web import api_reference as reference
from service.interfaces.web import feedback as saying
from service.interfaces.web.static_files import StaticFiles
from service.library import Library
from service.presentation.wording import Wording
from service.settings import Settings

API_VERSION = "1.0"
STATIC_DIR = Path(__file__).parent / "web" / "static"
MACHINE_PATHS = ("/v1", "/healthz", "/readyz", "/openapi.json", "/static")
"""Below these, errors are problem details even for a browser, but for an original's."""

_DESCRIPTION = """
Cita answers questions about migration and cities with **sentences quoted verbatim from reports**,
each with its report, page and a link that opens it there, or says that the reports do not answer.
It never writes a fact of its own.

Offsets (`start`, `end`, `highlight`) count Unicode code points, not bytes or UTF-16 units, and are
half-open. Errors are problem details (RFC 9457). Every response carries `X-Request-ID`; one that
you send is kept.
"""


def create_app(settings: Settings, library: Library) -> FastAPI:
    """Return the ASGI application; its lifespan starts and stops ``library``."""
    room = Room(settings, library, Wording())
    web = pages.Pages(room)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        library.start()
        yield
        library.stop()

    app = FastAPI(
        title="Cita",
        version=API_VERSION,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.room = room
    app.state.pages = web
    for part in (ask, search, quote, verify, documents, feedback, health):
        app.include_router(part.router)
    for page in (pages, asking, saying, about, reference):
        app.include_router(page.router)
    app.mount("/static", StaticFiles(directory=STATIC_DIR), name="static")
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    _answer_errors(app, web)
    _surround(app, settings, web)
    return app


def _answer_errors(app: FastAPI, web: pages.Pages) -> None:
    async def answer(request: Request, error: Exception) -> Response:
        return _respond(request.scope, trouble_of(error), web)

    for error in (RequestValidationError, ServiceError, HTTPException):
        app.add_exception_handler(error, answer)


def _surround(app: FastAPI, settings: Settings, web: pages.Pages) -> None:
    """Put the layers around the routes; the last one added is the outermost."""

    async def failure(scope: Scope) -> Response:
        return _respond(scope, trouble_of(RuntimeError()), web)

    async def refuse_body(scope: Scope, max_bytes: int) -> Response:
        return _respond(scope, too_large(max_bytes), web)

    app.add_middleware(Compression)
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes, too_large=refuse_body)
    app.add_middleware(HeadAsGet)
    app.add_middleware(RequestLog, failure=failure)
    app.add_middleware(SecurityHeaders)


def _respond(scope: Scope, trouble: Trouble, web: pages.Pages) -> Response:
    """Tell a browser with a page, and everybody else with problem details."""
    request = Request(scope)
    path: str = scope["path"]
    machine = any(path == base or path.startswith(f"{base}/") for base in MACHINE_PATHS)
    is_original = path.endswith("/file")  # which the pages link to
    if (machine and not is_original) or "text/html" not in request.headers.get("accept", ""):
        return problem_response(scope, trouble)
    return web.error(request, trouble)


def _openapi(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description, with `Problem`, which no operation returns by itself."""
    if app.openapi_schema is None:
        described = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        shapes = described["components"]["schemas"]
        shapes.update(schema.pop("$defs"))
        shapes["Problem"] = schema
        app.openapi_schema = described
    return app.openapi_schema
