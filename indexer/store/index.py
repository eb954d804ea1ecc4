"""One generation of the index, opened for reading.

<index>/current ──▶ generations/000002-1f0c9a7e/
                        manifest.json      what made it, and the checksum of every other file
                        documents.sqlite   documents, compressed; things with a number
                        passages.npy       (n_passages, 5)  document, start, end, its sentences
                        sentences.npy      (n_sentences, 4) document, start, end, block
                        sentence_vectors.npy   (n_sentences, dimension)  a byte a component
                        passages.faiss     vector index over the passages
                        passage_vectors.npy    (n_passages, dimension), where that has none
                        lexical/           BM25 index over the passages
                        pieces/            late-interaction index over their word-pieces
                        encoder/           encodes questions (ONNX, tokenizer)
                        multilingual_encoder/   the same, where reports are not in English
                        reader/            reads sentences (ONNX, tokenizer)
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.distinct_rows import distinct
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
from indexer.store.byte_vectors import from_bytes
from indexer.store.checked_rows import CheckedRows
from indexer.store.database import Database
from indexer.store.file_seal import FileSeal
from indexer.store.late_interaction import Matches, PieceIndex, mapped
from indexer.store.lexical_index import LexicalIndex
from indexer.store.manifest import (
    Manifest,
    UnreadFile,
    checked_later,
    problem_of_file,
)
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
from indexer.store.vector_index import VectorIndex

DATABASE = "documents.sqlite"
PASSAGES = "passages.npy"
SENTENCES = "sentences.npy"
SENTENCE_VECTORS = "sentence_vectors.npy"
FAISS = "passages.faiss"
LEXICAL = "lexical"
PIECES = "pieces"


Column = NDArray[np.int32]


class _PassageTable:
    """Columns of ``passages.npy``, memory-mapped."""

    def __init__(self, table: Column) -> None:
        self.documents, self.starts, self.ends = table[:, 0], table[:, 1], table[:, 2]
        self.first_sentences, self.last_sentences = table[:, 3], table[:, 4]


class _SentenceTable:
    """Columns of ``sentences.npy``, memory-mapped."""

    def __init__(self, table: Column) -> None:
        self.documents, self.starts = table[:, 0], table[:, 1]
        self.ends, self.blocks = table[:, 2], table[:, 3]


class Index:
    """One generation, opened for reading; safe to use from several threads.

    It is the local `indexer.store.protocol.StoredIndex`.

    Attributes:
        folder: The generation's folder.
        manifest: What made it.
        seal: How its files looked when they were checked.
        documents: All documents by position, without their texts.
    """

    def __init__(self, folder: Path, manifest: Manifest, seal: FileSeal) -> None:
        """Open the files of ``folder``, which were checked after ``seal`` was taken."""
        self.folder = folder
        self.manifest = manifest
        self.seal = seal
        self._damaged: Path | None = None
        # Opened now and kept: the folder may be pruned while this index still answers.
        self._database = Database(folder / DATABASE)
        self.documents = self._database.entries()
        self._passages = _PassageTable(mapped(folder / PASSAGES))
        self._sentences = _SentenceTable(mapped(folder / SENTENCES))
        self._sentence_vectors = CheckedRows(folder / SENTENCE_VECTORS)
        self._nearest = VectorIndex.read(folder / FAISS)
        self._lexical = LexicalIndex.read(folder / LEXICAL, languages=manifest.languages)
        self._pieces = PieceIndex(folder / PIECES)
        self._positions = {entry.doc_id: i for i, entry in enumerate(self.documents)}
        self.document = lru_cache(maxsize=64)(self._read_document)
        self._passages_in = lru_cache(maxsize=64)(self._database.passages)

    @property
    def generation(self) -> str:
        """Return the generation's name."""
        return self.folder.name

    @property
    def place(self) -> str:
        """Return the index folder."""
        return str(self.folder.parent.parent)

    @property
    def is_compact(self) -> bool:
        """Tell whether word-pieces are stored by a book."""
        return self._pieces.is_compact

    @property
    def models_dir(self) -> Path:
        """Return the folder with the folders of the models."""
        return self.folder

    def changed_part(self) -> str | None:
        """Return a file that was written to since it was opened or is damaged, or ``None``."""
        parts = (self._sentence_vectors, self._pieces, self._nearest)
        damaged = (self._damaged, *(part.damaged for part in parts))
        file = self.seal.broken() or next(filter(None, damaged), None)
        return None if file is None else str(file)

    def check_rest(self) -> None:
        """Compare large files with their checksums, in the background of an index that answers."""
        for name, n_bytes, sha256 in checked_later(self.manifest):
            if problem_of_file(self.folder / name, n_bytes, sha256):
                self._damaged = self.folder / name

    @property
    def unread(self) -> tuple[UnreadFile, ...]:
        """Return the files that could not be extracted."""
        return self.manifest.unread

    @property
    def n_passages(self) -> int:
        """Return how many passages the index has."""
        return len(self._passages.starts)

    @property
    def n_sentences(self) -> int:
        """Return how many sentences the index has."""
        return len(self._sentences.starts)

    # ── searching ───────────────────────────────────────────────────────────────────────────────

    def named(
        self, keys: Sequence[str], *, documents: Sequence[int] | None
    ) -> tuple[NamedRows, ...]:
        """Return where things with a number stand, and then where they are mentioned, by row."""
        rows = (self._database.named("key = ?", [key], documents) for key in dict.fromkeys(keys))
        return first_named(chain.from_iterable(rows))

    def numbers_of(self, kind: str, *, documents: Sequence[int] | None) -> tuple[NamedRows, ...]:
        """Return where all things of a kind stand, by row."""
        condition = "key > ? AND key < ? AND NOT is_mention"
        return self._database.named(condition, (f"{kind} ", f"{kind}!"), documents)

    def passages_at(self, runs: Sequence[range]) -> Rows:
        """Return the passages that hold a sentence of some runs of sentence rows, ascending."""
        # Passages stand in reading order, and none within another: first and last sentences ascend.
        # bisect reads a few rows; np.searchsorted would copy a column that is not contiguous.
        table = self._passages
        held = [
            np.arange(
                bisect_left(table.last_sentences, run.start),
                bisect_left(table.first_sentences, run.stop),
                dtype=np.int64,
            )
            for run in runs
        ]
        return distinct(np.concatenate(held)) if held else np.zeros(0, dtype=np.int64)

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
        nearest = self._nearest.search(
            query.vector, top_k=limit, among=self._passages_of(documents)
        )
        bm25 = self._lexical.search(text, top_k=limit, documents=documents)
        by_words = np.fromiter(bm25, dtype=np.int64, count=len(bm25))
        rows = distinct(np.concatenate([nearest, by_words, passages]))
        return Candidates(
            rows=rows,
            documents=self._passages.documents[rows],
            starts=self._passages.starts[rows],
            ends=self._passages.ends[rows],
            first_sentences=self._passages.first_sentences[rows],
            last_sentences=self._passages.last_sentences[rows],
            vectors=from_bytes(self._nearest.stored(rows)),
            bm25=np.asarray([bm25.get(int(row), 0.0) for row in rows], dtype=np.float64),
        )

    def sentence_runs(self, candidates: Candidates) -> SentenceRuns:
        """Return the sentences of ``candidates``, with what their windows are made of."""
        return sentence_runs(
            candidates,
            n_sentences=self.n_sentences,
            vectors_of=lambda rows: from_bytes(self._sentence_vectors.stretches(rows, rows + 1)),
            documents_of=lambda rows: self._sentences.documents[rows],
        )

    def match(self, query: EncodedText, passages: Rows) -> Matches:
        """Return how well ``passages`` match a question, word-piece by word-piece."""
        return self._pieces.match(
            query, passages, self._passages.first_sentences[passages].astype(np.int64)
        )

    def match_texts(self, query: EncodedText, texts: Sequence[EncodedText]) -> Scores:
        """Return how well texts that are not in the index match a question."""
        return self._pieces.match_texts(query, texts)

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``names`` that no passage has, each once."""
        return self._lexical.unknown(names)

    def has_word(self, word: str) -> bool:
        """Tell whether a passage has a word in any of its forms; a stop word is always had."""
        return self._lexical.has_word(word)

    # ── documents and passages ──────────────────────────────────────────────────────────────────

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
        table = self._passages
        position = int(table.documents[row])
        entry = self.documents[position]
        headings, context = self._passages_in(position).of(row - entry.first_passage)
        return Passage(
            doc_id=entry.doc_id,
            span=Span(int(table.starts[row]), int(table.ends[row])),
            headings=headings,
            first_sentence=int(table.first_sentences[row]) - entry.first_sentence,
            last_sentence=int(table.last_sentences[row]) - entry.first_sentence,
            context=context,
        )

    def passage_text(self, row: int) -> str:
        """Return the text of the passage at ``row``, without reading the rest of its document."""
        table = self._passages
        span = Span(int(table.starts[row]), int(table.ends[row]))
        return self._database.text(int(table.documents[row]), span)

    def passage_spans(self, entry: DocumentEntry) -> tuple[Span, ...]:
        """Return where the passages of a document stand, in order."""
        rows = range(entry.first_passage, entry.first_passage + entry.n_passages)
        table = self._passages
        return tuple(Span(int(table.starts[row]), int(table.ends[row])) for row in rows)

    def row_of(self, passage_id: str) -> int | None:
        """Return the row of a passage, or ``None`` if there is none of this id."""
        parsed = parse_passage_id(passage_id)
        position = self._positions.get(parsed[0]) if parsed else None
        if parsed is None or position is None:
            return None
        span = parsed[1]
        entry = self.documents[position]
        own = slice(entry.first_passage, entry.first_passage + entry.n_passages)
        rows = np.flatnonzero(
            (self._passages.starts[own] == span.start) & (self._passages.ends[own] == span.end)
        )
        return entry.first_passage + int(rows[0]) if len(rows) else None

    def vectors_of(self, entry: DocumentEntry) -> DocumentVectors:
        """Return the vectors of a document, as they are stored."""
        sentence, passage = entry.first_sentence, entry.first_passage
        return DocumentVectors(
            sentences=self._sentence_vectors.between(sentence, sentence + entry.n_sentences),
            passages=self._nearest.stored(np.arange(passage, passage + entry.n_passages)),
            pieces=self._pieces.of(self._positions[entry.doc_id], passage, entry.n_passages),
        )

    def sentences(self, entry: DocumentEntry) -> tuple[Sentence, ...]:
        """Return all sentences of a document in order."""
        rows = range(entry.first_sentence, entry.first_sentence + entry.n_sentences)
        return tuple(
            Sentence(self.sentence_span(row), int(self._sentences.blocks[row])) for row in rows
        )

    # ── sentences by row ────────────────────────────────────────────────────────────────────────

    def sentence_document(self, row: int) -> int:
        """Return the position of the document that holds the sentence at ``row``."""
        return int(self._sentences.documents[row])

    def sentence_span(self, row: int) -> Span:
        """Return where the sentence at ``row`` stands in its document's text."""
        return Span(int(self._sentences.starts[row]), int(self._sentences.ends[row]))

    def sentence_text(self, row: int) -> str:
        """Return the text of the sentence at ``row``."""
        return self.sentence_span(row).of(self._document_of(row).text)

    def sentence_block(self, row: int) -> Block:
        """Return the block that holds the sentence at ``row``."""
        return self._document_of(row).blocks[int(self._sentences.blocks[row])]

    def sentence_vectors(self, rows: Rows) -> Vectors:
        """Return the embeddings of the sentences at ``rows``, ``(n, dimension)``."""
        return from_bytes(self._sentence_vectors.take(rows))

    def info_of(self, row: int) -> DocumentInfo:
        """Return the metadata of the document that holds the sentence at ``row``."""
        return self.documents[self.sentence_document(row)].info

    def is_superseded(self, row: int) -> bool:
        """Tell whether a newer edition here replaces the document that holds the sentence."""
        return bool(self.documents[self.sentence_document(row)].superseded_by)

    def is_same_block(self, row: int, other: int) -> bool:
        """Tell whether two sentences stand in one block."""
        table = self._sentences
        return bool(
            table.documents[row] == table.documents[other]
            and table.blocks[row] == table.blocks[other]
        )

    def lead_row(self, row: int) -> int | None:
        """Return the row of the sentence that introduces a list item's list or a table's row."""
        lead = self.sentence_block(row).lead
        if lead is None:
            return None
        first = self.documents[self.sentence_document(row)].first_sentence
        return first + int(np.searchsorted(self._sentences.starts[first : row + 1], lead.start))

    def _document_of(self, row: int) -> Document:
        return self.document(self.documents[self.sentence_document(row)].doc_id)

    def _passages_of(self, documents: Sequence[int] | None) -> Rows | None:
        """Return the rows of the passages of some documents; ``None`` for all."""
        if documents is None:
            return None
        ranges = [
            np.arange(entry.first_passage, entry.first_passage + entry.n_passages, dtype=np.int64)
            for entry in (self.documents[position] for position in documents)
        ]
        return np.concatenate(ranges) if ranges else np.zeros(0, dtype=np.int64)

    def _read_document(self, doc_id: str) -> Document:
        """Return a document with its text; the 64 last ones stay in memory.

        Raises:
            KeyError: There is no document of this id.
        """
        position = self._positions[doc_id]
        return self._database.document(position, self.documents[position])
