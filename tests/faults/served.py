"""A service of its own process, as an operator runs it, for the drills."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

_READY_S = 300.0


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of memory, what processes share counted once.

    Attributes:
        own: What the processes wrote, swapped out or not; a leak shows here.
        mapped: Pages of files, which the system takes back when it needs them.
    """

    own: float
    mapped: float

    @classmethod
    def of(cls, *pids: int) -> "Memory":
        """Return the memory of these processes together."""
        sizes = [_sizes_kb(pid) for pid in pids]
        own = sum(size.get("Pss_Anon", 0) + size.get("SwapPss", 0) for size in sizes)
        return cls(own / 1024, sum(size.get("Pss_File", 0) for size in sizes) / 1024)

    def __str__(self) -> str:
        return f"{self.own:.0f} + {self.mapped:.0f} MB"


@dataclass(slots=True)
class Served:
    """A running service.

    Attributes:
        supervisor: Its process.
        port: On the loopback interface.
        key: Sent with every question, if there is one.
    """

    supervisor: subprocess.Popen[bytes]
    port: int
    key: str | None = None

    @property
    def workers(self) -> list[int]:
        """Return the processes that answer."""
        pid = self.supervisor.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        return [int(child) for child in children]

    @property
    def memory(self) -> "Memory":
        """Return the memory of all of its processes."""
        return Memory.of(self.supervisor.pid, *self.workers)

    def ask(self, question: str, *, timeout_s: float = 60.0) -> tuple[int, Any]:
        """Return status and body of a question; status 0 where the connection broke."""
        body = json.dumps({"question": question, "min_confidence": 0})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        try:
            headers = {"Content-Type": "application/json"}
            if self.key is not None:
                headers["X-API-Key"] = self.key
            connection.request("POST", "/v1/ask", body, headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError):
            return 0, None
        finally:
            connection.close()

    def wait_until_ready(self) -> None:
        """Wait until questions are answered."""
        deadline = time.monotonic() + _READY_S
        while self.ask("Who pays?")[0] != 200:
            assert time.monotonic() < deadline, "the service does not become ready"
            time.sleep(0.1)


@contextmanager
def served(settings: Mapping[str, str], log: Path) -> Iterator[Served]:
    """Give a service with ``settings``, its log in a file; it is ended afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CITA_")}
    with log.open("ab") as lines:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "service", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**clean, **settings},
            stderr=lines,
        )
    try:
        yield Served(supervisor, port)
    finally:
        with suppress(ProcessLookupError):
            supervisor.send_signal(signal.SIGTERM)
        supervisor.wait()


def _sizes_kb(pid: int) -> dict[str, int]:
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
        return {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return {}
