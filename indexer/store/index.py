"""Reads the index: one immutable generation in a folder, whole or not there.

<index>/current ──▶ generations/000002-1f0c9a7e/
                        manifest.json      what made it, and the checksum of every other file
                        documents.sqlite   documents with their text, passages
                        passages.npy       (n_passages, 5)  document, start, end, its sentences
                        sentences.npy      (n_sentences, 4) document, start, end, block
                        passage_vectors.npy, sentence_vectors.npy   half precision, unit rows
                        passages.faiss     vector index over the passages
                        lexical/           BM25 index over the passages
                        pieces/            late-interaction index over their word-pieces
                        encoder/           encodes questions (ONNX, tokenizer)
                        reader/            reads sentences (ONNX, tokenizer)
"""

import json
import re
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamagedError, IndexerError, IndexMissingError
from indexer.records import (
    Block,
    BlockKind,
    Document,
    DocumentInfo,
    PageStart,
    Passage,
    Sentence,
    Span,
)
from indexer.store.late_interaction import DocumentPieces, PieceIndex, mapped
from indexer.store.lexical_index import LexicalIndex
from indexer.store.manifest import REBUILD, Manifest, UnreadFile, check_files, frozen, read_manifest
from indexer.store.vector_index import VectorIndex

CURRENT = "current"
GENERATIONS = "generations"
DATABASE = "documents.sqlite"
PASSAGES = "passages.npy"
SENTENCES = "sentences.npy"
PASSAGE_VECTORS = "passage_vectors.npy"
SENTENCE_VECTORS = "sentence_vectors.npy"
FAISS = "passages.faiss"
LEXICAL = "lexical"
ENCODER = "encoder"
READER = "reader"
PIECES = "pieces"

_GENERATION = re.compile(r"[0-9]{6,}-[0-9a-f]{8}")
_PASSAGE_ID = re.compile(r"(?P<doc_id>.+):(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})")

HalfVectors = NDArray[np.float16]
"""Embeddings in half precision, shape ``(n, dimension)``; rows of norm 1 to three digits."""


@dataclass(frozen=True, slots=True)
class DocumentVectors:
    """What is embedded of a document.

    Attributes:
        sentences: Shape ``(n_sentences, dimension)``.
        passages: Shape ``(n_passages, dimension)``.
        pieces: Every word-piece of its passages.
    """

    sentences: HalfVectors
    passages: HalfVectors
    pieces: DocumentPieces


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


