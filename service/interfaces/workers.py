"""Runs the processes that answer: all from one listening socket; one that dies is replaced.

    supervisor ──▶ worker ──▶ …          SIGTERM, SIGINT: the workers finish what they took
         └───────▶ worker ──▶ …

A fault in native code, or a file of the index that is cut while it is mapped, ends a process and
not the service. Workers die with their supervisor, however that ends.

On Linux workers are forks of the supervisor, and have what it has imported. That is safe as long as
it has one thread and no library with threads of its own: NumPy, FAISS and ONNX Runtime are imported
by the workers alone.
"""

import ctypes
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType

_QUICK_S = 10.0
"""A worker that lives shorter has not served; the next one waits, longer each time."""

_LONGEST_PAUSE_S = 30.0
_MOST_QUICK_DEATHS = 10
_LOOK_S = 1.0
_KILL_AFTER_S = 5.0
"""Seconds beyond their own time for finishing after which workers are killed."""

_CONTEXT = get_context("fork") if sys.platform == "linux" else get_context("spawn")
_PR_SET_PDEATHSIG = 1
_ENDING = (signal.SIGTERM, signal.SIGINT)
_log = logging.getLogger(__name__)

Serve = Callable[[socket.socket], None]
"""Serves from a socket until told to stop; goes to another process, so it can be pickled."""


class Supervisor:
    """Keeps workers running until it is told to stop."""

    def __init__(
        self, serve: Serve, listener: socket.socket, *, n_workers: int, shutdown_s: float
    ) -> None:
        self._serve = serve
        self._listener = listener
        self._n_workers = n_workers
        self._shutdown_s = shutdown_s
        self._is_stopping = False
        self._n_quick_deaths = 0

    def run(self) -> int:
        """Run the workers; return 0 when told to stop, 1 when they die as soon as they start."""
        for number in _ENDING:
            signal.signal(number, self._stop)
        workers = {self._started(): time.monotonic() for _ in range(self._n_workers)}
        while not self._is_stopping:
            wait([worker.sentinel for worker in workers], timeout=_LOOK_S)
            for worker in [worker for worker in workers if not worker.is_alive()]:
                lived_s = time.monotonic() - workers.pop(worker)
                if not self._may_go_on(worker, lived_s):
                    self._end(workers)
                    return 1
                workers[self._started()] = time.monotonic()
        self._end(workers)
        return 0

    def _started(self) -> BaseProcess:
        arguments = (self._serve, self._listener, os.getpid())
        worker = _CONTEXT.Process(target=_work, args=arguments, daemon=True)
        # One that tells a new fork to end must not meet the supervisor's handlers there.
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        worker.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        return worker

    def _may_go_on(self, worker: BaseProcess, lived_s: float) -> bool:
        """Log a death and pause; tell whether another worker may live longer."""
        _log.error("worker %s ended by itself with %s", worker.pid, worker.exitcode)
        # Imported here, as it is seldom needed and takes a tenth of the supervisor's own start.
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
        self._n_quick_deaths = self._n_quick_deaths + 1 if lived_s < _QUICK_S else 0
        if self._n_quick_deaths >= _MOST_QUICK_DEATHS:
            _log.error("workers end as soon as they start; see the lines above")
            return False
        if self._n_quick_deaths:
            time.sleep(min(_LONGEST_PAUSE_S, 0.1 * 2**self._n_quick_deaths))
        return True

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_stopping = True

    def _end(self, workers: dict[BaseProcess, float]) -> None:
        """Let the workers finish what they took, then kill those that do not."""
        for worker in workers:
            worker.terminate()
        deadline = time.monotonic() + self._shutdown_s + _KILL_AFTER_S
        for worker in workers:
            worker.join(max(0.0, deadline - time.monotonic()))
            if worker.is_alive():
                worker.kill()
                worker.join()


def _work(serve: Serve, listener: socket.socket, supervisor: int) -> None:
    """Serve in a worker, which signals end as they end any process until it says otherwise."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:  # it died before we asked to be told
            return
    serve(listener)
