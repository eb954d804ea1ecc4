"""The whole indexer on one screen.

folder ─▶ sources ─▶ readings ─▶ documents ─▶ sentences, passages ─▶ vectors ─▶ generation
             │                                                          ▲
             └── unchanged since the previous generation ───────────────┘
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from indexer.code_hash import extraction_sha256, library_versions
from indexer.corpus.catalogue import (
    describe,
    front_matter_problems,
    open_corpus,
    resolve_supersedes,
)
from indexer.corpus.distinct_files import (
    Source,
    distinct_sources,
)
from indexer.encoder.building.text_encoder import Encoder
from indexer.errors import CorpusError, UnreadableError
from indexer.extraction.sandbox import Bounds, read_all
from indexer.reader.building.named_reader import NamedReader, find_reader
from indexer.records import Document, Passage, Reading, Sentence, Vectors
from indexer.segmentation.documents import assemble
from indexer.segmentation.passages import PassageBudget, cut_passages, embedded_text
from indexer.segmentation.sentences import split_sentences
from indexer.settings import IndexerSettings
from indexer.store.index import ENCODER, READER
from indexer.store.late_interaction import PassagePieces, document_pieces
from indexer.store.manifest import FORMAT, Manifest, UnreadFile
from indexer.store.records import DocumentVectors
from indexer.store.writing import generations as writing
from indexer.store.writing.generations import IndexedDocument
from indexer.store.writing.previous_generation import Previous

_LIBRARIES = (
    "faiss-cpu",
    "numpy",
    "onnxruntime",
    "pypdf",
    "sentence-transformers",
    "sentencex",
    "tantivy",
    "torch",
)
_N_SHOWN = 3


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did.

    Attributes:
        generation: Name of the current generation.
        manifest: Its manifest.
        is_new: Whether it was written now; otherwise the index was up to date already.
        n_read: Files that were read anew.
        n_embedded: Texts that were embedded anew.
    """

    generation: str
    manifest: Manifest
    is_new: bool
    n_read: int = 0
    n_embedded: int = 0


@dataclass(frozen=True, slots=True)
class _Cut:
    """A document that is cut up but not embedded yet."""

    source: Source
    document: Document
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]

    @property
    def sentence_texts(self) -> list[str]:
        """Return what is embedded of the sentences."""
        return [sentence.span.of(self.document.text) for sentence in self.sentences]

    @property
    def passage_texts(self) -> list[str]:
        """Return what is embedded of the passages: each with its context."""
        text = self.document.text
        return [embedded_text(passage, passage.span.of(text)) for passage in self.passages]


@dataclass(slots=True)
class _Progress:
    """Seconds by stage, and whether bars are drawn."""

    show: bool
    took_s: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.took_s[name] = round(time.perf_counter() - begun, 2)


@dataclass(frozen=True, slots=True)
class _State:
    """All that a new generation would record of what made it."""

    settings: IndexerSettings
    encoder: Encoder
    reader: NamedReader
    fingerprint: str
    unread: tuple[UnreadFile, ...]
    problems: tuple[str, ...]

    def is_that_of(self, manifest: Manifest) -> bool:
        return (self.fingerprint, self.unread, self.problems) == (
            manifest.fingerprint,
            manifest.unread,
            manifest.problems,
        )


def build(settings: IndexerSettings, *, show_progress: bool = False) -> BuildResult:
    """Bring the index up to date with the corpus; the previous generation serves until it is.

    Args:
        settings: What to index, where to put it, and how.
        show_progress: Whether progress bars are drawn on standard error.

    Raises:
        IndexerError: The corpus, the encoder or the index folder cannot be used.
    """
    progress = _Progress(show=show_progress)
    corpus = open_corpus(settings.corpus)
    with writing.locked(settings.index_dir):
        encoder = Encoder(settings.build_encoder, precision=settings.build_precision)
        reader = find_reader(settings.build_reader)
        previous = Previous(settings.index_dir)
        sources, copies = distinct_sources(corpus, encoder=encoder, settings=settings)
        kept = _kept(sources, previous)
        unread = _still_unread(sources, previous)
        fresh = [one for one in sources if one.doc_id not in kept and one.doc_id not in unread]
        readings = _read(fresh, settings, progress)
        unread |= _newly_unread(readings)
        cuts = _cut(readings, encoder, settings, progress)
        embedded, n_embedded = _embed(cuts, encoder, previous, progress)
        contents, unknown = _in_order(sources, kept | embedded)
        if not contents:
            raise CorpusError(_nothing_readable(settings, list(unread.values())))
        state = _State(
            settings=settings,
            encoder=encoder,
            reader=reader,
            fingerprint=_fingerprint(contents, encoder, reader, settings),
            unread=tuple(unread.values()),
            problems=(*corpus.problems, *copies, *unknown),
        )
        if previous.index is not None and state.is_that_of(previous.index.manifest):
            return BuildResult(previous.index.folder.name, previous.index.manifest, is_new=False)
        result = _write(contents, state, previous, progress)
    return replace(result, n_read=len(fresh), n_embedded=n_embedded)


