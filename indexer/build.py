"""The whole indexer on one screen.

folder ─▶ report files ─▶ extractions ─▶ cut documents ─▶ embedded documents ─▶ generation
               │                                                  ▲
               └── unchanged since the previous generation, ──────┘
                   or embedded by a build that was stopped
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.corpus.catalogue import Corpus, open_corpus
from indexer.corpus.distinct_files import ReportFile, report_files, without_copies
from indexer.corpus.first_pages import with_derived_fields
from indexer.corpus.kept_first_pages import KeptFirstPages
from indexer.corpus.supersession import successors
from indexer.corpus.workers.report_reading import took_too_long
from indexer.corpus.workers.workers import Workers, workers_at
from indexer.encoder.building.document_vectors import (
    EmbeddedDocuments,
    Encoders,
    KnownVectors,
    embed_documents,
)
from indexer.encoder.building.multilingual_encoder import MultilingualEncoder
from indexer.encoder.building.text_encoder import PACKAGED, Encoder
from indexer.errors import CorpusError
from indexer.extraction.sandbox import Bounds
from indexer.index_place import IndexPlace
from indexer.progress import Progress
from indexer.reader.building.named_reader import find_reader
from indexer.segmentation.cut_documents import CutDocument
from indexer.settings import IndexerSettings
from indexer.store.generations import store_at
from indexer.store.manifest import Manifest, UnreadFile
from indexer.store.writing.contents import EmbeddedDocument
from indexer.store.writing.generation_writer import GenerationWriter, writer_at
from indexer.store.writing.new_generation import NewGeneration
from indexer.store.writing.previous_generation import PreviousGeneration
from indexer.worker_place import LOCAL, WorkerPlace

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
    settings: IndexerSettings,
    *,
    show_progress: bool = False,
    release_held: bool = False,
    source: IndexPlace | None = None,
    workers: WorkerPlace = LOCAL,
) -> BuildResult:
    """Bring the index up to date with the corpus; the previous generation serves until it is.

    Args:
        settings: What to index, where to put it, and how.
        show_progress: Whether progress bars are drawn on standard error.
        release_held: Whether to build also where a rollback holds the current generation.
        source: Another index from which unchanged reports are taken; ``None``: from the current
            generation.
        workers: Who extracts and embeds.

    Raises:
        IndexerError: The corpus, the encoder, the index or ``source`` cannot be used.
    """
    progress = Progress(is_shown=show_progress)
    corpus = open_corpus(settings.corpus)
    writer = writer_at(settings.index_place)
    with writer.locked():
        previous = PreviousGeneration(store_at(settings.index_place))
        if previous.index is not None and _is_held(writer, release_held=release_held):
            held = previous.index
            return BuildResult(held.generation, held.manifest, is_new=False, is_held=True)
        encoder = _checked_encoder(settings, writer)
        reader = find_reader(settings.build_reader)
        known = previous if source is None else _known_from(source, settings)
        encoders = Encoders(encoder, _multilingual_encoder(settings, known))
        reports, problems = _reports(corpus, writer, encoders, settings=settings)
        kept, still_unread = _unchanged(reports, known)
        new = [r for r in reports if r.doc_id not in kept and r.doc_id not in still_unread]
        crew = workers_at(workers, settings=settings, encoders=encoders, progress=progress)
        cuts, newly_unread = _read(new, crew)
        embedded = embed_documents(
            cuts,
            kept,
            encoders,
            KnownVectors(known, writer.unfinished),
            crew.embed,
            exact_below=settings.build_exact_below,
        )
        documents, unknown_editions = _with_successors(reports, embedded.documents)
        generation = NewGeneration(
            documents=documents,
            settings=settings,
            encoders=encoders,
            reader=reader,
            unread=(
                *still_unread.values(),
                *newly_unread,
                *_not_embedded(reports, [*cuts, *kept.values()], embedded),
            ),
            problems=(*problems, *unknown_editions),
        )
        if not documents:
            raise CorpusError(_nothing_readable(settings, generation.unread))
        if previous.index is not None and generation.equals(previous.index.manifest):
            writer.unfinished.clear()
            return BuildResult(previous.index.generation, previous.index.manifest, is_new=False)
        name, manifest = writer.write(generation, known.index, progress)
    return BuildResult(
        name, manifest, is_new=True, n_extracted=len(new), n_embedded=embedded.n_embedded
    )


def _known_from(source: IndexPlace, settings: IndexerSettings) -> PreviousGeneration:
    """Return what an index that was named has; it was named so that nothing is embedded anew."""
    return PreviousGeneration(store_at(settings.reached(source)), is_needed=True)


def _is_held(writer: GenerationWriter, *, release_held: bool) -> bool:
    """Tell whether a rollback holds the current generation, unless it is released now."""
    if release_held:
        writer.release()
    return writer.is_held()


def _checked_encoder(settings: IndexerSettings, writer: GenerationWriter) -> Encoder:
    """Return the encoder of the settings; one that was named must fit where it is written."""
    encoder = Encoder(settings.build_encoder, precision=settings.build_precision)
    if settings.build_encoder != PACKAGED:  # which fits, and is not loaded to tell so
        writer.check(encoder)
    return encoder


def _multilingual_encoder(
    settings: IndexerSettings, previous: PreviousGeneration
) -> MultilingualEncoder | None:
    """Return the encoder of reports in other languages; an encoder that was named takes all."""
    if settings.build_encoder != PACKAGED:
        return None
    return MultilingualEncoder(previous.multilingual_encoder)


def _reports(
    corpus: Corpus, writer: GenerationWriter, encoders: Encoders, *, settings: IndexerSettings
) -> tuple[tuple[ReportFile, ...], tuple[str, ...]]:
    """Return the files to index, without copies, and what is wrong with the corpus."""
    first_pages = KeptFirstPages(writer.first_pages_dir, Bounds.of(settings))
    corpus = with_derived_fields(without_copies(corpus), first_pages)
    return report_files(corpus, encoders=encoders, settings=settings), corpus.problems


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


def _read(
    reports: Sequence[ReportFile], workers: Workers
) -> tuple[list[CutDocument], list[UnreadFile]]:
    """Return the reports that can be read, cut up, and why the others cannot."""
    outcomes = list(workers.read(reports))
    return (
        [outcome for outcome in outcomes if isinstance(outcome, CutDocument)],
        [outcome for outcome in outcomes if isinstance(outcome, UnreadFile)],
    )


def _not_embedded(
    reports: Sequence[ReportFile], cuts: Sequence[CutDocument], embedded: EmbeddedDocuments
) -> tuple[UnreadFile, ...]:
    """Return the reports that were read and then took too long to embed."""
    late = {cut.document.doc_id for cut in cuts} - embedded.documents.keys()
    return tuple(took_too_long(report) for report in reports if report.doc_id in late)


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
