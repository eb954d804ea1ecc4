"""The whole indexer on one screen.

folder ─▶ report files ─▶ extractions ─▶ cut documents ─▶ embedded documents ─▶ generation
               │                                                  ▲
               └── unchanged since the previous generation ───────┘
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from indexer.corpus.catalogue import describe, front_matter_problems, open_corpus
from indexer.corpus.distinct_files import ReportFile, distinct_files
from indexer.corpus.report_extraction import extract_reports
from indexer.corpus.supersession import successors
from indexer.encoder.building.document_vectors import Encoders, embed_documents
from indexer.encoder.building.multilingual_encoder import MultilingualEncoder
from indexer.encoder.building.text_encoder import PACKAGED, Encoder
from indexer.errors import CorpusError, Reason
from indexer.progress import Progress
from indexer.reader.building.named_reader import find_reader
from indexer.records import Extraction
from indexer.segmentation.cut_documents import CutDocument, cut_document
from indexer.segmentation.documents import assemble
from indexer.segmentation.passages import PassageBudget
from indexer.settings import IndexerSettings
from indexer.store.manifest import Manifest, UnreadFile
from indexer.store.writing.contents import EmbeddedDocument
from indexer.store.writing.generation_lifecycle import is_held, locked, release
from indexer.store.writing.new_generation import NewGeneration, write_generation
from indexer.store.writing.previous_generation import PreviousGeneration
from indexer.time_limit import TimeLimitError, time_limit

_N_SHOWN = 3


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The outcome of a build.

    Attributes:
        generation: Name of the current generation.
        manifest: Its manifest.
        is_new: Whether it was written now; otherwise the index was up to date already.
        n_extracted: Files that were extracted anew.
        n_embedded: Texts that were embedded anew.
        is_held: Whether nothing was done, since a rollback holds the generation.
    """

    generation: str
    manifest: Manifest
    is_new: bool
    n_extracted: int = 0
    n_embedded: int = 0
    is_held: bool = False


def build(
    settings: IndexerSettings, *, show_progress: bool = False, release_held: bool = False
) -> BuildResult:
    """Bring the index up to date with the corpus; the previous generation serves until it is.

    Args:
        settings: What to index, where to put it, and how.
        show_progress: Whether progress bars are drawn on standard error.
        release_held: Whether to build also where a rollback holds the current generation.

    Raises:
        IndexerError: The corpus, the encoder or the index folder cannot be used.
    """
    progress = Progress(is_shown=show_progress)
    corpus = open_corpus(settings.corpus)
    with locked(settings.index_dir):
        if release_held:
            release(settings.index_dir)
        previous = PreviousGeneration(settings.index_dir)
        if previous.index is not None and is_held(settings.index_dir):
            held = previous.index
            return BuildResult(held.generation, held.manifest, is_new=False, is_held=True)
        encoder = Encoder(settings.build_encoder, precision=settings.build_precision)
        reader = find_reader(settings.build_reader)
        encoders = Encoders(encoder, _multilingual_encoder(settings, previous))
        reports, copies = distinct_files(corpus, encoders=encoders, settings=settings)
        kept, still_unread = _unchanged(reports, previous)
        new = [r for r in reports if r.doc_id not in kept and r.doc_id not in still_unread]
        extractions, newly_unread = extract_reports(new, settings, progress)
        with progress.stage("cut"):
            cuts = _cut_in_time(extractions, encoder, settings)
        embedded = embed_documents(
            cuts, encoders, previous, timeout_s=settings.build_embed_timeout_s, progress=progress
        )
        documents, unknown_editions = _with_successors(reports, kept | embedded.documents)
        generation = NewGeneration(
            documents=documents,
            settings=settings,
            encoders=encoders,
            reader=reader,
            unread=(
                *still_unread.values(),
                *newly_unread.values(),
                *_too_long(extractions, embedded.documents),
            ),
            problems=(*corpus.problems, *copies, *unknown_editions),
        )
        if not documents:
            raise CorpusError(_nothing_readable(settings, generation.unread))
        if previous.index is not None and generation.equals(previous.index.manifest):
            return BuildResult(previous.index.generation, previous.index.manifest, is_new=False)
        name, manifest = write_generation(generation, previous.index, progress)
    return BuildResult(
        name, manifest, is_new=True, n_extracted=len(new), n_embedded=embedded.n_embedded
    )


def _multilingual_encoder(
    settings: IndexerSettings, previous: PreviousGeneration
) -> MultilingualEncoder | None:
    """Return the encoder of reports in other languages; an encoder that was named takes all."""
    if settings.build_encoder != PACKAGED:
        return None
    return MultilingualEncoder(previous.multilingual_encoder)


def _unchanged(
    reports: Sequence[ReportFile], previous: PreviousGeneration
) -> tuple[dict[str, EmbeddedDocument], dict[str, UnreadFile]]:
    """Return by document id what the previous generation has of ``reports``, or failed to."""
    documents = {report.doc_id: previous.document(report.content_key) for report in reports}
    unread = {report.doc_id: previous.unread(report.attempt_key) for report in reports}
    return (
        {doc_id: document for doc_id, document in documents.items() if document is not None},
        {doc_id: file for doc_id, file in unread.items() if file is not None},
    )


def _cut_in_time(
    extractions: Sequence[tuple[ReportFile, Extraction]],
    encoder: Encoder,
    settings: IndexerSettings,
) -> list[CutDocument]:
    """Return the reports cut up, but for those that take too long."""
    if extractions:
        encoder.count_pieces(["loaded before the clock runs"])
    cuts = []
    for report, extraction in extractions:
        with suppress(TimeLimitError), time_limit(settings.build_timeout_s):
            cuts.append(_cut(report, extraction, encoder, settings))
    return cuts


def _too_long(
    extractions: Sequence[tuple[ReportFile, Extraction]],
    embedded: Mapping[str, EmbeddedDocument],
) -> tuple[UnreadFile, ...]:
    """Return the reports that were extracted and then took too long to cut or to embed."""
    detail = (
        "cutting or embedding its text took too long; split it, or raise CITA_BUILD_TIMEOUT_S and "
        "CITA_BUILD_EMBED_TIMEOUT_S"
    )
    return tuple(
        UnreadFile(report.file.file, Reason.TIMEOUT, detail, report.attempt_key)
        for report, _ in extractions
        if report.doc_id not in embedded
    )


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


def _with_successors(
    reports: Sequence[ReportFile], embedded: Mapping[str, EmbeddedDocument]
) -> tuple[tuple[EmbeddedDocument, ...], tuple[str, ...]]:
    """Return the documents by id, each with its successors, and a problem per unknown one."""
    files = [report.file for report in reports if report.doc_id in embedded]
    ids = [report.doc_id for report in reports if report.doc_id in embedded]
    infos = [embedded[doc_id].document.info for doc_id in ids]
    replaced_by, problems = successors(files, ids, infos)
    return tuple(
        replace(embedded[doc_id], superseded_by=replaced_by.get(doc_id, ()))
        for doc_id in sorted(embedded)
    ), problems


def _nothing_readable(settings: IndexerSettings, unread: Sequence[UnreadFile]) -> str:
    shown = "; ".join(f"{file.file}: {file.reason}, {file.detail}" for file in unread[:_N_SHOWN])
    more = f"; and {len(unread) - _N_SHOWN} more" if len(unread) > _N_SHOWN else ""
    return f"nothing readable in {settings.corpus} ({shown}{more}); add a report that has text"
