"""Measures every request, and makes a span of it where traces are sent."""

import time

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.interfaces.telemetry.metrics import Metrics
from service.interfaces.telemetry.tracing import request_span

_NO_ROUTE = "none"
"""Route of a request for an address that is not there; its path may be anything."""


class RequestTelemetry:
    """Counts and times requests by their route, never by their path, which clients choose."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status: list[int] = []

        async def send_and_look(message: Message) -> None:
            if message["type"] == "http.response.start":
                status.append(message["status"])
            await send(message)

        request_id = scope["state"]["request_id"]
        headers = Headers(scope=scope)
        try:
            with request_span(f"{scope['method']} request", headers, request_id=request_id):
                await self._app(scope, receive, send_and_look)
        finally:
            route = getattr(scope.get("route"), "path", _NO_ROUTE)
            method = scope["method"] if route != _NO_ROUTE else "any"
            self._metrics.request_seconds.labels(route).observe(time.perf_counter() - began)
            self._metrics.requests.labels(route, method, str(status[0] if status else 0)).inc()
