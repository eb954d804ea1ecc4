"""Wires the service: the API, the web pages, the layers around every request, and errors.

SecurityHeaders ▶ TrustedProxies ▶ RequestLog ▶ RequestTelemetry ▶ RequestSize ▶ AllowedHosts
  ▶ CrossOrigin ▶ Access ▶ HeadAsGet ▶ BodyLimit ▶ JsonDepth ▶ Admission ▶ Compression
  ▶ routes ──error──▶ problem, page
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from indexer.errors import SettingsError
from service.errors import ServiceError
from service.interfaces.api.problems import (
    ProblemDetail,
    busy,
    problem_of,
    problem_response,
    too_large,
    too_slow,
    unknown_host,
)
from service.interfaces.api.routes import API_ROUTERS
from service.interfaces.chat.mcp.late_door import LateMcpDoor
from service.interfaces.chat.openai.errors import is_openai_path, openai_error
from service.interfaces.chat.openai.routes import OPENAI_ROUTERS
from service.interfaces.chat.paths import MCP_PATH, SLACK_PATH, TEAMS_PATH
from service.interfaces.context import API_VERSION, DoorContext
from service.interfaces.guards import (
    access_rules,
    add_access,
    add_json_depth,
    add_request_size,
    add_trusted_proxies,
    refusal,
)
from service.interfaces.middleware.access import AccessRules
from service.interfaces.middleware.admission import Admission, AdmissionLimits
from service.interfaces.middleware.allowed_hosts import AllowedHosts
from service.interfaces.middleware.body_limit import BodyLimit
from service.interfaces.middleware.compression import Compression
from service.interfaces.middleware.cross_origin import CrossOrigin
from service.interfaces.middleware.head_requests import HeadAsGet
from service.interfaces.middleware.request_log import RequestLog
from service.interfaces.middleware.request_telemetry import RequestTelemetry
from service.interfaces.middleware.security_headers import SecurityHeaders
from service.interfaces.openapi_description import openapi_description
from service.interfaces.telemetry.metrics import Metrics
from service.interfaces.telemetry.observer import TelemetryObserver
from service.interfaces.telemetry.tracing import flush_traces
from service.interfaces.web.rendering import PageRenderer
from service.interfaces.web.routes import PAGE_ROUTERS
from service.interfaces.web.static_files import StaticFiles
from service.presentation.wording import Wording
from service.qa_service import QAService
from service.settings import Settings

if TYPE_CHECKING:
    from microsoft_teams.apps import App

    from service.interfaces.chat.slack.door import SlackDoor
    from service.interfaces.chat.teams.door import TeamsDoor

STATIC_DIR = Path(__file__).parent / "web" / "static"
MACHINE_PATHS = (
    "/v1",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/static",
    MCP_PATH,
    SLACK_PATH,
    TEAMS_PATH,
)
"""Below these, errors are problem details even for a browser, except for an original file."""

_DESCRIPTION = """
Cita answers questions about migration and cities with **sentences quoted verbatim from reports**,
each with its report, page and a link that opens it there, or says that no answer was found.
It never writes a fact of its own.

