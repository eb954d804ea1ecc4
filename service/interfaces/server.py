"""Runs the web server: a supervisor that listens, and the processes that answer."""

import contextlib
import logging
import socket
from functools import partial

from service.access.exposure import check_not_exposed
from service.free_memory import look_for_garbage_seldom, take_memory_from_few_places
from service.interfaces.telemetry.logs import set_up_log
from service.interfaces.workers import Supervisor
from service.settings import Settings

_log = logging.getLogger(__name__)


def run(settings: Settings) -> int:
    """Serve until stopped; return the exit code.

    Raises:
        ExposedError: Others could ask without saying who they are.
        OSError: The address cannot be listened on.
    """
    set_up_log(settings.log_format)
    check_not_exposed(settings)
    with listen(settings.host, settings.port) as listener:
        _log.info("listening on http://%s:%d", settings.host, settings.port)
        for warning in start_warnings(settings):
            _log.warning(warning)
        supervisor = Supervisor(
            partial(serve, settings),
            listener,
            n_workers=settings.workers,
            shutdown_s=settings.shutdown_s,
        )
        return supervisor.run()


def serve(settings: Settings, listener: socket.socket) -> None:
    """Answer from ``listener`` until this process is told to stop.

    Uvicorn's access log is off: it would write query strings, which hold people's questions.
    """
    take_memory_from_few_places()
    look_for_garbage_seldom()
    set_up_log(settings.log_format)
    # Imported here, as the supervisor needs none of it.
    from service.library import Library  # noqa: PLC0415

    library = Library(settings)
    library.start()  # the index is loaded while the rest is imported

    import uvicorn  # noqa: PLC0415

    from service.interfaces.app import create_app  # noqa: PLC0415
    from service.interfaces.telemetry.tracing import send_traces  # noqa: PLC0415
    from service.qa_service import QAService  # noqa: PLC0415

    if settings.traces_url:
        send_traces(settings.traces_url)
    config = uvicorn.Config(
        create_app(QAService(settings, library)),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # ours believes listed proxies alone
        timeout_graceful_shutdown=settings.shutdown_s,
    )
    with listener, contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def start_warnings(settings: Settings) -> tuple[str, ...]:
    """Return what an operator should know of the settings when the service starts."""
    warnings = []
    if not settings.public_url:
        warnings.append(
            "CITA_PUBLIC_URL is not set: links in chat, MCP, Slack and Teams answers begin with "
            "the name that the client called, and those of the API are relative"
        )
    if settings.teams_app_id and not settings.teams_app_secret:
        warnings.append("CITA_TEAMS_APP_SECRET is not set: Teams is off")
    if settings.slack_bot_token and not settings.slack_signing_secret:
        warnings.append("CITA_SLACK_SIGNING_SECRET is not set: Slack is off")
    return tuple(warnings)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; opened here so that an address in use is a short error.

    Raises:
        OSError: The address is in use, not ours, or not allowed.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OSError(f"cannot listen on {host}:{port}: {reason}; set CITA_PORT") from error
    # Connections inherit it. asyncio sets it only where a socket names its protocol, and without it
    # the end of an answer waits 40 ms for a client that keeps its connection to confirm the start.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
