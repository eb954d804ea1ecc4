"""One generation of the index in Milvus, opened for reading.

    candidates     vectors and words are searched in Milvus, then the candidates are read
    sentence_runs  the vectors of their sentences are read
    match          the word-pieces of the matched passages are read, and matched here
    documents      are read when first asked for; the last ones stay in memory

What stays in memory grows with the documents (an entry each) and the words of the corpus.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.records import (
    Block,
    Document,
    DocumentInfo,
    EncodedText,
    Passage,
    Rows,
    Scores,
    Sentence,
    Span,
    Vectors,
)
from indexer.store.byte_vectors import ByteVectors, from_bytes, to_bytes
from indexer.store.database import entry_from_json
from indexer.store.late_interaction import Matches
from indexer.store.manifest import Manifest, UnreadFile
from indexer.store.milvus.arrays import from_text
from indexer.store.milvus.collections import Collections, Kind, listed
from indexer.store.milvus.document_files import (
    DocumentParts,
    document_file_names,
    document_parts,
)
from indexer.store.milvus.files import VOCABULARY, entries_name, read_file, read_files
from indexer.store.milvus.passage_pieces import PassagePieces
from indexer.store.milvus.row_cache import RowCache
from indexer.store.passage_id import parse_passage_id
from indexer.store.records import (
    Candidates,
    DocumentEntry,
    DocumentVectors,
    NamedRows,
    SentenceRuns,
    first_named,
)
from indexer.store.sentence_runs import sentence_runs
from indexer.store.word_weights import Vocabulary

SENTENCES_TOGETHER = 8
"""Sentences whose vectors are one row: fewer rows to keep, and neighbours are wanted anyway."""

ENTRIES_TOGETHER = 1000
"""Documents whose entries are one file."""

_PASSAGE_FIELDS = ("document", "start", "stop", "first", "last", "vector")
_RUNS_AT_ONCE = 100
_N_DOCUMENTS_AHEAD = 10
"""Documents of the likeliest passages, which are read at once: they are wanted next."""


class MilvusIndex:
    """One generation, opened for reading; safe to use from several threads.

    It is the `indexer.store.protocol.StoredIndex` past one machine.

    Attributes:
        manifest: What made it.
        models_dir: Folder with the folders of its models.
        documents: All documents by position, without their texts.
    """

    def __init__(self, collections: Collections, manifest: Manifest, models_dir: Path) -> None:
        """Read what stays in memory: the documents' entries, the words of the corpus.

        Raises:
            IndexDamagedError: It is not whole.
            MilvusError: Milvus cannot answer.
        """
        self.manifest, self.models_dir = manifest, models_dir
        self._collections = collections
        self.documents = self._read_entries()
        self._positions = {entry.doc_id: i for i, entry in enumerate(self.documents)}
        self._first_sentences = np.asarray([entry.first_sentence for entry in self.documents])
        self._first_passages = np.asarray([entry.first_passage for entry in self.documents])
        self._vocabulary = Vocabulary.from_json(read_file(collections, VOCABULARY).decode())
        self._pieces = PassagePieces(collections)
        self._parts: RowCache[DocumentParts] = RowCache(self._read_parts, n_kept=256)
        self._sentence_vectors: RowCache[NDArray[np.int8]] = RowCache(
            self._read_sentence_vectors, n_kept=4096
        )

    @property
    def place(self) -> str:
        """Return where the index lies, as ``CITA_INDEX`` names it."""
        return str(self._collections.place)

    @property
    def generation(self) -> str:
        """Return the generation's name."""
        return self._collections.generation

    @property
    def is_compact(self) -> bool:
        """Tell whether word-pieces are stored by a book."""
        return self._pieces.is_compact

    @property
    def unread(self) -> tuple[UnreadFile, ...]:
        """Return the files that could not be extracted."""
        return self.manifest.unread

    def changed_part(self) -> None:
        """Return ``None``: nobody writes into the collections of a generation that is made."""
        return

    # ── searching ───────────────────────────────────────────────────────────────────────────────

    def named(
        self, keys: Sequence[str], *, documents: Sequence[int] | None
    ) -> tuple[NamedRows, ...]:
        """Return where things with a number stand, and then where they are mentioned, by row."""
        if not keys:
            return ()
        among = f"key in {json.dumps(list(keys), ensure_ascii=False)}"
        # Mentions, which are many, must not take the place of where a thing stands.
        standing = self._named(f"{among} and is_mention == false", documents)
        return first_named([*standing, *self._named(f"{among} and is_mention == true", documents)])

    def numbers_of(self, kind: str, *, documents: Sequence[int] | None) -> tuple[NamedRows, ...]:
        """Return where all things of a kind stand, by row."""
        condition = f"key like {json.dumps(f'{kind} %')} and is_mention == false"
        return first_named(self._named(condition, documents))

    def passages_at(self, runs: Sequence[range]) -> Rows:
        """Return the passages that hold a sentence of some runs of sentence rows, ascending."""
        rows: set[int] = set()
        for first in range(0, len(runs), _RUNS_AT_ONCE):
            condition = " or ".join(
                f"(first < {run.stop} and last >= {run.start})"
                for run in runs[first : first + _RUNS_AT_ONCE]
            )
            found = self._collections.query(Kind.PASSAGES, condition, ["row"])
            rows |= {int(row["row"]) for row in found}
        return np.asarray(sorted(rows), dtype=np.int64)

    def candidates(
        self,
        query: EncodedText,
        text: str,
        *,
        limit: int,
        documents: Sequence[int] | None,
        passages: Rows,
    ) -> Candidates:
        """Return the passages nearest to a question and those that share most words with it."""
        nearest = self._nearest(query.vector, limit=limit, documents=documents)
        bm25 = self._by_words(text, limit=limit, documents=documents)
        rows = sorted({*nearest, *bm25, *passages.tolist()})
        table = self._collections.rows(Kind.PASSAGES, "row", rows, _PASSAGE_FIELDS)

        def column(field: str) -> NDArray[np.int32]:
            return np.asarray([table[row][field] for row in rows], dtype=np.int32)

        stored = np.asarray([table[row]["vector"] for row in rows], dtype=np.float32)
        return Candidates(
            rows=np.asarray(rows, dtype=np.int64),
            documents=column("document"),
            starts=column("start"),
            ends=column("stop"),
            first_sentences=column("first"),
            last_sentences=column("last"),
            vectors=from_bytes(stored.reshape(len(rows), self.manifest.dimension)),
            bm25=np.asarray([bm25.get(row, 0.0) for row in rows], dtype=np.float64),
        )

    def sentence_runs(self, candidates: Candidates) -> SentenceRuns:
        """Return the sentences of ``candidates``, with what their windows are made of."""
        return sentence_runs(
            candidates,
            n_sentences=self.manifest.n_sentences,
            vectors_of=self.sentence_vectors,
            documents_of=self._documents_of,
        )

    def match(self, query: EncodedText, passages: Rows) -> Matches:
        """Return how well ``passages`` match a question, word-piece by word-piece."""
        self._parts.get(self._documents_with(passages[:_N_DOCUMENTS_AHEAD]))
        return self._pieces.match(query, passages)

    def match_texts(self, query: EncodedText, texts: Sequence[EncodedText]) -> Scores:
        """Return how well texts that are not in the index match a question."""
        return self._pieces.match_texts(query, texts)

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``names`` that no passage has, each once."""
        return self._vocabulary.unknown(names)

    def has_word(self, word: str) -> bool:
        """Tell whether a passage has a word in any of its forms; a stop word is always had."""
        return self._vocabulary.has_word(word)

    # ── documents and passages ──────────────────────────────────────────────────────────────────

    def document(self, doc_id: str) -> Document:
        """Return a document with its text.

        Raises:
            KeyError: There is no document of this id.
        """
        return self._part(self._positions[doc_id]).document

    def position(self, doc_id: str) -> int | None:
        """Return the position of a document, or ``None`` if there is none of this id."""
        return self._positions.get(doc_id)

    def entry(self, doc_id: str) -> DocumentEntry:
        """Return a document without its text.

        Raises:
            KeyError: There is no document of this id.
        """
        return self.documents[self._positions[doc_id]]

    def passage(self, row: int) -> Passage:
        """Return the passage at ``row``, 0 to ``n_passages - 1``."""
        position = int(self._documents_with(np.asarray([row]))[0])
        return self._part(position).passage(row - self.documents[position].first_passage)

    def passage_text(self, row: int) -> str:
        """Return the text of the passage at ``row``."""
        passage = self.passage(row)
        return passage.span.of(self.document(passage.doc_id).text)

    def passage_spans(self, entry: DocumentEntry) -> tuple[Span, ...]:
        """Return where the passages of a document stand, in order."""
        passages = self._part(self._positions[entry.doc_id]).passages
        return tuple(Span(start, end) for start, end in passages[:, :2].tolist())

    def row_of(self, passage_id: str) -> int | None:
        """Return the row of a passage, or ``None`` if there is none of this id."""
        parsed = parse_passage_id(passage_id)
        if parsed is None or parsed[0] not in self._positions:
            return None
        entry = self.entry(parsed[0])
        spans = self.passage_spans(entry)
        return entry.first_passage + spans.index(parsed[1]) if parsed[1] in spans else None

    def vectors_of(self, entry: DocumentEntry) -> DocumentVectors:
        """Return the vectors of a document, as they are stored."""
        passages = range(entry.first_passage, entry.first_passage + entry.n_passages)
        rows = self._collections.rows(Kind.PASSAGES, "row", passages, ["vector"])
        sentences = np.arange(entry.first_sentence, entry.first_sentence + entry.n_sentences)
        return DocumentVectors(
            sentences=self._stored_sentences(sentences),
            passages=np.asarray([rows[row]["vector"] for row in passages]).astype(np.int8),
            pieces=self._pieces.of(passages, self._part(self._positions[entry.doc_id]).counts),
        )

    def sentences(self, entry: DocumentEntry) -> tuple[Sentence, ...]:
        """Return all sentences of a document in order."""
        table = self._part(self._positions[entry.doc_id]).sentences
        return tuple(Sentence(Span(start, end), block) for start, end, block in table.tolist())

    # ── sentences by row ────────────────────────────────────────────────────────────────────────

    @property
    def n_sentences(self) -> int:
        """Return how many sentences the index has."""
        return self.manifest.n_sentences

    def sentence_document(self, row: int) -> int:
        """Return the position of the document that holds the sentence at ``row``."""
        return int(self._documents_of(np.asarray([row]))[0])

    def sentence_span(self, row: int) -> Span:
        """Return where the sentence at ``row`` stands in its document's text."""
        start, end, _ = self._sentence(row)
        return Span(start, end)

    def sentence_text(self, row: int) -> str:
        """Return the text of the sentence at ``row``."""
        return self.sentence_span(row).of(self._part(self.sentence_document(row)).document.text)

    def sentence_block(self, row: int) -> Block:
        """Return the block that holds the sentence at ``row``."""
        document = self._part(self.sentence_document(row)).document
        return document.blocks[self._sentence(row)[2]]

    def sentence_vectors(self, rows: Rows) -> Vectors:
        """Return the embeddings of the sentences at ``rows``, ``(n, dimension)``."""
        return from_bytes(self._stored_sentences(rows))

    def info_of(self, row: int) -> DocumentInfo:
        """Return the metadata of the document that holds the sentence at ``row``."""
        return self.documents[self.sentence_document(row)].info

    def is_superseded(self, row: int) -> bool:
        """Tell whether a newer edition here replaces the document that holds the sentence."""
        return bool(self.documents[self.sentence_document(row)].superseded_by)

    def is_same_block(self, row: int, other: int) -> bool:
        """Tell whether two sentences stand in one block."""
        return (
            self.sentence_document(row) == self.sentence_document(other)
            and self._sentence(row)[2] == self._sentence(other)[2]
        )

    def lead_row(self, row: int) -> int | None:
        """Return the row of the sentence that introduces a list item's list or a table's row."""
        lead = self.sentence_block(row).lead
        if lead is None:
            return None
        position = self.sentence_document(row)
        first = self.documents[position].first_sentence
        starts = self._part(position).sentences[: row - first + 1, 0]
        return first + int(np.searchsorted(starts, lead.start))

    # ── reading rows ────────────────────────────────────────────────────────────────────────────

    def _nearest(
        self, vector: Vectors, *, limit: int, documents: Sequence[int] | None
    ) -> dict[int, float]:
        question = to_bytes(vector[None, :])[0].astype(np.float32)  # as the stored ones are
        return self._collections.nearest(
            "vector", question.tolist(), limit=limit, documents=documents
        )

    def _by_words(
        self, text: str, *, limit: int, documents: Sequence[int] | None
    ) -> dict[int, float]:
        weights = self._vocabulary.question_weights(text)
        if not weights:
            return {}
        return self._collections.nearest("words", weights, limit=limit, documents=documents)

    def _named(self, condition: str, documents: Sequence[int] | None) -> list[NamedRows]:
        if documents is not None and not len(documents):
            return []
        if documents is not None:
            condition += f" and document in {listed(documents)}"
        fields = ["key", "first", "last", "is_mention"]
        return [
            NamedRows(row["key"], row["first"], row["last"], is_mention=row["is_mention"])
            for row in self._collections.query(Kind.NAMED, condition, fields)
        ]

    def _documents_of(self, sentences: Rows) -> Rows:
        """Return the positions of the documents that hold sentences."""
        return np.searchsorted(self._first_sentences, sentences, side="right") - 1

    def _documents_with(self, passages: Rows) -> Rows:
        """Return the positions of the documents that hold passages."""
        return np.searchsorted(self._first_passages, passages, side="right") - 1

    def _sentence(self, row: int) -> tuple[int, int, int]:
        """Return start, end and block of a sentence."""
        position = self.sentence_document(row)
        table = self._part(position).sentences
        start, end, block = table[row - self.documents[position].first_sentence].tolist()
        return start, end, block

    def _stored_sentences(self, rows: Rows) -> ByteVectors:
        groups, numbers = np.divmod(rows, SENTENCES_TOGETHER)
        vectors = self._sentence_vectors.get(np.unique(groups))
        return np.asarray(
            [
                vectors[group][number]
                for group, number in zip(groups.tolist(), numbers.tolist(), strict=True)
            ],
            dtype=np.int8,
        ).reshape(len(rows), self.manifest.dimension)

    def _read_sentence_vectors(self, groups: Sequence[int]) -> dict[int, ByteVectors]:
        rows = self._collections.rows(Kind.SENTENCES, "row", groups, ["vectors"])
        return {group: from_text(row["vectors"])[0] for group, row in rows.items()}

    def _part(self, position: int) -> DocumentParts:
        return self._parts.get([position])[position]

    def _read_parts(self, positions: Sequence[int]) -> dict[int, DocumentParts]:
        names = [name for position in positions for name in document_file_names(position)]
        files = read_files(self._collections, names)
        return {
            position: document_parts(position, files, self.documents[position])
            for position in positions
        }

    def _read_entries(self) -> tuple[DocumentEntry, ...]:
        numbers = range(-(-self.manifest.n_documents // ENTRIES_TOGETHER))
        files = (read_file(self._collections, entries_name(number)) for number in numbers)
        return tuple(entry_from_json(line) for file in files for line in file.decode().split("\n"))
