"""Extracts report files, and records those that cannot be."""

from collections.abc import Sequence

from tqdm import tqdm

from indexer.corpus.distinct_files import ReportFile
from indexer.errors import UnreadableError
from indexer.extraction.sandbox import Bounds, extract_all
from indexer.progress import Progress
from indexer.records import Extraction
from indexer.settings import IndexerSettings
from indexer.store.manifest import UnreadFile


def extract_reports(
    reports: Sequence[ReportFile], settings: IndexerSettings, progress: Progress
) -> tuple[list[tuple[ReportFile, Extraction]], dict[str, UnreadFile]]:
    """Return the extractions of ``reports``, and by document id the files that have none."""
    extractions: list[tuple[ReportFile, Extraction]] = []
    unread: dict[str, UnreadFile] = {}
    files = [(report.file.path, report.sha256) for report in reports]
    bar = tqdm(
        extract_all(files, Bounds.of(settings)),
        total=len(files),
        desc="Extracting",
        unit="file",
        disable=not progress.is_shown or not files,
    )
    with progress.stage("extract"):
        for report, outcome in zip(reports, bar, strict=True):
            if isinstance(outcome, UnreadableError):
                unread[report.doc_id] = UnreadFile(
                    report.file.file, outcome.reason, outcome.detail, report.attempt_key
                )
            else:
                extractions.append((report, outcome))
    return extractions, unread
