"""Workers that die are replaced; all end when the supervisor is told to, or dies."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPT = """
import logging, os, sys, time
from functools import partial
from service.interfaces.workers import Supervisor
from service.interfaces.server import listen

def serve(how, listener):
    while True:
        connection, _ = listener.accept()
        with connection:
            word = connection.recv(10)
            if word == b"die":
                os.kill(os.getpid(), 9)
            if word == b"end":
                os.kill(os.getpid(), 15)
            connection.sendall(str(os.getpid()).encode())

def die(listener):
    sys.exit(3)

if __name__ == "__main__":
    with listen("127.0.0.1", 0) as listener:
        print(listener.getsockname()[1], flush=True)
        work = die if sys.argv[1] == "die" else partial(serve, "well")
        sys.exit(Supervisor(work, listener, n_workers=1, shutdown_s=1).run())
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "supervised.py"
    path.write_text(SCRIPT, "utf-8")
    return path


@contextmanager
def started(script: Path, how: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Give a supervisor and the port on which its workers listen; it is killed in the end."""
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PROMETHEUS_MULTIPROC_DIR": str(script.parent),
    }
    command = [sys.executable, str(script), how]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        try:
            yield supervisor, int(supervisor.stdout.readline())
        finally:
            supervisor.kill()


def say(port: int, word: bytes) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(word)
        return connection.recv(20).decode()


def test_a_worker_that_dies_is_replaced_and_all_end_with_the_supervisor(script: Path) -> None:
    with started(script, "well") as (supervisor, port):
        first = int(say(port, b"who"))
        assert say(port, b"die") == ""
        second = int(say(port, b"who"))
        supervisor.send_signal(signal.SIGKILL)
        supervisor.wait()

    assert first != second
    assert gone(first)
    assert gone(second)


def test_a_worker_that_is_told_to_end_before_it_listens_to_signals_ends(script: Path) -> None:
    with started(script, "well") as (_, port):
        first = int(say(port, b"who"))
        answer = say(port, b"end")
        second = int(say(port, b"who"))

    assert answer == ""
    assert first != second


def test_a_supervisor_that_is_told_to_stop_ends_its_workers(script: Path) -> None:
    with started(script, "well") as (supervisor, port):
        worker = int(say(port, b"who"))
        supervisor.send_signal(signal.SIGTERM)
        code = supervisor.wait(timeout=30)

    assert code == 0
    assert gone(worker)


def gone(pid: int) -> bool:
    """Tell whether a process ends within a while; a zombie that nobody asks about counts."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_workers_that_end_as_soon_as_they_start_end_the_service(script: Path) -> None:
    script.write_text(SCRIPT.replace("workers import Supervisor", WITHOUT_PATIENCE), "utf-8")
    with started(script, "die") as (supervisor, _):
        code = supervisor.wait(timeout=60)

    assert code == 1


WITHOUT_PATIENCE = """workers import Supervisor
from service.interfaces import workers
workers._MOST_QUICK_DEATHS = 2"""


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forks on Linux alone")
def test_what_workers_are_forks_of_has_one_thread_and_no_library_that_makes_others(
    tmp_path: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("CITA_")},
        "CITA_INDEX": str(tmp_path),
        "CITA_STATE": str(tmp_path),
        "CITA_RATE_LIMIT": "60/minute",
    }
    command = [sys.executable, "-m", "service", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL) as supervisor:
        own = Path(f"/proc/{supervisor.pid}")
        try:
            deadline = time.monotonic() + 60
            while not (own / f"task/{supervisor.pid}/children").read_text("ascii"):
                assert time.monotonic() < deadline
                time.sleep(0.01)
            n_threads = len(list((own / "task").iterdir()))
            maps = (own / "maps").read_text("utf-8")
        finally:
            supervisor.terminate()

    assert n_threads == 1
    libraries = ("numpy", "blas", "gomp", "faiss", "onnxruntime", "tantivy", "tokenizers")
    assert [name for name in libraries if f"/{name}" in maps or f"lib{name}" in maps] == []
