"""Reads one report: from its extraction to a cut document, or to the reason why there is none."""

from dataclasses import replace

from indexer.corpus.catalogue import describe, front_matter_problems
from indexer.corpus.distinct_files import ReportFile
from indexer.encoder.building.text_encoder import Encoder
from indexer.errors import Reason, UnreadableError
from indexer.records import Extraction
from indexer.segmentation.cut_documents import CutDocument, cut_document
from indexer.segmentation.documents import assemble
from indexer.segmentation.passages import PassageBudget
from indexer.settings import IndexerSettings
from indexer.store.manifest import UnreadFile
from indexer.time_limit import TimeLimitError, time_limit


def cut_report(
    report: ReportFile,
    outcome: Extraction | UnreadableError,
    encoder: Encoder,
    settings: IndexerSettings,
) -> CutDocument | UnreadFile:
    """Return a report cut into sentences and passages, or why it cannot be.

    Args:
        report: Where it lies.
        outcome: Of extracting it.
        encoder: Counts word-pieces; loaded already, so that loading takes none of the time.
        settings: How long cutting may take, and how long a passage may be.
    """
    if isinstance(outcome, UnreadableError):
        return UnreadFile(report.file.file, outcome.reason, outcome.detail, report.attempt_key)
    try:
        with time_limit(settings.build_timeout_s):
            return _cut(report, outcome, encoder, settings)
    except TimeLimitError:
        return took_too_long(report)


def took_too_long(report: ReportFile) -> UnreadFile:
    """Return that a report was extracted and then took too long to cut or to embed."""
    detail = (
        "cutting or embedding its text took too long; split it, or raise CITA_BUILD_TIMEOUT_S and "
        "CITA_BUILD_EMBED_TIMEOUT_S"
    )
    return UnreadFile(report.file.file, Reason.TIMEOUT, detail, report.attempt_key)


def _cut(
    report: ReportFile, extraction: Extraction, encoder: Encoder, settings: IndexerSettings
) -> CutDocument:
    problems = front_matter_problems(report.file, extraction)
    document = assemble(
        replace(extraction, notes=(*extraction.notes, *problems)),
        doc_id=report.doc_id,
        info=describe(report.file, extraction),
        file=report.file.file,
        sha256=report.sha256,
    )
    return cut_document(
        document,
        content_key=report.content_key,
        budget=PassageBudget(settings.build_max_words, encoder.max_pieces),
        count_pieces=encoder.count_pieces,
    )
