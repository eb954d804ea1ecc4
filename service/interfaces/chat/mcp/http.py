"""``/mcp``: the protocol over streamable HTTP, without sessions.

Clients of 2026-07-28 send every request by itself; older ones shake hands first, and each of their
requests is served by itself, too, so that any replica can answer.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import cast

from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from service.interfaces.chat.mcp.server import RequestContext, mcp_server
from service.interfaces.chat.mcp.tools import ToolContext
from service.interfaces.context import DoorContext

PATH = "/mcp"


class McpDoor:
    """The endpoint and what must run while it serves."""

    def __init__(self, context: DoorContext) -> None:
        def context_of(request: RequestContext) -> ToolContext:
            http_request = cast("Request", request.request)  # this transport always gives it
            links = context.chat_links(http_request)
            return ToolContext(context.service, context.wording, links)

        self._server = mcp_server(context_of)
        # The middleware around every request checks the host already.
        security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        app = self._server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            transport_security=security,
        )
        # Without sessions there is nothing to listen to: a GET would be held open for ever.
        self.routes: Sequence[BaseRoute] = [
            Route(route.path, route.endpoint, methods=["POST"])
            for route in app.routes
            if isinstance(route, Route)
        ]

    def running(self) -> AbstractAsyncContextManager[None]:
        """Return the context in which requests are served."""
        return self._server.session_manager.run()
