"""Request ids, the access log, and the response to an unhandled exception."""

import logging
import re
import time
import uuid
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.interfaces.middleware.access import CALLER
from service.interfaces.telemetry.logs import CURRENT_REQUEST, FIELDS

REQUEST_ID = "X-Request-ID"
_SAFE_ID = re.compile(r"[A-Za-z0-9._~-]{1,128}")
_log = logging.getLogger("cita.access")

FailureResponse = Callable[[Scope], Awaitable[Response]]
"""Makes the response to a request whose handler raised."""


class RequestLog:
    """Gives each request an id, logs it without its query string, and answers unhandled exceptions.

    Every response carries the id, so all other layers but the headers are inside this one.
    """

    def __init__(self, app: ASGIApp, *, failure: FailureResponse) -> None:
        self._app = app
        self._failure = failure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope).get(REQUEST_ID))
        scope.setdefault("state", {})["request_id"] = request_id
        token = CURRENT_REQUEST.set(request_id)
        started = time.perf_counter()
        status: list[int] = []

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                status.append(message["status"])
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except Exception:
            _log.exception("request %s failed", request_id)
            if status:  # headers are sent: let the server close the connection
                raise
            response = await self._failure(scope)
            await response(scope, receive, send_with_id)
        finally:
            _log_request(scope, status[0] if status else 0, time.perf_counter() - started)
            CURRENT_REQUEST.reset(token)


def _log_request(scope: Scope, status: int, seconds: float) -> None:
    fields = {
        "client": scope["client"][0] if scope.get("client") else "-",
        "caller": scope["state"].get(CALLER, "-"),
        "method": scope["method"],
        "path": _printable(scope["path"]),
        "status": status,
        "ms": round(seconds * 1e3, 1),
    }
    _log.info(
        "%(client)s %(caller)s %(method)s %(path)s %(status)d %(ms).1fms %(request_id)s",
        {**fields, "request_id": scope["state"]["request_id"]},
        extra={FIELDS: fields},
    )


def _request_id(header: str | None) -> str:
    """Return the caller's id if it is safe to log and to send back, else a new one."""
    return header if header and _SAFE_ID.fullmatch(header) else uuid.uuid4().hex


def _printable(path: str) -> str:
    """Escape ``path`` so that it cannot forge a line of the log."""
    return path.encode("unicode_escape").decode("ascii")[:300]
