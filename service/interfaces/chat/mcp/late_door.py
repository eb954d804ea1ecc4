"""``/mcp``, opened by its first request: loading the protocol takes a third of the service's start.

start ─▶ a route that waits ─▶ first request ─▶ the protocol is loaded, beside other requests
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from anyio import create_task_group, sleep_forever
from anyio.to_thread import run_sync
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from service.interfaces.chat.paths import MCP_PATH
from service.interfaces.context import DoorContext

if TYPE_CHECKING:
    from service.interfaces.chat.mcp.http import McpDoor


class LateMcpDoor:
    """The endpoint and what must run while it serves."""

    def __init__(self, context: DoorContext) -> None:
        self._context = context
        self._wanted = asyncio.Event()
        self._opened = asyncio.Event()
        self._app: ASGIApp | None = None
        self._is_running = False
        # Without sessions there is nothing to listen to: a GET would be held open for ever.
        self.routes: Sequence[BaseRoute] = [Route(MCP_PATH, _Endpoint(self), methods=["POST"])]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Return the context in which requests are served."""
        async with create_task_group() as tasks:
            tasks.start_soon(self._open_when_wanted)
            self._is_running = True
            yield
            self._is_running = False
            tasks.cancel_scope.cancel()

    async def app(self) -> ASGIApp:
        """Return what answers requests, as soon as it is loaded.

        Raises:
            RuntimeError: Nothing runs that could load it; to wait would be to wait for ever.
        """
        if not self._is_running:
            raise RuntimeError("the MCP door is asked while the service does not run")
        self._wanted.set()
        await self._opened.wait()
        if self._app is None:
            raise RuntimeError("the MCP door was opened without anything behind it")
        return self._app

    async def _open_when_wanted(self) -> None:
        await self._wanted.wait()
        door = await run_sync(self._load)
        async with door.running():
            self._app = door.app
            self._opened.set()
            await sleep_forever()

    def _load(self) -> "McpDoor":
        # Imported here, for what the module's first line says.
        from service.interfaces.chat.mcp.http import McpDoor  # noqa: PLC0415

        return McpDoor(self._context, path=MCP_PATH)


class _Endpoint:
    """The application that Starlette calls for the route."""

    def __init__(self, door: LateMcpDoor) -> None:
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        app = await self._door.app()
        await app(scope, receive, send)
