"""Writes what a generation holds into its collections: documents, passages, sentences, names."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.store.database import entry_to_json
from indexer.store.milvus.arrays import to_text
from indexer.store.milvus.collections import MOST_ROWS, UNUSED, Collections, Kind
from indexer.store.milvus.document_files import document_files
from indexer.store.milvus.files import PIECES, VOCABULARY, entries_name, file_rows
from indexer.store.milvus.milvus_index import ENTRIES_TOGETHER, SENTENCES_TOGETHER
from indexer.store.milvus.passage_pieces import passage_fields, pieces_file
from indexer.store.piece_code import Book
from indexer.store.records import DocumentVectors
from indexer.store.word_weights import Vocabulary
from indexer.store.writing.contents import EmbeddedDocument, Place, entry_at, named_rows
from indexer.store.writing.piece_writer import PieceCounts


class MilvusContents:
    """Appends documents to the collections of a generation, in the order of the index."""

    def __init__(
        self, collections: Collections, *, vocabulary: Vocabulary, book: Book | None
    ) -> None:
        """Begin with collections that are empty.

        Args:
            collections: Where to.
            vocabulary: The words of all documents that will be appended.
            book: By which the vectors of their word-pieces are stored.
        """
        self._collections, self._vocabulary, self._book = collections, vocabulary, book
        self._place = Place()
        self._rows: dict[Kind, list[dict[str, object]]] = {kind: [] for kind in Kind}
        self._entries: list[str] = []
        self._sentences: list[NDArray[np.int8]] = []
        self._n_groups = self._n_named = 0
        self._counts = PieceCounts()

    def append(self, embedded: EmbeddedDocument) -> None:
        """Append the next document.

        Raises:
            MilvusError: It cannot be inserted.
        """
        place, vectors = self._place, embedded.vectors.read()
        self._add_files(document_files(place.document, embedded, vectors.pieces.counts))
        self._add(Kind.PASSAGES, self._passage_rows(embedded, vectors))
        self._add(Kind.NAMED, self._named_rows(embedded))
        for vector in vectors.sentences:
            self._sentences.append(vector)
            if len(self._sentences) == SENTENCES_TOGETHER:
                self._add_sentences()
        self._entries.append(entry_to_json(entry_at(embedded, place)))
        if len(self._entries) == ENTRIES_TOGETHER:
            self._add_entries(place.document)
        self._counts.append(vectors.pieces)
        self._place = place.after(embedded)

    def finish(self) -> None:
        """Insert what stands for all documents, and the rest.

        Raises:
            MilvusError: It cannot be inserted.
        """
        if self._entries:
            self._add_entries(self._place.document - 1)
        if self._sentences:
            self._add_sentences()
        pieces = pieces_file(self._counts.counts, self._counts.n_passages, self._book)
        vocabulary = self._vocabulary.to_json().encode()
        self._add_files({VOCABULARY: vocabulary, PIECES: pieces})
        for kind in Kind:
            self._insert(kind)

    def _passage_rows(
        self, embedded: EmbeddedDocument, vectors: DocumentVectors
    ) -> Iterator[dict[str, object]]:
        place = self._place
        language = embedded.document.info.language
        for number, (passage, text) in enumerate(
            zip(embedded.passages, embedded.passage_texts, strict=True)
        ):
            yield {
                "row": place.passage + number,
                "document": place.document,
                "start": passage.span.start,
                "stop": passage.span.end,
                "first": place.sentence + passage.first_sentence,
                "last": place.sentence + passage.last_sentence,
                # Whole numbers, whose products single precision adds up without rounding.
                "vector": vectors.passages[number].astype(np.float32),
                "words": self._vocabulary.passage_weights(text, language=language),
                **passage_fields(vectors.pieces, number),
            }

    def _named_rows(self, embedded: EmbeddedDocument) -> Iterator[dict[str, object]]:
        for key, document, first, last, is_mention in dict.fromkeys(
            named_rows(embedded, self._place)
        ):
            self._n_named += 1
            yield {
                "id": self._n_named,
                "key": key,
                "document": document,
                "first": first,
                "last": last,
                "is_mention": bool(is_mention),
                "unused": UNUSED,
            }

    def _add_sentences(self) -> None:
        vectors = to_text(np.stack(self._sentences))
        row = {"row": self._n_groups, "vectors": vectors, "unused": UNUSED}
        self._add(Kind.SENTENCES, [row])
        self._sentences = []
        self._n_groups += 1

    def _add_entries(self, last_document: int) -> None:
        name = entries_name(last_document // ENTRIES_TOGETHER)
        self._add_files({name: "\n".join(self._entries).encode()})
        self._entries = []

    def _add_files(self, files: dict[str, bytes]) -> None:
        for name, content in files.items():
            self._add(Kind.FILES, file_rows(name, content))

    def _add(self, kind: Kind, rows: Iterable[dict[str, object]]) -> None:
        for row in rows:
            self._rows[kind].append(row)
            if len(self._rows[kind]) == MOST_ROWS:
                self._insert(kind)

    def _insert(self, kind: Kind) -> None:
        if self._rows[kind]:
            self._collections.insert(kind, self._rows[kind])
            self._rows[kind] = []
