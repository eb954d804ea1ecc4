"""Writes a new generation: its contents, its models, and the manifest that says what made it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256

from indexer.code_hash import extraction_sha256, library_versions
from indexer.progress import Progress
from indexer.settings import IndexerSettings
from indexer.store.manifest import FORMAT, Manifest, UnreadFile
from indexer.store.piece_code import Book
from indexer.store.protocol import StoredIndex
from indexer.store.vector_index import VectorRecall
from indexer.store.writing.contents import EmbeddedDocument, write_contents
from indexer.store.writing.generation_lifecycle import checksums, partial_generation, prune, publish
from indexer.store.writing.models import Model, TextEncoders, pack_models

LIBRARIES = (
    "faiss-cpu",
    "numpy",
    "onnxruntime",
    "pypdf",
    "sentence-transformers",
    "sentencex",
    "tantivy",
    "torch",
)
"""Distributions whose versions the manifest records."""


@dataclass(frozen=True)
class NewGeneration:
    """What a generation will hold, and what made it.

    Attributes:
        documents: Ascending by id.
        settings: Of the build.
        encoders: Embedded the documents.
        reader: Reads their sentences.
        unread: Files that could not be extracted.
        problems: What is wrong with the catalogue or the corpus, one sentence each.
    """

    documents: tuple[EmbeddedDocument, ...]
    settings: IndexerSettings
    encoders: TextEncoders
    reader: Model
    unread: tuple[UnreadFile, ...]
    problems: tuple[str, ...]

    @cached_property
    def fingerprint(self) -> str:
        """Hash all that decides answers: not when, where or in what steps the index was built."""
        decides = [
            FORMAT,
            self.encoders.english.sha256,
            self.encoders.english.precision,
            self.multilingual.sha256 if self.multilingual else None,
            extraction_sha256(),
            self.reader.sha256,
            self.settings.build_max_words,
            self.settings.build_exact_below,
            self.book is not None,
            [
                (
                    embedded.document.doc_id,
                    embedded.document.text_sha256,
                    asdict(embedded.document.info),
                    embedded.superseded_by,
                )
                for embedded in self.documents
            ],
        ]
        return sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()

    @property
    def multilingual(self) -> Model | None:
        """Return the encoder of documents that are not in English, if there are any."""
        return self.encoders.multilingual if set(self.languages) - {"en"} else None

    @property
    def book(self) -> Book | None:
        """Return the book by which word-pieces are stored, or ``None`` if they are not."""
        is_compact = any(embedded.vectors.is_compact for embedded in self.documents)
        return self.encoders.english.book if is_compact else None

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of the documents, sorted."""
        return tuple(sorted({embedded.document.info.language for embedded in self.documents}))

    def equals(self, manifest: Manifest) -> bool:
        """Tell whether the generation of ``manifest`` is the same."""
        return (self.fingerprint, self.unread, self.problems) == (
            manifest.fingerprint,
            manifest.unread,
            manifest.problems,
        )


def write_generation(
    generation: NewGeneration, previous: StoredIndex | None, progress: Progress
) -> tuple[str, Manifest]:
    """Write a generation, make it current and remove the oldest; return its name and manifest.

    Args:
        generation: What to write.
        previous: The current generation, whose models are linked where they are the same.
        progress: Of the build.

    Raises:
        IndexWriteError: Something cannot be written; the previous generation stays current.
    """
    settings = generation.settings
    with partial_generation(settings.index_dir) as partial:
        with progress.stage("write"):
            recall = write_contents(
                partial,
                generation.documents,
                languages=generation.languages,
                book=generation.book,
                exact_below=settings.build_exact_below,
            )
        with progress.stage("pack"):
            max_pieces = pack_models(
                partial,
                encoder=generation.encoders.english,
                multilingual=generation.multilingual,
                reader=generation.reader,
                previous=previous,
            )
        manifest = manifest_of(
            generation,
            recall,
            max_pieces=max_pieces,
            took_s=progress.took_s,
            files=checksums(partial),
        )
        name = publish(settings.index_dir, partial, manifest)
    prune(settings.index_dir, keep=settings.build_keep)
    return name, manifest


def manifest_of(
    generation: NewGeneration,
    recall: VectorRecall,
    *,
    max_pieces: int,
    took_s: Mapping[str, float],
    files: tuple[tuple[str, int, str], ...],
) -> Manifest:
    """Return the manifest of a generation.

    Args:
        generation: What it holds, and what made it.
        recall: Of its vector index.
        max_pieces: Word-pieces that the encoder reads.
        took_s: Seconds by stage.
        files: Path, bytes and SHA-256 of every file.
    """
    documents, reader = generation.documents, generation.reader
    encoder, multilingual = generation.encoders.english, generation.multilingual
    return Manifest(
        format=FORMAT,
        fingerprint=generation.fingerprint,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=encoder.name,
        encoder_sha256=encoder.sha256,
        multilingual_encoder=multilingual.name if multilingual else None,
        multilingual_sha256=multilingual.sha256 if multilingual else None,
        extraction_sha256=extraction_sha256(),
        reader=reader.name,
        reader_sha256=reader.sha256,
        precision=encoder.precision,
        dimension=documents[0].vectors.read().passages.shape[1],
        max_pieces=max_pieces,
        max_words=generation.settings.build_max_words,
        n_documents=len(documents),
        n_passages=sum(len(embedded.passages) for embedded in documents),
        n_sentences=sum(len(embedded.sentences) for embedded in documents),
        languages=generation.languages,
        vector_index=recall.kind,
        recall_at_10=recall.recall_at_10,
        libraries=library_versions(LIBRARIES),
        unread=generation.unread,
        problems=generation.problems,
        took_s=tuple(took_s.items()),
        files=files,
    )
