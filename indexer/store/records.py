"""Records of the store: documents without their text, vectors, candidates of a search."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indexer.records import DocumentInfo, Rows, Vectors
from indexer.store.byte_vectors import ByteVectors
from indexer.store.late_interaction import DocumentPieces
from indexer.store.piece_code import Book
from indexer.store.shared_pieces import Parts


@dataclass(frozen=True, slots=True)
class DocumentVectors:
    """What is embedded of a document, as it is stored.

    Attributes:
        sentences: Shape ``(n_sentences, dimension)``.
        passages: Shape ``(n_passages, dimension)``.
        pieces: Every word-piece of its passages.
    """

    sentences: ByteVectors
    passages: ByteVectors
    pieces: DocumentPieces

    def compacted(self, book: Book, parts: Parts) -> "DocumentVectors":
        """Return them with word-pieces as a large index stores them, see `DocumentPieces`."""
        return replace(self, pieces=self.pieces.compacted(book, parts))


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document without its text.

    Attributes:
        doc_id: As in `Document`.
        info: As in `Document`.
        file: As in `Document`.
        sha256: As in `Document`.
        text_sha256: Of its text in UTF-8.
        content_key: What decided its text, passages and vectors; equal keys need no new reading.
        vector_key: What decided its vectors alone; equal keys need no new embedding.
        superseded_by: Ids of the documents that replace it.
        n_pages: Physical pages, or ``None`` for a format without pages.
        n_characters: Length of its text.
        first_passage: Row of its first passage in the index.
        n_passages: Its passages are rows ``first_passage`` to ``first_passage + n_passages - 1``.
        first_sentence: Row of its first sentence in the index.
        n_sentences: As for passages.
        notes: What was lost or repaired while reading.
    """

    doc_id: str
    info: DocumentInfo
    file: str
    sha256: str
    text_sha256: str
    content_key: str
    vector_key: str
    superseded_by: tuple[str, ...]
    n_pages: int | None
    n_characters: int
    first_passage: int
    n_passages: int
    first_sentence: int
    n_sentences: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedRows:
    """Where a thing with a number stands, or is mentioned.

    Attributes:
        key: Its kind and number, such as ``article 15``.
        first: Row of its first sentence, which has the name.
        last: Row of its last one, included.
        is_mention: Whether the one sentence only mentions it.
    """

    key: str
    first: int
    last: int
    is_mention: bool

    @property
    def rows(self) -> range:
        """Return the rows of its sentences."""
        return range(self.first, self.last + 1)


MOST_NAMED = 10_000
"""Places of what a question names that are looked up at most: "Figure 1" stands in every report.
An engine on other machines gives out 16,384 rows, in any order."""


def first_named(places: Iterable[NamedRows]) -> tuple[NamedRows, ...]:
    """Return where things stand, then where they are mentioned, by row: `MOST_NAMED` at most."""
    ordered = sorted(places, key=lambda at: (at.is_mention, at.first, at.last, at.key))
    return tuple(ordered[:MOST_NAMED])


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that a search proposes, in index order.

    Attributes:
        rows: Row of each in the index, ascending.
        documents: Position of its document.
        starts: Where it starts in the document's text.
        ends: Where it ends.
        first_sentences: Row of its first sentence.
        last_sentences: Row of its last sentence.
        vectors: Its embedding, ``(n, dimension)``, rows of norm 1.
        bm25: Its BM25 score, 0 where it shares no word with the question or was not among the best.
    """

    rows: Rows
    documents: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    first_sentences: NDArray[np.int32]
    last_sentences: NDArray[np.int32]
    vectors: Vectors
    bm25: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SentenceRuns:
    """The sentences of several passages, passage by passage.

    Attributes:
        rows: Row of each sentence in the index; a sentence of two passages stands twice.
        passages: Position of its passage among those asked for, ascending.
        firsts: For each passage, where its sentences begin in ``rows``.
        vectors: Embedding of each sentence, ``(n, dimension)``, rows of norm 1.
        windows: Sum of the embeddings of each sentence and its neighbours in the document.
    """

    rows: Rows
    passages: Rows
    firsts: Rows
    vectors: Vectors
    windows: Vectors
