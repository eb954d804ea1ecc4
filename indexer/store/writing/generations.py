"""Writes generations of the index: aside, flushed, checksummed, made current by one rename.

A generation that was not finished, or not wholly removed, has a hidden name and is swept away by
the next build.
"""

import fcntl
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from indexer.errors import IndexBusyError, IndexMissingError, IndexWriteError
from indexer.records import Document, Passage, Sentence
from indexer.segmentation.passages import embedded_text
from indexer.store import generations as opening
from indexer.store import index as layout
from indexer.store.block_json import blocks_to_json
from indexer.store.late_interaction import PieceIndex
from indexer.store.lexical_index import LexicalIndex
from indexer.store.manifest import MANIFEST, Manifest, hash_file
from indexer.store.records import DocumentEntry, DocumentVectors
from indexer.store.vector_index import VectorIndex, VectorRecall

_SCHEMA = """
CREATE TABLE document (
    position INTEGER PRIMARY KEY, entry TEXT, text TEXT, blocks TEXT, page_starts TEXT,
    page_labels TEXT
);
CREATE TABLE passage (row INTEGER PRIMARY KEY, headings TEXT, context TEXT);
"""
_PARTIAL = ".partial-"
_REMOVED = ".removed-"


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document with all that the index holds of it.

    Attributes:
        document: The document.
        content_key: What decided the rest; equal keys need no new reading.
        vector_key: What decided the vectors alone; equal keys need no new embedding.
        superseded_by: Ids of the documents that replace it.
        sentences: Its sentences in order.
        passages: Its passages in order.
        vectors: Those of its sentences, its passages and their word-pieces.
    """

    document: Document
    content_key: str
    vector_key: str
    superseded_by: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    vectors: DocumentVectors


@contextmanager
def locked(index_dir: Path) -> Iterator[None]:
    """Keep other builders away from ``index_dir``; freed by the system if this process dies.

    Raises:
        IndexBusyError: Another builder is at work.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    with (index_dir / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusyError(
                f"another build is at work in {index_dir}; wait until it has finished"
            ) from error
        yield


@contextmanager
def partial_generation(index_dir: Path) -> Iterator[Path]:
    """Give an empty folder to write a generation into; it is removed unless it was published.

    Raises:
        IndexWriteError: Something in it cannot be written.
    """
    folder = index_dir / opening.GENERATIONS
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    partial = folder / f"{_PARTIAL}{os.getpid()}"
    partial.mkdir()
    try:
        yield partial
    except (OSError, sqlite3.Error, RuntimeError, ValueError) as error:
        raise IndexWriteError(  # the libraries report a full disk each in its own way
            f"the index could not be written to {folder}: {error}; make room there, then build "
            "again; the previous index still serves"
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def write_contents(
    folder: Path, contents: Sequence[IndexedDocument], *, languages: Sequence[str], exact_below: int
) -> VectorRecall:
    """Write documents, passages, sentences and both indexes into ``folder``."""
    entries = list(_entries(contents))
    _write_database(folder / layout.DATABASE, contents, entries)
    _write_rows(folder, contents, entries)
    np.save(
        folder / layout.SENTENCE_VECTORS,
        np.concatenate([indexed.vectors.sentences for indexed in contents]),
    )
    passage_vectors = np.concatenate([indexed.vectors.passages for indexed in contents])
    np.save(folder / layout.PASSAGE_VECTORS, passage_vectors)
    PieceIndex.write(
        folder / layout.PIECES,
        [indexed.vectors.pieces for indexed in contents],
        [entry.first_sentence for entry in entries],
    )
    lexical = folder / layout.LEXICAL
    lexical.mkdir()
    LexicalIndex.build(lexical, _lexical_rows(contents), languages=languages)
    vectors = passage_vectors.astype(np.float32)
    index = VectorIndex.build(vectors, exact_below=exact_below)
    index.write(folder / layout.FAISS)
    return index.recall(vectors)


def link_models(folder: Path, previous: Path) -> None:
    """Give ``folder``, which is made, the files of ``previous``, as hard links if possible."""
    folder.mkdir()
    for path in sorted(previous.iterdir()):
        try:
            (folder / path.name).hardlink_to(path)
        except OSError:
            shutil.copyfile(path, folder / path.name)


def checksums(folder: Path) -> tuple[tuple[str, int, str], ...]:
    """Flush every file of ``folder`` to the disk and return path, bytes and SHA-256 of each."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in paths:
        _flush(path)
    return tuple(
        (path.relative_to(folder).as_posix(), path.stat().st_size, hash_file(path))
        for path in paths
        if not path.name.endswith(".lock")
    )


def publish(index_dir: Path, partial: Path, manifest: Manifest) -> str:
    """Complete ``partial`` with its manifest, make it the current generation, return its name."""
    path = partial / MANIFEST
    path.write_text(manifest.to_json(), encoding="utf-8")
    _flush(path)
    _flush(partial)
    name = f"{_next_number(index_dir):06d}-{manifest.fingerprint[:8]}"
    partial.rename(index_dir / opening.GENERATIONS / name)
    _flush(index_dir / opening.GENERATIONS)
    make_current(index_dir, name)
    return name


def make_current(index_dir: Path, name: str) -> None:
    """Point the index at generation ``name`` by one atomic rename."""
    aside = index_dir / f".{opening.CURRENT}-{os.getpid()}"
    aside.unlink(missing_ok=True)
    aside.symlink_to(Path(opening.GENERATIONS) / name)
    aside.replace(index_dir / opening.CURRENT)
    _flush(index_dir)


def rollback(index_dir: Path) -> str:
    """Make the generation before the current one current again and return its name.

    Raises:
        IndexMissingError: There is none.
    """
    names = opening.generations(index_dir)
    current = opening.current_generation(index_dir)
    earlier = [name for name in names if current is not None and name < current]
    if not earlier:
        raise IndexMissingError(
            f"no generation before {current or 'the first'} in {index_dir}; "
            "it keeps as many as CITA_BUILD_KEEP says"
        )
    make_current(index_dir, earlier[-1])
    return earlier[-1]


def prune(index_dir: Path, *, keep: int) -> None:
    """Remove all but the last ``keep`` generations; the current one always stays.

    Each is renamed before it is deleted: under its name it is whole or not there.
    """
    current = opening.current_generation(index_dir)
    folder = index_dir / opening.GENERATIONS
    _sweep(folder)
    for name in opening.generations(index_dir)[:-keep]:
        if name != current:
            shutil.rmtree((folder / name).rename(folder / f"{_REMOVED}{name}"))


def _sweep(folder: Path) -> None:
    """Remove what a builder that died left unfinished among the generations."""
    for left_over in (*folder.glob(f"{_PARTIAL}*"), *folder.glob(f"{_REMOVED}*")):
        shutil.rmtree(left_over)


def _entries(contents: Sequence[IndexedDocument]) -> Iterator[DocumentEntry]:
    first_passage = first_sentence = 0
    for indexed in contents:
        document = indexed.document
        yield DocumentEntry(
            doc_id=document.doc_id,
            info=document.info,
            file=document.file,
            sha256=document.sha256,
            text_sha256=document.text_sha256,
            content_key=indexed.content_key,
            vector_key=indexed.vector_key,
            superseded_by=indexed.superseded_by,
            n_pages=None if document.page_labels is None else len(document.page_labels),
            n_characters=len(document.text),
            first_passage=first_passage,
            n_passages=len(indexed.passages),
            first_sentence=first_sentence,
            n_sentences=len(indexed.sentences),
            notes=document.notes,
        )
        first_passage += len(indexed.passages)
        first_sentence += len(indexed.sentences)


def _write_database(
    path: Path, contents: Sequence[IndexedDocument], entries: Sequence[DocumentEntry]
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
                    *_stored(indexed.document),
                )
                for position, (indexed, entry) in enumerate(zip(contents, entries, strict=True))
            ),
        )
        passages = (passage for indexed in contents for passage in indexed.passages)
        connection.executemany(
            "INSERT INTO passage VALUES (?, ?, ?)",
            (
                (row, json.dumps(passage.headings, ensure_ascii=False), passage.context)
                for row, passage in enumerate(passages)
            ),
        )
        connection.commit()
    finally:
        connection.close()


def _stored(document: Document) -> tuple[str, str, str, str]:
    """Return the columns text, blocks, page_starts and page_labels of a document."""
    return (
        document.text,
        blocks_to_json(document.blocks),
        json.dumps([(start.start, start.page) for start in document.page_starts]),
        json.dumps(document.page_labels),
    )


def _write_rows(
    folder: Path, contents: Sequence[IndexedDocument], entries: Sequence[DocumentEntry]
) -> None:
    passages = [
        (
            position,
            passage.span.start,
            passage.span.end,
            entry.first_sentence + passage.first_sentence,
            entry.first_sentence + passage.last_sentence,
        )
        for position, (indexed, entry) in enumerate(zip(contents, entries, strict=True))
        for passage in indexed.passages
    ]
    sentences = [
        (position, sentence.span.start, sentence.span.end, sentence.block)
        for position, indexed in enumerate(contents)
        for sentence in indexed.sentences
    ]
    np.save(folder / layout.PASSAGES, np.asarray(passages, dtype=np.int32).reshape(-1, 5))
    np.save(folder / layout.SENTENCES, np.asarray(sentences, dtype=np.int32).reshape(-1, 4))


def _lexical_rows(contents: Sequence[IndexedDocument]) -> Iterator[tuple[int, str, str]]:
    for position, indexed in enumerate(contents):
        document = indexed.document
        for passage in indexed.passages:
            text = embedded_text(passage, passage.span.of(document.text))
            yield position, document.info.language, text


def _next_number(index_dir: Path) -> int:
    names = opening.generations(index_dir)
    return 1 + max((int(name.partition("-")[0]) for name in names), default=0)


def _flush(path: Path) -> None:
    """Have the disk hold what was written to a file or folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
