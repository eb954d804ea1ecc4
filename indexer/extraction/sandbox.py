"""Extracts each file in a process apart: a hostile one costs only its own time and memory."""

import hashlib
import logging
import math
import multiprocessing
import os
import resource
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import TypeVar

from indexer.errors import IndexerError, Reason, UnreadableError
from indexer.extraction.formats import extract_file
from indexer.extraction.pdf.front_pages import FrontPages, read_front_pages
from indexer.records import Extraction
from indexer.settings import IndexerSettings

_MEGABYTE = 1 << 20
_MAX_FILE_BYTES = 1 << 30
_SPARE_S = 60
_MAX_TOGETHER = 16

Read = TypeVar("Read")
_Task = tuple[Path, Callable[[], Read]]
"""What is done with a file in a process apart."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits on extracting one file.

    Attributes:
        timeout_s: Seconds, from opening it to having its text.
        memory_mb: Megabytes of address space of the process, above what it starts with.
        workers: Files extracted at the same time.
    """

    timeout_s: float
    memory_mb: int
    workers: int

    @classmethod
    def of(cls, settings: IndexerSettings) -> "Bounds":
        """Return the bounds that ``settings`` give."""
        return cls(
            timeout_s=settings.build_timeout_s,
            memory_mb=settings.build_memory_mb,
            workers=settings.build_workers,
        )


def extract_all(
    files: Sequence[tuple[Path, str]], bounds: Bounds
) -> Iterator[Extraction | UnreadableError]:
    """Yield for each file, in order, its extraction or why there is none.

    Args:
        files: Where each lies, and the SHA-256 that the index will record of its bytes.
        bounds: Limits for each of them.
    """
    tasks = [(path, partial(_extract, path, sha256)) for path, sha256 in files]
    yield from _all_read_apart(tasks, bounds)


def read_fronts(
    files: Sequence[tuple[Path, str]], bounds: Bounds
) -> Iterator[FrontPages | UnreadableError]:
    """Yield for each PDF, in order, its first pages or why they cannot be read.

    Several are read by one process, since to start it takes longer than to read most of them. One
    that ends it costs the others nothing: another process goes on behind it.

    Args:
        files: As of `extract_all`.
        bounds: Limits for each of them.
    """
    tasks = [(path, partial(_read_front, path, sha256)) for path, sha256 in files]
    n_together = min(_MAX_TOGETHER, math.ceil(len(tasks) / bounds.workers))
    yield from _all_read_apart(tasks, bounds, n_together=max(1, n_together))


