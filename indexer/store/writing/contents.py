"""Writes what a generation holds: documents, passages, sentences, vectors and the indexes.

Document by document, so that memory holds one at a time, and at the end the vectors of passages.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from indexer.segmentation.cut_documents import CutDocument
from indexer.segmentation.named_things import named_things
from indexer.store.byte_vectors import from_bytes
from indexer.store.checked_rows import CheckedRows, sums_path
from indexer.store.database import SCHEMA, insert_document
from indexer.store.index import (
    DATABASE,
    FAISS,
    LEXICAL,
    PASSAGES,
    PIECES,
    SENTENCE_VECTORS,
    SENTENCES,
)
from indexer.store.late_interaction import mapped
from indexer.store.lexical_index import LexicalWriter
from indexer.store.piece_code import Book
from indexer.store.records import DocumentEntry, DocumentVectors
from indexer.store.vector_index import PASSAGE_VECTORS, VectorIndex, VectorRecall
from indexer.store.writing.piece_writer import PieceWriter
from indexer.store.writing.rows_writer import RowsWriter

N_QUESTIONS = 200
"""Sentences by which the vector index is tuned, in place of questions."""


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """Vectors of a document that lie on the disk until they are needed.

    Attributes:
        is_compact: Whether its word-pieces are stored by a book.
        read: Reads them.
    """

    is_compact: bool
    read: Callable[[], DocumentVectors]


@dataclass(frozen=True, slots=True)
class EmbeddedDocument(CutDocument):
    """A cut document with its vectors: all that the index holds of it.

    Attributes:
        vector_key: Key of all that decided the vectors alone; equal keys need no new embedding.
        vectors: Where those of its sentences, its passages and their word-pieces lie.
        superseded_by: Ids of the documents that replace it, sorted.
    """

    vector_key: str
    vectors: StoredVectors
    superseded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next document goes.

    Attributes:
        document: Its position.
        passage: Row of its first passage.
        sentence: Row of its first sentence.
    """

    document: int = 0
    passage: int = 0
    sentence: int = 0

    def after(self, embedded: EmbeddedDocument) -> "Place":
        """Return the place behind a document."""
        return Place(
            self.document + 1,
            self.passage + len(embedded.passages),
            self.sentence + len(embedded.sentences),
        )


def write_contents(
    folder: Path,
    documents: Iterable[EmbeddedDocument],
    *,
    languages: Sequence[str],
    book: Book | None,
    exact_below: int,
) -> VectorRecall:
    """Write documents, passages, sentences and the indexes into ``folder``.

    Args:
        folder: Where to; empty.
        documents: In the order of the index, at least one.
        languages: That they are in.
        book: By which the vectors of their word-pieces are stored.
        exact_below: Passages from which on the vector index is no longer exact.
    """
    with _ContentsWriter(folder, languages=languages, book=book) as writer:
        for embedded in documents:
            writer.append(embedded)
    return _write_vector_index(folder, exact_below=exact_below)


class _ContentsWriter:
    """Appends documents to all files but the vector index; they are whole after the ``with``."""

    def __init__(self, folder: Path, *, languages: Sequence[str], book: Book | None) -> None:
        self._folder = folder
        self._place = Place()
        self._lexical = LexicalWriter(folder / LEXICAL, languages=languages)
        self._open = ExitStack()
        self._database = self._open.enter_context(closing(sqlite3.connect(folder / DATABASE)))
        self._database.executescript(SCHEMA)
        self._passages, self._sentences = (
            self._open.enter_context(RowsWriter(folder / name, dtype=np.int32, width=width))
            for name, width in ((PASSAGES, 5), (SENTENCES, 4))
        )
        self._pieces = self._open.enter_context(PieceWriter(folder / PIECES, book=book))
        self._vectors: tuple[RowsWriter, RowsWriter] | None = None  # the first ones say how wide

    def append(self, embedded: EmbeddedDocument) -> None:
        """Append the next document."""
        place = self._place
        document = embedded.document
        self._write_database(embedded)
        self._passages.append(
            np.asarray([
                (
                    place.document,
                    passage.span.start,
                    passage.span.end,
                    place.sentence + passage.first_sentence,
                    place.sentence + passage.last_sentence,
                )
                for passage in embedded.passages
            ])
        )  # fmt: skip
        self._sentences.append(
            np.asarray([
                (place.document, sentence.span.start, sentence.span.end, sentence.block)
                for sentence in embedded.sentences
            ])
        )  # fmt: skip
        vectors = embedded.vectors.read()
        sentences, passages = self._vector_writers(vectors)
        sentences.append(vectors.sentences)
        passages.append(vectors.passages)
        self._pieces.append(vectors.pieces)
        self._lexical.append(place.document, document.info.language, embedded.passage_texts)
        self._place = place.after(embedded)

    def _write_database(self, embedded: EmbeddedDocument) -> None:
        position = self._place.document
        entry = entry_at(embedded, self._place)
        insert_document(self._database, position, entry, embedded.document, embedded.passages)
        self._database.executemany(
            "INSERT OR IGNORE INTO named VALUES (?, ?, ?, ?, ?)",
            named_rows(embedded, self._place),
        )

    def _vector_writers(self, vectors: DocumentVectors) -> tuple[RowsWriter, RowsWriter]:
        """Return those of sentences and of passages."""
        if self._vectors is None:
            width = vectors.sentences.shape[1]
            sentences, passages = (
                RowsWriter(self._folder / name, dtype=np.int8, width=width, has_sums=True)
                for name in (SENTENCE_VECTORS, PASSAGE_VECTORS)
            )
            self._vectors = (
                self._open.enter_context(sentences),
                self._open.enter_context(passages),
            )
        return self._vectors

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._database.commit()
            self._lexical.finish()
        self._open.__exit__(kind, error, trace)


def _write_vector_index(folder: Path, *, exact_below: int) -> VectorRecall:
    """Write the vector index over the passages, tuned by sentences.

    An exact one has the vectors itself, so that they need not lie beside it.
    """
    vectors = mapped(folder / PASSAGE_VECTORS)
    index = VectorIndex.build(vectors, exact_below=exact_below)
    sentences = CheckedRows(folder / SENTENCE_VECTORS)
    step = max(1, sentences.n_rows // N_QUESTIONS)
    questions = from_bytes(sentences.take(np.arange(0, sentences.n_rows, step)))
    recall = index.tune(vectors, questions)
    index.write(folder / FAISS)
    if index.is_exact:
        (folder / PASSAGE_VECTORS).unlink()
        sums_path(folder / PASSAGE_VECTORS).unlink()
    return recall


def entry_at(embedded: EmbeddedDocument, place: Place) -> DocumentEntry:
    """Return what is kept of a document without its text."""
    document = embedded.document
    return DocumentEntry(
        doc_id=document.doc_id,
        info=document.info,
        file=document.file,
        sha256=document.sha256,
        text_sha256=document.text_sha256,
        content_key=embedded.content_key,
        vector_key=embedded.vector_key,
        superseded_by=embedded.superseded_by,
        n_pages=None if document.page_labels is None else len(document.page_labels),
        n_characters=len(document.text),
        first_passage=place.passage,
        n_passages=len(embedded.passages),
        first_sentence=place.sentence,
        n_sentences=len(embedded.sentences),
        notes=document.notes,
    )


def named_rows(
    embedded: EmbeddedDocument, place: Place
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield where things with a number stand: key, document, first and last row, mention or not."""
    for thing in named_things(embedded.document, embedded.sentences):
        first = place.sentence + thing.first_sentence
        last = place.sentence + thing.last_sentence
        yield thing.key, place.document, first, last, int(thing.is_mention)
