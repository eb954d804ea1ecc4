"""Lets in as many requests at once as the machine can answer; others wait for a while, in a queue.

What finds the queue full, or waits too long, is told when to come again. A client that leaves
gives its place back.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.interfaces.telemetry.metrics import Metrics
from service.pipeline.stages import WANTED, Wanted

FREE_PATHS = ("/healthz", "/readyz", "/metrics", "/static")
"""Answered at once, however much there is to do: they cost next to nothing."""

_SMOOTHING = 0.1
"""Share of the newest request in the mean that tells how long a turn takes."""

BusyResponse = Callable[[Scope, int], Awaitable[Response]]
"""Makes the response to a request that gets no turn; it is told in how many seconds to retry."""


@dataclass(frozen=True, slots=True)
class AdmissionLimits:
    """How many requests are let in.

    Attributes:
        working: Worked on at the same time.
        waiting: In the queue at most.
        timeout_s: Seconds that a request may take, the queue included.
    """

    working: int
    waiting: int
    timeout_s: float


class Admission:
    """Bounds what is done at the same time; inside it a request's body is complete."""

    def __init__(
        self, app: ASGIApp, *, limits: AdmissionLimits, metrics: Metrics, busy: BusyResponse
    ) -> None:
        self._app = app
        self._limits = limits
        self._metrics = metrics
        self._busy = busy
        self._turns = asyncio.Semaphore(limits.working)
        self._n_waiting = 0
        self._mean_s = 0.1

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or is_free(scope["path"]):
            await self._app(scope, receive, send)
            return
        client = _Client(receive)
        wanted = Wanted(time.monotonic() + self._limits.timeout_s)
        watch = asyncio.ensure_future(client.watch(wanted))
        try:
            reason = await self._turn(client, wanted)
            if reason is None:
                await self._work(scope, client, send, wanted)
                return
            self._metrics.turned_away.labels(reason).inc()
            if reason != "client_left":
                response = await self._busy(scope, self._retry_after_s())
                await response(scope, client.receive, send)
        finally:
            watch.cancel()

    async def _turn(self, client: "_Client", wanted: Wanted) -> str | None:
        """Wait for a turn; return ``None`` when it comes, else why it does not."""
        if not self._turns.locked():
            await self._turns.acquire()
            return None
        if self._n_waiting >= self._limits.waiting:
            return "queue_full"
        with self._counted_as_waiting():
            turn = asyncio.ensure_future(self._turns.acquire())
            left = asyncio.ensure_future(client.left.wait())
            is_taken = False
            try:
                await asyncio.wait(
                    {turn, left},
                    timeout=wanted.until - time.monotonic(),
                    return_when=asyncio.FIRST_COMPLETED,
                )
                is_taken = turn.done() and not left.done()
            finally:
                left.cancel()
                if turn.done() and not is_taken:
                    self._turns.release()
                elif not is_taken:
                    turn.cancel()
        if is_taken:
            return None
        return "client_left" if client.left.is_set() else "too_slow"

    async def _work(self, scope: Scope, client: "_Client", send: Send, wanted: Wanted) -> None:
        began = time.monotonic()
        token = WANTED.set(wanted)
        self._metrics.working.inc()
        try:
            await self._app(scope, client.receive, send)
        finally:
            WANTED.reset(token)
            self._metrics.working.dec()
            self._turns.release()
            if time.monotonic() > wanted.until:
                self._metrics.turned_away.labels("too_slow").inc()
            self._mean_s += _SMOOTHING * (time.monotonic() - began - self._mean_s)

    def _retry_after_s(self) -> int:
        """Return the seconds in which those that wait now will have had their turn, at least 1."""
        return max(1, ceil((self._n_waiting + 1) * self._mean_s / self._limits.working))

    @contextmanager
    def _counted_as_waiting(self) -> Iterator[None]:
        self._n_waiting += 1
        self._metrics.waiting.inc()
        try:
            yield
        finally:
            self._n_waiting -= 1
            self._metrics.waiting.dec()


class _Client:
    """The client of one request: its body, and whether it is still there."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._messages: asyncio.Queue[Message] = asyncio.Queue(maxsize=2)
        self.left = asyncio.Event()

    async def watch(self, wanted: Wanted) -> None:
        """Take what comes from the client, until it leaves; then nobody wants the answer."""
        while not self.left.is_set():
            message = await self._receive()
            if message["type"] == "http.disconnect":
                self.left.set()
                wanted.give_up()
            await self._messages.put(message)

    async def receive(self) -> Message:
        """Return the next message of the client."""
        return await self._messages.get()


def is_free(path: str) -> bool:
    """Tell whether requests for ``path`` are answered without a turn."""
    return any(path == free or path.startswith(f"{free}/") for free in FREE_PATHS)
