"""No more is done at once than was said; the rest waits, is told to come again, or leaves."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from service.errors import NoLongerWantedError
from service.interfaces.middleware.admission import Admission, AdmissionLimits
from service.interfaces.telemetry.metrics import Metrics
from service.pipeline.stages import stage

BODY: Message = {"type": "http.request", "body": b"", "more_body": False}


class Door:
    """An application that holds every request until it is opened."""

    def __init__(self, *, working: int = 1, waiting: int = 1, timeout_s: float = 20.0) -> None:
        self.is_open = asyncio.Event()
        self.n_inside = self.most_inside = 0
        self.metrics = Metrics()
        self.layer = Admission(
            self._answer,
            limits=AdmissionLimits(working, waiting, timeout_s),
            metrics=self.metrics,
            busy=_busy,
        )

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.n_inside += 1
        self.most_inside = max(self.most_inside, self.n_inside)
        try:
            await receive()
            await self.is_open.wait()
            with stage("read"):
                await PlainTextResponse("answered")(scope, receive, send)
        except NoLongerWantedError:
            await PlainTextResponse("unwanted", 599)(scope, receive, send)
        finally:
            self.n_inside -= 1

    async def ask(
        self, path: str = "/v1/ask", *, leaves: Callable[[], Awaitable[object]] | None = None
    ) -> tuple[int, str | None]:
        """Return status and Retry-After of a request; 0 where there was no response."""
        sent: list[Message] = []
        pending = [BODY]

        async def receive() -> Message:
            if pending:
                return pending.pop()
            await (leaves or asyncio.Event().wait)()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.layer({"type": "http", "path": path, "headers": []}, receive, send)
        if not sent:
            return 0, None
        headers = dict(sent[0]["headers"])
        return sent[0]["status"], headers.get(b"retry-after", b"").decode() or None

    def turned_away(self, reason: str) -> float:
        return float(self.metrics.turned_away.labels(reason)._value.get())


async def _busy(_scope: Scope, retry_after_s: int) -> Response:
    return PlainTextResponse("busy", 503, headers={"Retry-After": str(retry_after_s)})


async def settled() -> None:
    """Let everything go on that can."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_what_finds_the_queue_full_is_told_when_to_come_again() -> None:
    async def scene() -> None:
        door = Door(working=2, waiting=3)
        requests = [asyncio.create_task(door.ask()) for _ in range(7)]
        await settled()
        turned_away = [request.result() for request in requests if request.done()]
        door.is_open.set()

        answered = [await request for request in requests]

        assert turned_away == [(503, "1"), (503, "1")]
        assert [status for status, _ in answered].count(200) == 5
        assert door.most_inside == 2
        assert door.turned_away("queue_full") == 2

    asyncio.run(scene())


def test_what_waits_too_long_is_told_so_and_frees_its_place() -> None:
    async def scene() -> None:
        door = Door(timeout_s=0.05)
        working = asyncio.create_task(door.ask())
        await settled()

        status, retry = await door.ask()
        door.is_open.set()
        await working

        assert (status, retry) == (503, "1")
        assert await door.ask() == (200, None)
        assert door.turned_away("too_slow") >= 1

    asyncio.run(scene())


@pytest.mark.parametrize("is_working", [True, False], ids=["working", "waiting"])
def test_a_client_that_leaves_gives_its_place_back(is_working: bool) -> None:  # noqa: FBT001
    async def scene() -> None:
        door = Door()
        has_left = asyncio.Event()
        others = [] if is_working else [asyncio.create_task(door.ask())]
        await settled()
        leaver = asyncio.create_task(door.ask(leaves=has_left.wait))
        await settled()

        has_left.set()
        await settled()
        door.is_open.set()
        status, _ = await leaver
        for other in others:
            assert await other == (200, None)

        assert status == (599 if is_working else 0)
        assert await door.ask() == (200, None)
        assert door.n_inside == 0

    asyncio.run(scene())


def test_probes_and_metrics_never_wait() -> None:
    async def scene() -> None:
        door = Door(waiting=0)
        working = asyncio.create_task(door.ask())
        await settled()
        probes = [asyncio.create_task(door.ask(path)) for path in ("/readyz", "/metrics")]
        await settled()

        assert door.n_inside == 3
        assert (await door.ask("/readyzz"))[0] == 503
        door.is_open.set()
        await asyncio.gather(working, *probes)

    asyncio.run(scene())