class Index:
    """One generation, opened for reading; safe to use from several threads.

    Attributes:
        folder: The generation's folder.
        manifest: What made it.
        documents: All documents by position, without their texts.
        passage_rows: ``(n_passages, 5)`` int32: document position, start, end, first and last
            sentence row.
        sentence_rows: ``(n_sentences, 4)`` int32: document position, start, end, block.
        passage_vectors: ``(n_passages, dimension)``, memory-mapped.
        sentence_vectors: ``(n_sentences, dimension)``, memory-mapped.
        vectors: Nearest passages.
        lexical: Passages that share words.
        pieces: How well passages and sentences match a question, word-piece by word-piece.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Open the files of ``folder``, which were checked before."""
        self.folder = folder
        self.manifest = manifest
        self.documents = _entries(folder / DATABASE)
        self.passage_rows: NDArray[np.int32] = mapped(folder / PASSAGES)
        self.sentence_rows: NDArray[np.int32] = mapped(folder / SENTENCES)
        self.passage_vectors: HalfVectors = mapped(folder / PASSAGE_VECTORS)
        self.sentence_vectors: HalfVectors = mapped(folder / SENTENCE_VECTORS)
        self.vectors = VectorIndex.read(folder / FAISS)
        self.lexical = LexicalIndex.read(folder / LEXICAL, languages=manifest.languages)
        self.pieces = PieceIndex.read(folder / PIECES)
        self._positions = {entry.doc_id: i for i, entry in enumerate(self.documents)}
        # Opened now and kept: the folder may be pruned while this index still answers.
        self._connection = _connect(folder / DATABASE)
        self._lock = threading.Lock()
        self.document = lru_cache(maxsize=64)(self._read_document)

    @property
    def unread(self) -> tuple[UnreadFile, ...]:
        """Return the files that the build could not read."""
        return self.manifest.unread

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
        document, start, end, first, last = map(int, self.passage_rows[row])
        entry = self.documents[document]
        headings, context = self._row("SELECT headings, context FROM passage WHERE row = ?", row)
        return Passage(
            doc_id=entry.doc_id,
            span=Span(start, end),
            headings=tuple(json.loads(headings)),
            first_sentence=first - entry.first_sentence,
            last_sentence=last - entry.first_sentence,
            context=context,
        )

    def row_of(self, passage_id: str) -> int | None:
        """Return the row of a passage, or ``None`` if there is none of this id."""
        named = _PASSAGE_ID.fullmatch(passage_id)
        position = self._positions.get(named["doc_id"]) if named else None
        if named is None or position is None:
            return None
        entry = self.documents[position]
        rows = self.passage_rows[entry.first_passage : entry.first_passage + entry.n_passages]
        found = np.flatnonzero(
            (rows[:, 1] == int(named["start"])) & (rows[:, 2] == int(named["end"]))
        )
        return entry.first_passage + int(found[0]) if len(found) else None

    def vectors_of(self, entry: DocumentEntry) -> DocumentVectors:
        """Return the vectors of a document."""
        sentence, passage = entry.first_sentence, entry.first_passage
        return DocumentVectors(
            sentences=self.sentence_vectors[sentence : sentence + entry.n_sentences],
            passages=self.passage_vectors[passage : passage + entry.n_passages],
            pieces=self.pieces.of(passage, entry.n_passages, sentence),
        )

    def sentences(self, entry: DocumentEntry) -> tuple[Sentence, ...]:
        """Return all sentences of a document in order."""
        rows = self.sentence_rows[entry.first_sentence : entry.first_sentence + entry.n_sentences]
        return tuple(Sentence(Span(int(s), int(e)), int(b)) for _, s, e, b in rows)

    def sentence_text(self, row: int) -> str:
        """Return the text of the sentence at ``row``."""
        document, start, end, _ = map(int, self.sentence_rows[row])
        return self.document(self.documents[document].doc_id).text[start:end]

    def sentence_block(self, row: int) -> Block:
        """Return the block that holds the sentence at ``row``."""
        document, _, _, block = map(int, self.sentence_rows[row])
        return self.document(self.documents[document].doc_id).blocks[block]

    def title_of(self, row: int) -> str:
        """Return the title of the document that holds the sentence at ``row``."""
        return self.documents[int(self.sentence_rows[row, 0])].info.title

    def is_same_block(self, row: int, other: int) -> bool:
        """Tell whether two sentences stand in one block."""
        return bool(
            np.array_equal(self.sentence_rows[row, [0, 3]], self.sentence_rows[other, [0, 3]])
        )

    def lead_row(self, row: int) -> int | None:
        """Return the row of the sentence that introduces a list item's list or a table's row."""
        lead = self.sentence_block(row).lead
        if lead is None:
            return None
        first = self.documents[int(self.sentence_rows[row, 0])].first_sentence
        return first + int(np.searchsorted(self.sentence_rows[first : row + 1, 1], lead.start))

    def _read_document(self, doc_id: str) -> Document:
        """Return a document with its text; the 64 last ones stay in memory.

        Raises:
            KeyError: There is no document of this id.
        """
        position = self._positions[doc_id]
        text, blocks, page_starts, page_labels = self._row(
            "SELECT text, blocks, page_starts, page_labels FROM document WHERE position = ?",
            position,
        )
        entry = self.documents[position]
        return Document(
            doc_id=doc_id,
            info=entry.info,
            file=entry.file,
            sha256=entry.sha256,
            text=text,
            blocks=blocks_from_json(blocks),
            page_starts=tuple(PageStart(*pair) for pair in json.loads(page_starts)),
            page_labels=frozen(json.loads(page_labels)),
            notes=entry.notes,
        )

    def _row(self, query: str, key: int) -> tuple[str, ...]:
        with self._lock:
            row: tuple[str, ...] = self._connection.execute(query, (key,)).fetchone()
        return row


