"""Refuses requests that call the service by a name that is not its own."""

import ipaddress
import re
from collections.abc import Awaitable, Callable, Collection

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

ANY = "*"
_HOST = re.compile(r"(?:\[(?P<address>[\da-f:.]+)\]|(?P<name>[\w.-]+))(?::\d+)?", re.ASCII)
PROBES = ("/healthz", "/readyz")
"""Asked by whatever name a load balancer has for us; they answer without a link."""

UnknownHostResponse = Callable[[Scope, str], Awaitable[Response]]
"""Makes the response to a request for a host that is not ours."""


class AllowedHosts:
    """Refuses a ``Host`` that is not ours: our pages and answers link to the name they got.

    It also stops DNS rebinding, by which a page elsewhere makes a browser call a local service
    under that page's own name. IP addresses and names without a dot, such as ``localhost`` or
    ``server``, are no names that somebody outside can own, so they always pass.
    """

    def __init__(
        self, app: ASGIApp, *, names: Collection[str], unknown: UnknownHostResponse
    ) -> None:
        self._app = app
        self._names = frozenset(names)
        self._unknown = unknown

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        host = Headers(scope=scope).get("host", "") if scope["type"] == "http" else ""
        if not host or scope["path"] in PROBES or is_ours(host, self._names):
            await self._app(scope, receive, send)
            return
        response = await self._unknown(scope, host)
        await response(scope, receive, send)


def is_ours(host: str, names: Collection[str]) -> bool:
    """Tell whether a ``Host`` header, with or without a port, names us."""
    if ANY in names:
        return True
    match = _HOST.fullmatch(host.lower())
    if match is None:
        return False
    name = match["address"] or match["name"]
    return name in names or is_local(name)


def is_local(name: str) -> bool:
    """Tell whether ``name`` is an IP address or has no dot."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return "." not in name
    return True
