"""The protocol over streamable HTTP, without sessions.

Clients of 2026-07-28 send every request by itself; older ones shake hands first, and each of their
requests is served by itself, too, so that any replica can answer.
"""

from contextlib import AbstractAsyncContextManager
from typing import cast

from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp

from service.interfaces.chat.mcp.server import RequestContext, mcp_server
from service.interfaces.chat.mcp.tools import ToolContext
from service.interfaces.context import DoorContext


class McpDoor:
    """What answers requests to one path, and what must run while it does.

    Attributes:
        app: Answers them.
    """

    def __init__(self, context: DoorContext, *, path: str) -> None:
        def context_of(request: RequestContext) -> ToolContext:
            http_request = cast("Request", request.request)  # this transport always gives it
            links = context.chat_links(http_request)
            return ToolContext(context.service, context.wording, links)

        self._server = mcp_server(context_of)
        # The middleware around every request checks the host already.
        security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        app = self._server.streamable_http_app(
            streamable_http_path=path,
            json_response=True,
            stateless_http=True,
            transport_security=security,
        )
        (endpoint,) = (route.endpoint for route in app.routes if isinstance(route, Route))
        self.app = cast("ASGIApp", endpoint)

    def running(self) -> AbstractAsyncContextManager[None]:
        """Return the context in which requests are served."""
        return self._server.session_manager.run()