def current_generation(index_dir: Path) -> str | None:
    """Return the name of the current generation, or ``None`` if there is none; cheap to poll."""
    try:
        return (index_dir / CURRENT).readlink().name
    except OSError:
        return None


def generations(index_dir: Path) -> tuple[str, ...]:
    """Return the names of all generations, oldest first."""
    folder = index_dir / GENERATIONS
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if _GENERATION.fullmatch(path.name)))


def open_index(index_dir: Path, *, generation: str | None = None, verify: bool = True) -> Index:
    """Open the current generation, or the one named.

    A builder may publish and prune while the current generation is being opened: one that fails
    and is not the current one any more is no loss, and the one that took its place is opened.

    Args:
        index_dir: The index folder.
        generation: Name of a generation; ``None`` for the current one.
        verify: Whether every file's checksum is recomputed; its size is checked anyway.

    Raises:
        IndexMissingError: There is no index.
        IndexDamagedError: Files are missing, cut short or changed.
        IndexMismatchError: It has another format.
    """
    if generation is not None:
        return _open(index_dir / GENERATIONS / generation, verify=verify)
    name = current_generation(index_dir)
    while name is not None:
        try:
            return _open(index_dir / GENERATIONS / name, verify=verify)
        except IndexerError:
            newer = current_generation(index_dir)
            if newer == name:
                raise
            name = newer
    raise IndexMissingError(
        f"no index in {index_dir}; build it with `make index` or `python -m indexer build`"
    )


def _open(folder: Path, *, verify: bool) -> Index:
    manifest = read_manifest(folder)
    problems = check_files(folder, manifest, verify=verify)
    if problems:
        raise IndexDamagedError(f"index {folder} is damaged: {'; '.join(problems)}; {REBUILD}")
    try:
        return Index(folder, manifest)
    except (OSError, ValueError, sqlite3.Error) as error:
        raise IndexDamagedError(f"index {folder} is damaged: {error}; {REBUILD}") from error


def blocks_to_json(blocks: Sequence[Block]) -> str:
    """Return blocks as JSON, each distinct heading path written once."""
    paths = list(dict.fromkeys(block.headings for block in blocks))
    numbers = {path: number for number, path in enumerate(paths)}
    rows = [
        [
            block.kind.value,
            block.span.start,
            block.span.end,
            numbers[block.headings],
            [block.lead.start, block.lead.end] if block.lead else None,
        ]
        for block in blocks
    ]
    return json.dumps({"paths": paths, "blocks": rows}, ensure_ascii=False)


def blocks_from_json(text: str) -> tuple[Block, ...]:
    """Read what `blocks_to_json` wrote."""
    content = json.loads(text)
    paths = [tuple(path) for path in content["paths"]]
    return tuple(
        Block(BlockKind(kind), Span(start, end), paths[path], Span(*lead) if lead else None)
        for kind, start, end, path, lead in content["blocks"]
    )


def _entries(path: Path) -> tuple[DocumentEntry, ...]:
    connection = _connect(path)
    try:
        rows = connection.execute("SELECT entry FROM document ORDER BY position").fetchall()
    finally:
        connection.close()
    return tuple(_entry(json.loads(text)) for (text,) in rows)


def _entry(content: dict[str, Any]) -> DocumentEntry:
    info = {name: frozen(value) for name, value in content.pop("info").items()}
    values = {name: frozen(value) for name, value in content.items()}
    return DocumentEntry(info=DocumentInfo(**info), **values)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{path.resolve()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
