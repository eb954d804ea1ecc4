"""Writes what a generation holds: documents, passages, sentences, vectors and the indexes."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from indexer.records import Document
from indexer.segmentation.cut_documents import CutDocument
from indexer.segmentation.named_things import named_things
from indexer.store.block_json import blocks_to_json
from indexer.store.index import (
    DATABASE,
    FAISS,
    LEXICAL,
    PASSAGE_VECTORS,
    PASSAGES,
    PIECES,
    SENTENCE_VECTORS,
    SENTENCES,
)
from indexer.store.late_interaction import PieceIndex
from indexer.store.lexical_index import LexicalIndex
from indexer.store.records import DocumentEntry, DocumentVectors
from indexer.store.vector_index import VectorIndex, VectorRecall

_SCHEMA = """
CREATE TABLE document (
    position INTEGER PRIMARY KEY, entry TEXT, text TEXT, blocks TEXT, page_starts TEXT,
    page_labels TEXT
);
CREATE TABLE passage (row INTEGER PRIMARY KEY, headings TEXT, context TEXT);
CREATE TABLE named (
    key TEXT, document INTEGER, first INTEGER, last INTEGER, is_mention INTEGER,
    PRIMARY KEY (key, is_mention, first, last)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class EmbeddedDocument(CutDocument):
    """A cut document with its vectors: all that the index holds of it.

    Attributes:
        vector_key: Key of all that decided the vectors alone; equal keys need no new embedding.
        vectors: Those of its sentences, its passages and their word-pieces.
        superseded_by: Ids of the documents that replace it, sorted.
    """

    vector_key: str
    vectors: DocumentVectors
    superseded_by: tuple[str, ...] = ()


def write_contents(
    folder: Path,
    documents: Sequence[EmbeddedDocument],
    *,
    languages: Sequence[str],
    exact_below: int,
) -> VectorRecall:
    """Write documents, passages, sentences and both indexes into ``folder``."""
    entries = list(_entries(documents))
    _write_database(folder / DATABASE, documents, entries)
    _write_rows(folder, documents, entries)
    np.save(
        folder / SENTENCE_VECTORS,
        np.concatenate([embedded.vectors.sentences for embedded in documents]),
    )
    passage_vectors = np.concatenate([embedded.vectors.passages for embedded in documents])
    np.save(folder / PASSAGE_VECTORS, passage_vectors)
    PieceIndex.write(
        folder / PIECES,
        [embedded.vectors.pieces for embedded in documents],
        [entry.first_sentence for entry in entries],
    )
    lexical = folder / LEXICAL
    lexical.mkdir()
    LexicalIndex.build(lexical, _lexical_rows(documents), languages=languages)
    vectors = passage_vectors.astype(np.float32)
    index = VectorIndex.build(vectors, exact_below=exact_below)
    index.write(folder / FAISS)
    return index.recall(vectors)


def _entries(documents: Sequence[EmbeddedDocument]) -> Iterator[DocumentEntry]:
    first_passage = first_sentence = 0
    for embedded in documents:
        document = embedded.document
        yield DocumentEntry(
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
            first_passage=first_passage,
            n_passages=len(embedded.passages),
            first_sentence=first_sentence,
            n_sentences=len(embedded.sentences),
            notes=document.notes,
        )
        first_passage += len(embedded.passages)
        first_sentence += len(embedded.sentences)


def _write_database(
    path: Path, documents: Sequence[EmbeddedDocument], entries: Sequence[DocumentEntry]
) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    position,
                    json.dumps(asdict(entry), ensure_ascii=False),
                    *_text_columns(embedded.document),
                )
                for position, (embedded, entry) in enumerate(zip(documents, entries, strict=True))
            ),
        )
        passages = (passage for embedded in documents for passage in embedded.passages)
        connection.executemany(
            "INSERT INTO passage VALUES (?, ?, ?)",
            (
                (row, json.dumps(passage.headings, ensure_ascii=False), passage.context)
                for row, passage in enumerate(passages)
            ),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO named VALUES (?, ?, ?, ?, ?)", _named_rows(documents, entries)
        )
        connection.commit()
    finally:
        connection.close()


def _named_rows(
    documents: Sequence[EmbeddedDocument], entries: Sequence[DocumentEntry]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield where things with a number stand: key, document, first and last row, mention or not."""
    for position, (embedded, entry) in enumerate(zip(documents, entries, strict=True)):
        for thing in named_things(embedded.document, embedded.sentences):
            first = entry.first_sentence + thing.first_sentence
            last = entry.first_sentence + thing.last_sentence
            yield thing.key, position, first, last, int(thing.is_mention)


def _text_columns(document: Document) -> tuple[str, str, str, str]:
    """Return the columns text, blocks, page_starts and page_labels of a document."""
    return (
        document.text,
        blocks_to_json(document.blocks),
        json.dumps([(start.start, start.page) for start in document.page_starts]),
        json.dumps(document.page_labels),
    )


def _write_rows(
    folder: Path, documents: Sequence[EmbeddedDocument], entries: Sequence[DocumentEntry]
) -> None:
    passages = [
        (
            position,
            passage.span.start,
            passage.span.end,
            entry.first_sentence + passage.first_sentence,
            entry.first_sentence + passage.last_sentence,
        )
        for position, (embedded, entry) in enumerate(zip(documents, entries, strict=True))
        for passage in embedded.passages
    ]
    sentences = [
        (position, sentence.span.start, sentence.span.end, sentence.block)
        for position, embedded in enumerate(documents)
        for sentence in embedded.sentences
    ]
    np.save(folder / PASSAGES, np.asarray(passages, dtype=np.int32).reshape(-1, 5))
    np.save(folder / SENTENCES, np.asarray(sentences, dtype=np.int32).reshape(-1, 4))


def _lexical_rows(documents: Sequence[EmbeddedDocument]) -> Iterator[tuple[int, str, str]]:
    for position, embedded in enumerate(documents):
        for text in embedded.passage_texts:
            yield position, embedded.document.info.language, text
