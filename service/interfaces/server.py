"""Runs the web server."""

import contextlib
import logging
import socket

import uvicorn

from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings

_log = logging.getLogger(__name__)


def run(settings: Settings) -> int:
    """Serve until stopped; return the exit code.

    Uvicorn's access log is off: it would write query strings, which hold people's questions.

    Raises:
        OSError: The address cannot be listened on.
    """
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    listener = listen(settings.host, settings.port)
    config = uvicorn.Config(
        create_app(QAService(settings, Library(settings))),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_s,
    )
    _log.info("listening on http://%s:%d", settings.host, settings.port)
    for warning in start_warnings(settings):
        _log.warning(warning)
    with listener, contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
    return 0


def start_warnings(settings: Settings) -> tuple[str, ...]:
    """Return what an operator should know of the settings when the service starts."""
    if settings.public_url:
        return ()
    warning = (
        "CITA_PUBLIC_URL is not set: links in chat and MCP answers begin with the name that the "
        "client called, and those of the API are relative"
    )
    return (warning,)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; opened here so that an address in use is a short error.

    Raises:
        OSError: The address is in use, not ours, or not allowed.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OSError(f"cannot listen on {host}:{port}: {reason}; set CITA_PORT") from error
