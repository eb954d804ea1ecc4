"""Reads and embeds reports on this machine: files side by side, texts on all cores."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from tqdm import tqdm

from indexer.corpus.distinct_files import ReportFile
from indexer.corpus.workers.report_reading import cut_report
from indexer.encoder.building.document_vectors import Encoders, Group, embed_group
from indexer.extraction.sandbox import Bounds, extract_all
from indexer.progress import Progress
from indexer.segmentation.cut_documents import CutDocument
from indexer.settings import IndexerSettings
from indexer.store.manifest import UnreadFile
from indexer.store.records import DocumentVectors


class LocalWorkers:
    """The workers of a build on this machine."""

    def __init__(
        self, *, settings: IndexerSettings, encoders: Encoders, progress: Progress
    ) -> None:
        """Take what they work with; nothing is loaded yet."""
        self._settings, self._encoders, self._progress = settings, encoders, progress

    def read(self, reports: Sequence[ReportFile]) -> Iterator[CutDocument | UnreadFile]:
        """Yield each report extracted and cut, or why it cannot be read, in order."""
        files = [(report.file.path, report.sha256) for report in reports]
        bar = tqdm(
            extract_all(files, Bounds.of(self._settings)),
            total=len(files),
            desc="Extracting",
            unit="file",
            disable=not self._progress.is_shown or not files,
        )
        with self._progress.stage("extract"), ThreadPoolExecutor(1) as loader:
            # The model is loaded beside, before the clock of cutting runs.
            texts = ["a text"] if files else []
            loading = loader.submit(self._encoders.english.count_pieces, texts)
            outcomes = list(bar)
            loading.result()
        with self._progress.stage("cut"):
            for report, outcome in zip(reports, outcomes, strict=True):
                yield cut_report(report, outcome, self._encoders.english, self._settings)

    def embed(self, groups: Sequence[Group]) -> Iterator[list[DocumentVectors] | None]:
        """Yield the vectors of each group's documents; ``None`` where it took too long."""
        with self._progress.stage("embed"):
            for group in groups:
                yield embed_group(
                    group,
                    self._encoders,
                    timeout_s=self._settings.build_embed_timeout_s,
                    is_shown=self._progress.is_shown,
                )