def _kept(sources: Sequence[Source], previous: Previous) -> dict[str, IndexedDocument]:
    found = {source.doc_id: previous.document(source.content_key) for source in sources}
    return {doc_id: document for doc_id, document in found.items() if document is not None}


def _still_unread(sources: Sequence[Source], previous: Previous) -> dict[str, UnreadFile]:
    found = {source.doc_id: previous.unread(source.attempt_key) for source in sources}
    return {doc_id: file for doc_id, file in found.items() if file is not None}


def _read(
    fresh: Sequence[Source], settings: IndexerSettings, progress: _Progress
) -> list[tuple[Source, Reading | UnreadableError]]:
    with progress.stage("read"):
        outcomes = tqdm(
            read_all([(source.file.path, source.sha256) for source in fresh], Bounds.of(settings)),
            total=len(fresh),
            desc="Reading",
            unit="file",
            disable=not progress.show or not fresh,
        )
        return list(zip(fresh, outcomes, strict=True))


def _newly_unread(
    readings: Sequence[tuple[Source, Reading | UnreadableError]],
) -> dict[str, UnreadFile]:
    return {
        source.doc_id: UnreadFile(
            source.file.file, outcome.reason, outcome.detail, source.attempt_key
        )
        for source, outcome in readings
        if isinstance(outcome, UnreadableError)
    }


def _cut(
    readings: Sequence[tuple[Source, Reading | UnreadableError]],
    encoder: Encoder,
    settings: IndexerSettings,
    progress: _Progress,
) -> list[_Cut]:
    with progress.stage("cut"):
        return [
            _cut_one(source, reading, encoder, settings)
            for source, reading in readings
            if isinstance(reading, Reading)
        ]


def _cut_one(source: Source, reading: Reading, encoder: Encoder, settings: IndexerSettings) -> _Cut:
    wrong = front_matter_problems(source.file, reading)
    document = assemble(
        replace(reading, notes=(*reading.notes, *wrong)),
        doc_id=source.doc_id,
        info=describe(source.file, reading),
        file=source.file.file,
        sha256=source.sha256,
    )
    sentences = split_sentences(document)
    passages = cut_passages(
        document,
        sentences,
        budget=PassageBudget(settings.build_max_words, encoder.max_pieces),
        count_pieces=encoder.count_pieces,
    )
    return _Cut(source, document, sentences, passages)


def _embed(
    cuts: Sequence[_Cut], encoder: Encoder, previous: Previous, progress: _Progress
) -> tuple[dict[str, IndexedDocument], int]:
    """Return the documents with their vectors by id, and how many texts had to be embedded."""
    keys = [_vector_key(cut, encoder) for cut in cuts]
    known = {key: vectors for key in keys if (vectors := previous.vectors(key)) is not None}
    fresh = [cut for cut, key in zip(cuts, keys, strict=True) if key not in known]
    said = [text for cut in fresh for text in cut.sentence_texts]
    passages = [text for cut in fresh for text in cut.passage_texts]
    with progress.stage("embed"):
        sentence_vectors = iter(encoder.encode(said, show_progress=progress.show))
        embedded = encoder.encode_passages(passages, show_progress=progress.show)
        of_passages = zip(*embedded, strict=True)
    indexed = {}
    for cut, key in zip(cuts, keys, strict=True):
        indexed[cut.source.doc_id] = IndexedDocument(
            document=cut.document,
            content_key=cut.source.content_key,
            vector_key=key,
            superseded_by=(),
            sentences=cut.sentences,
            passages=cut.passages,
            vectors=known.get(key) or _vectors(cut, sentence_vectors, of_passages),
        )
    return indexed, len(said) + len(passages)


def _vectors(
    cut: _Cut,
    sentence_vectors: Iterator[Vectors],
    of_passages: Iterator[tuple[Vectors, PassagePieces]],
) -> DocumentVectors:
    """Return the vectors of ``cut``, the next of each."""
    own = list(islice(sentence_vectors, len(cut.sentences)))
    embedded = list(islice(of_passages, len(cut.passages)))
    pieces = [each for _, each in embedded]
    sentences = [
        _sentences_of(cut, passage, each)
        for passage, each in zip(cut.passages, pieces, strict=True)
    ]
    return DocumentVectors(
        sentences=np.asarray(own).astype(np.float16),
        passages=np.asarray([vector for vector, _ in embedded]).astype(np.float16),
        pieces=document_pieces(pieces, sentences),
    )


def _sentences_of(cut: _Cut, passage: Passage, pieces: PassagePieces) -> NDArray[np.int64]:
    """Return the sentence that each piece of ``passage`` stands in, -1 for its context's."""
    text = passage.span.of(cut.document.text)
    n_context = len(embedded_text(passage, text)) - len(text)
    starts = pieces.starts - n_context + passage.span.start
    own = cut.sentences[passage.first_sentence : passage.last_sentence + 1]
    found = np.searchsorted([each.span.start for each in own], starts, side="right") - 1
    return np.where(starts < passage.span.start, -1, passage.first_sentence + np.maximum(found, 0))


