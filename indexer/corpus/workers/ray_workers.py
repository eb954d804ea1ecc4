"""Reads and embeds reports on the workers of Ray, on this machine or on a cluster, by Ray Data.

    reports ─▶ map: extracted in a child process, cut ─▶ groups ─▶ map: embedded ─▶ this process

A task whose worker died, or found no memory for a child process, is done again elsewhere. Reports
lie in a folder that every worker sees under the same path.

Source:
    Luan et al. (2025), The streaming batch model, arXiv:2501.12407 (Ray Data).
"""

import logging
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from indexer.corpus.distinct_files import ReportFile
from indexer.corpus.workers.report_reading import cut_report
from indexer.encoder.building.document_vectors import Encoders, Group, embed_group
from indexer.encoder.building.multilingual_encoder import MultilingualEncoder
from indexer.encoder.building.text_encoder import PACKAGED, Encoder
from indexer.errors import IndexerError
from indexer.extraction.sandbox import Bounds, extract_all
from indexer.progress import Progress
from indexer.segmentation.cut_documents import CutDocument
from indexer.settings import IndexerSettings
from indexer.store.manifest import UnreadFile
from indexer.store.records import DocumentVectors

_N_TRIES = 3
"""Times that a task is done at most, where its worker died or had no memory."""

_MOST_TASKS = 10_000

_CODE = Path(__file__).resolve().parents[2]
"""The room that workers of a cluster are sent; what it imports has to be installed there."""

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker has to know of a build.

    Attributes:
        settings: Of the build.
        precision: In which texts are embedded, whatever the worker's own CPU would choose.
        encoder_sha256: Hash of the encoder of English.
    """

    settings: IndexerSettings
    precision: str
    encoder_sha256: str


class WorkersError(IndexerError):
    """Ray cannot be used, or its workers are not like this machine."""


class RayWorkers:
    """The workers of a build that Ray has."""

    def __init__(
        self,
        address: str | None,
        *,
        settings: IndexerSettings,
        encoders: Encoders,
        progress: Progress,
    ) -> None:
        """Connect to Ray, or start it here.

        Args:
            address: Of a cluster; ``None``: as many workers here as ``CITA_BUILD_WORKERS`` says.
            settings: Of the build.
            encoders: Those of this machine, which the workers' have to equal.
            progress: Of the build.

        Raises:
            WorkersError: Ray is not installed or cannot be reached.
        """
        self._progress = progress
        self._job = Job(settings, encoders.english.precision, encoders.english.sha256)
        _start(address, settings.build_workers)

    def read(self, reports: Sequence[ReportFile]) -> Iterator[CutDocument | UnreadFile]:
        """Yield each report extracted and cut, or why it cannot be read, in order."""
        with self._progress.stage("read"):
            paths = [report.file.path.resolve() for report in reports]
            yield from _mapped(partial(_read, self._job), list(zip(reports, paths, strict=True)))

    def embed(self, groups: Sequence[Group]) -> Iterator[list[DocumentVectors] | None]:
        """Yield the vectors of each group's documents; ``None`` where it took too long."""
        with self._progress.stage("embed"):
            yield from _mapped(partial(_embed, self._job), groups)


def _start(address: str | None, n_workers: int) -> None:
    """Connect to Ray's cluster, or start one of this process.

    Raises:
        WorkersError: Ray is not installed or cannot be reached.
    """
    try:
        import ray  # noqa: PLC0415  (2 s; only for these workers)
    except ImportError as error:
        raise WorkersError(
            "Ray is not installed; `pip install --group ray --constraint requirements.lock`"
        ) from error
    if ray.is_initialized():
        return
    here = {"num_cpus": n_workers, "include_dashboard": False}
    there = {"address": address, "runtime_env": {"py_modules": [str(_CODE)]}}
    try:
        ray.init(
            **(here if address is None else there),
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise WorkersError(f"no Ray at {address or 'this machine'}: {error}") from error


def _mapped(function: Callable[[Item], Outcome], items: Sequence[Item]) -> Iterator[Outcome]:
    """Yield the outcomes of ``function`` on Ray's workers, in the order of ``items``."""
    import ray.data  # noqa: PLC0415  (2 s; only for these workers)

    if not items:
        return
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    rows = [{"item": packed(item)} for item in items]
    dataset = ray.data.from_items(rows, override_num_blocks=min(len(rows), _MOST_TASKS))
    for row in dataset.map(partial(called, function), num_cpus=1).iter_rows():
        yield unpacked(row["outcome"])


def called(function: Callable[[Item], Outcome], row: dict[str, bytes]) -> dict[str, bytes]:
    """Run in a worker: call ``function``, again if what went wrong may not go wrong twice."""
    item: Item = unpacked(row["item"])
    for n_left in reversed(range(_N_TRIES)):
        try:
            return {"outcome": packed(function(item))}
        except (IndexerError, OSError, MemoryError):
            if not n_left:
                raise
    raise AssertionError("a task is done at least once")


def packed(thing: object) -> bytes:
    """Return what goes to a worker, or comes back, as one cell of a data set."""
    return pickle.dumps(thing)


def unpacked(cell: bytes) -> Any:
    """Return what `packed` got; only our own processes write such cells."""
    return pickle.loads(cell)  # noqa: S301


def _read(job: Job, item: tuple[ReportFile, Path]) -> CutDocument | UnreadFile:
    """Run in a worker: extract and cut a report."""
    report, path = item
    encoder = encoders_of(job).english
    bounds = replace(Bounds.of(job.settings), workers=1)
    (outcome,) = extract_all([(path, report.sha256)], bounds)
    return cut_report(report, outcome, encoder, job.settings)


def _embed(job: Job, group: Group) -> list[DocumentVectors] | None:
    """Run in a worker: embed a group of documents."""
    timeout_s = job.settings.build_embed_timeout_s
    return embed_group(group, encoders_of(job), timeout_s=timeout_s, is_shown=False)


@cache
def encoders_of(job: Job) -> Encoders:
    """Return the encoders of this worker, loaded once in its life.

    Raises:
        WorkersError: They are not those of the machine that builds.
    """
    settings = job.settings
    english = Encoder(settings.build_encoder, precision=job.precision)
    if english.sha256 != job.encoder_sha256:
        raise WorkersError(
            f"a worker has another encoder {settings.build_encoder!r} than the machine that "
            "builds; install the same requirements.lock on both"
        )
    english.count_pieces(["loaded before the clock runs"])
    is_packaged = settings.build_encoder == PACKAGED
    return Encoders(english, MultilingualEncoder() if is_packaged else None)
