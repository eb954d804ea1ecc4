"""Asks a service from many clients at once, and says how fast and how well it answered."""

import asyncio
import json
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from tests.conftest import ROOT
from tests.faults.served import Served, served

_CLIENTS = (1, 8, 64, 256)
_QUESTIONS = ROOT / "eval" / "questions" / "briefs.jsonl"


@dataclass(slots=True)
class Tally:
    """What clients saw: seconds of each answer, and how often each status came."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def summary(self, took_s: float) -> str:
        """Return throughput, percentiles of the time to an answer, and statuses."""
        seconds = sorted(self.seconds) or [0.0]
        p50, p95, p99 = (seconds[int(len(seconds) * q)] for q in (0.5, 0.95, 0.99))
        return (
            f"{len(self.seconds) / took_s:.1f} answers/s, p50 {p50 * 1e3:.0f} ms, "
            f"p95 {p95 * 1e3:.0f}, p99 {p99 * 1e3:.0f}; "
            f"statuses {dict(sorted(self.statuses.items()))}"
        )


@dataclass(slots=True)
class Pace:
    """When a client asks: until then, and at most once in so many seconds."""

    until: float
    every_s: float

    async def is_on(self) -> bool:
        """Wait for the next turn; return whether there is one."""
        await asyncio.sleep(self.every_s)
        return time.monotonic() < self.until


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Ask for ``rounds`` seconds with each number of clients; return what was seen.

    The index is that of ``CITA_INDEX`` in ``work/index``, built before from the briefs.
    """
    environ = {
        "CITA_CORPUS": str(ROOT / "corpus"),
        "CITA_INDEX": str(work / "index"),
        "CITA_STATE": str(work / "state"),
    }
    lines, is_well = [], True
    with served(environ, work / "service.log") as service:
        service.wait_until_ready()
        for n_clients in _CLIENTS:
            before = service.memory
            tally = Tally()
            began = time.monotonic()
            asyncio.run(ask_for(service, n_clients, seconds=rounds, tally=tally))
            took_s = time.monotonic() - began
            lines.append(
                f"{n_clients} clients: {tally.summary(took_s)}; memory of its own + mapped "
                f"{before} → {service.memory}; load of the machine {os.getloadavg()[0]:.1f}"
            )
            print(lines[-1], flush=True)  # noqa: T201 - it takes long
            is_well = is_well and set(tally.statuses) <= {200, 429, 503}
    return "\n".join(lines), is_well


async def ask_for(
    service: Served, n_clients: int, *, seconds: float, tally: Tally, every_s: float = 0.0
) -> None:
    """Ask questions of the briefs in turn from ``n_clients`` connections for a while.

    Args:
        service: Who is asked.
        n_clients: Each asks its next question when it has an answer, however long that takes.
        seconds: How long.
        tally: Takes what comes back.
        every_s: Each client asks at most once in so many seconds.
    """
    rows = [json.loads(line) for line in _QUESTIONS.read_text("utf-8").splitlines()]
    questions = cycle([row["question"] for row in rows])
    until = time.monotonic() + seconds
    pace = Pace(until, every_s)
    await asyncio.gather(*(_client(service.port, questions, pace, tally) for _ in range(n_clients)))


async def _client(port: int, questions: "cycle[str]", pace: Pace, tally: Tally) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while await pace.is_on():
        body = json.dumps({"question": next(questions)}).encode()
        began = time.monotonic()
        writer.write(
            b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        try:
            status, retry_after_s = await _response(reader)
        except (OSError, EOFError, ValueError):
            tally.statuses[0] += 1
            writer.close()
            reader, writer = await _connected(port)
            continue
        tally.statuses[status] += 1
        if status == 200:
            tally.seconds.append(time.monotonic() - began)
        else:
            writer.close()  # the service would close it meanwhile
            await asyncio.sleep(retry_after_s)
            reader, writer = await _connected(port)
    writer.close()


async def _connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect, again and again while nobody listens."""
    while True:
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.5)


async def _response(reader: asyncio.StreamReader) -> tuple[int, float]:
    """Read a response; return its status and the seconds after which to come again."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
    headers = dict(line.partition(": ")[::2] for line in head[1:])
    if "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
    else:
        while size := int((await reader.readline()).strip() or b"0", 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(head[0].split()[1]), float(headers.get("retry-after", "0"))