def _all_read_apart(
    tasks: Sequence[_Task[Read]], bounds: Bounds, *, n_together: int = 1
) -> Iterator[Read | UnreadableError]:
    """Yield what each task returns, in order, or why it returned nothing."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    batches = [tasks[at : at + n_together] for at in range(0, len(tasks), n_together)]
    with ThreadPoolExecutor(bounds.workers) as pool:
        for outcomes in pool.map(lambda batch: _read_batch(batch, bounds, context), batches):
            yield from outcomes


def _read_batch(
    tasks: Sequence[_Task[Read]], bounds: Bounds, context: ForkServerContext
) -> list[Read | UnreadableError]:
    outcomes: list[Read | UnreadableError] = []
    while len(outcomes) < len(tasks):
        outcomes += _read_apart(tasks[len(outcomes) :], bounds, context)
    return outcomes


def _read_apart(
    tasks: Sequence[_Task[Read]], bounds: Bounds, context: ForkServerContext
) -> list[Read | UnreadableError]:
    """Return the outcomes of the first tasks, one at least, in a process of their own.

    It ends with a file that takes too long. One for which there is no memory behind others is left
    to the next process, for they may have used it up.
    """
    if refused := _refused(tasks[0][0]):
        return [refused]
    own = [tasks[0], *takewhile(lambda task: _refused(task[0]) is None, tasks[1:])]
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(
        target=_read_and_send, args=([task for _, task in own], bounds, sender), daemon=True
    )
    process.start()
    sender.close()
    outcomes: list[Read | UnreadableError] = []
    try:
        while len(outcomes) < len(own):
            if not receiver.poll(bounds.timeout_s):
                return [*outcomes, _too_slow(bounds)]
            received: Read | UnreadableError = receiver.recv()
            if outcomes and _lacked_memory(received):
                return outcomes
            outcomes.append(received)
    except EOFError as error:  # the child died before it could say anything
        if outcomes:
            return outcomes
        process.join()
        if process.exitcode is not None and process.exitcode < 0:
            return [_out_of_memory(bounds)]
        raise IndexerError(
            f"no process could be started to read {own[0][0]}; free memory, then retry"
        ) from error
    finally:
        process.kill()
        process.join()
        receiver.close()
    return outcomes


def _refused(path: Path) -> UnreadableError | None:
    """Return why a file is not even opened, or ``None``."""
    try:
        n_bytes = path.stat().st_size
    except OSError as error:  # gone since the folder was listed
        return _cannot_open(error)
    if n_bytes > _MAX_FILE_BYTES:
        return UnreadableError(
            Reason.TOO_LARGE,
            f"it has {n_bytes // _MEGABYTE} MB, at most "
            f"{_MAX_FILE_BYTES // _MEGABYTE} are read; split it",
        )
    return None


def _lacked_memory(outcome: object) -> bool:
    return isinstance(outcome, UnreadableError) and outcome.reason is Reason.OUT_OF_MEMORY


def _read_and_send(
    tasks: Sequence[Callable[[], object]], bounds: Bounds, sender: Connection
) -> None:
    """Run in the child: do each task and send back what it returns, or why it could not."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    _end_with_the_builder(bounds.timeout_s * len(tasks))
    _limit_memory(bounds.memory_mb)
    for task in tasks:
        try:
            sender.send(_outcome(task, bounds))
        except MemoryError:
            sender.send(_out_of_memory(bounds))


def _extract(path: Path, sha256: str) -> Extraction:
    return extract_file(path.name, _checked(path.read_bytes(), sha256))


def _read_front(path: Path, sha256: str) -> FrontPages:
    return read_front_pages(_checked(path.read_bytes(), sha256))


def _outcome(task: Callable[[], object], bounds: Bounds) -> object:
    try:
        return task()
    except UnreadableError as error:
        return error
    except MemoryError:
        return _out_of_memory(bounds)
    except RecursionError:
        return UnreadableError(
            Reason.DAMAGED, "its parts contain each other without end; print it to a new file"
        )
    except OSError as error:
        return _cannot_open(error)
    except Exception as error:  # noqa: BLE001  (one file must not stop the others)
        return UnreadableError(
            Reason.DAMAGED, f"its reader failed ({type(error).__name__}: {error}); report the file"
        )


def _checked(data: bytes, sha256: str) -> bytes:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UnreadableError(Reason.DAMAGED, "it changed while it was read; build again")
    return data


def _end_with_the_builder(timeout_s: float) -> None:
    """Have this process end when its builder is killed, which alone holds it to its time.

    A thread waits for that. Where code outside of Python does not let it run, the limit on the
    processor's time ends the process; it is above what the builder allows.
    """
    builder = multiprocessing.parent_process()
    if builder is not None:
        threading.Thread(target=_end_after, args=(builder.sentinel,), daemon=True).start()
    seconds = math.ceil(timeout_s) + _SPARE_S
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _limit_memory(memory_mb: int) -> None:
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = used * resource.getpagesize() + memory_mb * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _cannot_open(error: OSError) -> UnreadableError:
    return UnreadableError(Reason.DAMAGED, f"the file cannot be opened: {error.strerror}")


def _too_slow(bounds: Bounds) -> UnreadableError:
    return UnreadableError(
        Reason.TIMEOUT,
        f"reading it took more than {bounds.timeout_s:g} s; raise CITA_BUILD_TIMEOUT_S, "
        "or print it to a new PDF",
    )


def _out_of_memory(bounds: Bounds) -> UnreadableError:
    return UnreadableError(
        Reason.OUT_OF_MEMORY,
        f"reading it took more than {bounds.memory_mb} MB; raise CITA_BUILD_MEMORY_MB, or split it",
    )