Offsets (`start`, `end`, `highlight`) count Unicode code points, not bytes or UTF-16 units, and are
half-open. Errors are problem details (RFC 9457). Every response carries `X-Request-ID`; one that
you send is kept.
"""


def create_app(service: QAService, *, teams: "App | None" = None) -> FastAPI:
    """Return the ASGI application; its lifespan starts and stops ``service``.

    Args:
        service: Answers.
        teams: The app of the Teams door; by default made from the settings, where they have one.

    Raises:
        SettingsError: A secret of a Teams app is set, but not its id, or its SDK is not installed.
    """
    context = DoorContext(service, Wording())
    renderer = PageRenderer(service)
    mcp_door = LateMcpDoor(context)
    slack_door = _slack_door(context)
    teams_door = _teams_door(context, teams)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.start()
        async with mcp_door.running(), teams_door.running() if teams_door else nullcontext():
            yield
        await rules.close()
        service.stop()
        flush_traces()

    app = FastAPI(
        title="Cita",
        version=API_VERSION,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.context = context
    app.state.renderer = renderer
    app.state.metrics = metrics = Metrics()
    service.observe(TelemetryObserver(metrics))
    for router in (*API_ROUTERS, *OPENAI_ROUTERS, *PAGE_ROUTERS):
        app.include_router(router)
    doors = (mcp_door, slack_door, teams_door)
    app.router.routes.extend(route for door in doors if door for route in door.routes)
    app.mount("/static", StaticFiles(directory=STATIC_DIR), name="static")
    app.openapi = lambda: openapi_description(app)  # type: ignore[method-assign]
    _add_error_handlers(app, renderer)
    rules = _add_middleware(app, service.settings, renderer, metrics=metrics)
    return app


def _slack_door(context: DoorContext) -> "SlackDoor | None":
    secret = context.service.settings.slack_signing_secret
    if secret is None:
        return None
    # Imported where it is used, as its SDK takes a twentieth of a start.
    from service.interfaces.chat.slack.door import SlackDoor  # noqa: PLC0415

    return SlackDoor(context, secret)


def _teams_door(context: DoorContext, app: "App | None") -> "TeamsDoor | None":
    settings = context.service.settings
    if app is None and settings.teams_app_secret is None:
        return None
    if settings.teams_app_id is None:
        raise SettingsError("CITA_TEAMS_APP_SECRET is set; set CITA_TEAMS_APP_ID, too")
    try:
        # Imported where it is used: the SDK takes two seconds, and is not always installed.
        from service.interfaces.chat.teams.door import TeamsDoor  # noqa: PLC0415
        from service.interfaces.chat.teams.sdk_app import teams_app  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"CITA_TEAMS_APP_SECRET is set, but {error.name} is not installed; "
            "python -m pip install --group teams --constraint requirements.lock"
        ) from error
    return TeamsDoor(context, app or teams_app(settings))


def _add_error_handlers(app: FastAPI, renderer: PageRenderer) -> None:
    async def respond(request: Request, error: Exception) -> Response:
        return _error_response(request.scope, problem_of(error), renderer)

    for error_type in (RequestValidationError, ServiceError, HTTPException):
        app.add_exception_handler(error_type, respond)


def _add_middleware(
    app: FastAPI,
    settings: Settings,
    renderer: PageRenderer,
    *,
    metrics: Metrics,
) -> AccessRules:
    """Add the layers around the routes; the last one added is the outermost."""
    rules = access_rules(settings)

    async def failure(scope: Scope) -> Response:
        metrics.errors.inc()
        return _error_response(scope, problem_of(RuntimeError()), renderer)

    async def refuse_body(scope: Scope, max_bytes: int) -> Response:
        return _error_response(scope, too_large(max_bytes), renderer)

    async def refuse_slow_body(scope: Scope, timeout_s: float) -> Response:
        return _error_response(scope, too_slow(timeout_s), renderer)

    async def refuse_host(scope: Scope, host: str) -> Response:
        return refusal(scope, unknown_host(host))

    async def refuse_for_now(scope: Scope, retry_after_s: int) -> Response:
        return _error_response(scope, busy(retry_after_s), renderer)

    app.add_middleware(Compression)
    limits = AdmissionLimits(settings.concurrency, settings.queue, settings.timeout_s)
    app.add_middleware(Admission, limits=limits, metrics=metrics, busy=refuse_for_now)
    add_json_depth(app)
    app.add_middleware(
        BodyLimit,
        max_bytes=settings.max_body_bytes,
        timeout_s=settings.timeout_s,
        too_large=refuse_body,
        too_slow=refuse_slow_body,
    )
    app.add_middleware(HeadAsGet)
    add_access(app, rules, metrics)
    if settings.cors_origins:
        app.add_middleware(CrossOrigin, origins=settings.cors_origins)
    app.add_middleware(AllowedHosts, names=settings.host_names, unknown=refuse_host)
    add_request_size(app)
    app.add_middleware(RequestTelemetry, metrics=metrics)
    app.add_middleware(RequestLog, failure=failure)
    add_trusted_proxies(app, settings)
    app.add_middleware(SecurityHeaders)
    return rules


def _error_response(scope: Scope, problem: ProblemDetail, renderer: PageRenderer) -> Response:
    """Answer a browser with a page, and everybody else with problem details."""
    if is_openai_path(scope):
        return openai_error(problem)
    request = Request(scope)
    path: str = scope["path"]
    is_for_programs = any(path == base or path.startswith(f"{base}/") for base in MACHINE_PATHS)
    if path.endswith("/file"):  # the pages link to originals
        is_for_programs = False
    if is_for_programs or "text/html" not in request.headers.get("accept", ""):
        return problem_response(scope, problem)
    return renderer.error(request, problem)
