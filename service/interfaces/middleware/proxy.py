"""Believes what a proxy says of its client, if the proxy is one of ours."""

import ipaddress
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

USER = "proxy_user"
"""Key in the state of a request: who the proxy says has signed in; unset if it says nothing."""


class TrustedProxies:
    """Takes the client's address, scheme and user from headers, from listed proxies alone."""

    def __init__(self, app: ASGIApp, *, networks: Sequence[str], user_header: str | None) -> None:
        self._app = app
        self._networks = [ipaddress.ip_network(network) for network in networks]
        self._user_header = user_header
        # Asked for trusted peers alone; it goes from the right past all proxies of ours.
        self._forwarded: ASGIApp = ProxyHeadersMiddleware(app, trusted_hosts=list(networks))  # type: ignore[arg-type, assignment]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or not self._trusts(scope):
            await self._app(scope, receive, send)
            return
        users = Headers(scope=scope).getlist(self._user_header) if self._user_header else []
        if len(users) == 1 and users[0].strip():  # two: one of them is not the proxy's
            scope.setdefault("state", {})[USER] = users[0].strip()
        await self._forwarded(scope, receive, send)

    def _trusts(self, scope: Scope) -> bool:
        try:
            address = ipaddress.ip_address(scope["client"][0])
        except (TypeError, ValueError):  # no client, or one without an address
            return False
        return any(address in network for network in self._networks)
