"""Programs that are measured from outside: how long they run, what they use, what they hold."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from eval.errors import MeasurementError

_READY_WITHIN_S = 600.0
_LOOK_S = 0.005
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Usage:
    """What a program took.

    Attributes:
        seconds: Wall time.
        cpu_s: CPU time of it and of the processes that it waited for.
        peak_mb: Largest resident memory of the program itself, in MiB.
    """

    seconds: float
    cpu_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Memory of one process in MiB.

    Attributes:
        resident_mb: All pages in memory, also those that other processes share.
        proportional_mb: Likewise, a page that n processes share counted as its n-th part.
        private_mb: What it alone holds: what one more worker costs.
    """

    resident_mb: float
    proportional_mb: float
    private_mb: float


def run_measured(arguments: Sequence[str], environ: Mapping[str, str]) -> Usage:
    """Run ``python`` with ``arguments`` in the environment ``environ`` to its end.

    Raises:
        MeasurementError: It failed; its own words went to standard error.
    """
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *arguments], env=dict(environ), stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise MeasurementError(f"python {' '.join(arguments)} ended with {process.returncode}")
    return Usage(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / _MIB)


@dataclass(frozen=True, slots=True)
class Served:
    """A service that answers.

    Attributes:
        port: On the loopback interface.
        pid: Of its supervisor.
        ready_s: Seconds from its start until it was ready to answer.
    """

    port: int
    pid: int
    ready_s: float

    @property
    def workers(self) -> tuple[int, ...]:
        """Return the processes that answer."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii").split()
        return tuple(map(int, children))


@contextmanager
def serve(environ: Mapping[str, str]) -> Iterator[Served]:
    """Give a service in the environment ``environ``, ready to answer; it is ended afterwards.

    Raises:
        MeasurementError: It does not become ready.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    began = time.perf_counter()
    supervisor = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "service", "serve", "--port", str(port)],
        env=dict(environ),
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_ready(port, supervisor)
        yield Served(port, supervisor.pid, time.perf_counter() - began)
    finally:
        with suppress(ProcessLookupError):
            supervisor.send_signal(signal.SIGTERM)
        supervisor.wait()


def memory_of(pid: int) -> Memory:
    """Return the memory of a process."""
    sizes = {"Rss": 0, "Pss": 0, "Private_Clean": 0, "Private_Dirty": 0}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
        name, _, rest = line.partition(":")
        if name in sizes:
            sizes[name] = int(rest.split()[0])
    private = sizes["Private_Clean"] + sizes["Private_Dirty"]
    return Memory(*(round(size / 1024, 1) for size in (sizes["Rss"], sizes["Pss"], private)))


def _wait_until_ready(port: int, supervisor: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _READY_WITHIN_S
    while not _is_ready(port):
        if supervisor.poll() is not None or time.monotonic() > until:
            raise MeasurementError(
                f"the service did not become ready within {_READY_WITHIN_S:.0f} s; start it by "
                "`python -m service serve` to see why"
            )
        time.sleep(_LOOK_S)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=60) as response:
            return bool(response.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False