def _vector_key(cut: _Cut, encoder: Encoder) -> str:
    spans = [(each.span.start, each.first_sentence, each.last_sentence) for each in cut.passages]
    starts = [sentence.span.start for sentence in cut.sentences]
    texts = [cut.sentence_texts, cut.passage_texts]
    decides = [encoder.sha256, encoder.precision, spans, starts, texts]
    return sha256(json.dumps(decides).encode()).hexdigest()


def _in_order(
    sources: Sequence[Source], indexed: Mapping[str, IndexedDocument]
) -> tuple[list[IndexedDocument], tuple[str, ...]]:
    """Return the documents by id, each with its successors, and a problem per unknown successor."""
    present = [source for source in sources if source.doc_id in indexed]
    infos = [indexed[source.doc_id].document.info for source in present]
    resolved, unknown = resolve_supersedes([source.file for source in present], infos)
    successors: dict[str, list[str]] = {}
    for source, info in zip(present, resolved, strict=True):
        for doc_id in info.supersedes:
            successors.setdefault(doc_id, []).append(source.doc_id)
    return [
        replace(indexed[doc_id], superseded_by=tuple(sorted(successors.get(doc_id, ()))))
        for doc_id in sorted(indexed)
    ], unknown


def _fingerprint(
    contents: Sequence[IndexedDocument],
    encoder: Encoder,
    reader: NamedReader,
    settings: IndexerSettings,
) -> str:
    """Hash all that decides answers: not when, where or in what steps the index was built."""
    decides = [
        FORMAT,
        encoder.sha256,
        encoder.precision,
        extraction_sha256(),
        reader.sha256,
        settings.build_max_words,
        settings.build_exact_below,
        [
            (
                indexed.document.doc_id,
                indexed.document.text_sha256,
                asdict(indexed.document.info),
                indexed.superseded_by,
            )
            for indexed in contents
        ],
    ]
    return sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


def _write(
    contents: Sequence[IndexedDocument], state: "_State", previous: Previous, progress: _Progress
) -> BuildResult:
    languages = tuple(sorted({indexed.document.info.language for indexed in contents}))
    settings, encoder = state.settings, state.encoder
    with writing.partial_generation(settings.index_dir) as partial:
        with progress.stage("write"):
            recall = writing.write_contents(
                partial,
                contents,
                languages=languages,
                exact_below=settings.build_exact_below,
            )
        with progress.stage("pack"):
            max_pieces = _pack_models(partial, state, previous)
        manifest = Manifest(
            format=FORMAT,
            fingerprint=state.fingerprint,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            encoder=encoder.name,
            encoder_sha256=encoder.sha256,
            reading_sha256=extraction_sha256(),
            reader=state.reader.name,
            reader_sha256=state.reader.sha256,
            precision=encoder.precision,
            dimension=contents[0].vectors.passages.shape[1],
            max_pieces=max_pieces,
            max_words=settings.build_max_words,
            n_documents=len(contents),
            n_passages=sum(len(indexed.passages) for indexed in contents),
            n_sentences=sum(len(indexed.sentences) for indexed in contents),
            languages=languages,
            vector_index=recall.kind,
            recall_at_10=recall.recall_at_10,
            libraries=library_versions(_LIBRARIES),
            unread=state.unread,
            problems=state.problems,
            took_s=tuple(progress.took_s.items()),
            files=writing.checksums(partial),
        )
        generation = writing.publish(settings.index_dir, partial, manifest)
    writing.prune(settings.index_dir, keep=settings.build_keep)
    return BuildResult(generation, manifest, is_new=True)


def _pack_models(partial: Path, state: "_State", previous: Previous) -> int:
    """Put question encoder and sentence reader into ``partial``; return the encoder's pieces."""
    encoder, reader = state.encoder, state.reader
    known = previous.index.manifest if previous.index is not None else None
    if previous.index is not None and known is not None and known.reader_sha256 == reader.sha256:
        writing.link_models(partial / READER, previous.index.folder / READER)
    else:
        reader.pack(partial / READER)
    if previous.index is None or known is None or known.encoder_sha256 != encoder.sha256:
        encoder.pack(partial / ENCODER)
        return encoder.max_pieces
    writing.link_models(partial / ENCODER, previous.index.folder / ENCODER)
    return known.max_pieces


def _nothing_readable(settings: IndexerSettings, unread: Sequence[UnreadFile]) -> str:
    shown = "; ".join(f"{file.file}: {file.reason}, {file.detail}" for file in unread[:_N_SHOWN])
    more = f"; and {len(unread) - _N_SHOWN} more" if len(unread) > _N_SHOWN else ""
    return f"nothing readable in {settings.corpus} ({shown}{more}); add a report that has text"
