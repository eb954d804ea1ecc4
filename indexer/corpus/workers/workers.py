"""What a build asks of its workers."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from indexer.corpus.distinct_files import ReportFile
from indexer.corpus.workers.local_workers import LocalWorkers
from indexer.encoder.building.document_vectors import Encoders, Group
from indexer.progress import Progress
from indexer.segmentation.cut_documents import CutDocument
from indexer.settings import IndexerSettings
from indexer.store.manifest import UnreadFile
from indexer.store.records import DocumentVectors
from indexer.worker_place import WorkerPlace


class Workers(Protocol):
    """Read and embed reports; wherever they are, what comes back is the same."""

    def read(self, reports: Sequence[ReportFile]) -> Iterator[CutDocument | UnreadFile]:
        """Yield each report extracted and cut, or why it cannot be read, in order."""

    def embed(self, groups: Sequence[Group]) -> Iterator[list[DocumentVectors] | None]:
        """Yield the vectors of each group's documents; ``None`` where it took too long."""


def workers_at(
    place: WorkerPlace, *, settings: IndexerSettings, encoders: Encoders, progress: Progress
) -> Workers:
    """Return the workers at a place.

    Raises:
        WorkersError: Ray is not installed or cannot be reached.
    """
    if place.is_ray:
        from indexer.corpus.workers.ray_workers import RayWorkers  # noqa: PLC0415  (an extra)

        return RayWorkers(place.address, settings=settings, encoders=encoders, progress=progress)
    return LocalWorkers(settings=settings, encoders=encoders, progress=progress)
