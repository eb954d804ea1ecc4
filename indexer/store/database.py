"""The SQLite database of an index: documents, compressed, and where things with a number stand.

A text is compressed in chunks, so that a passage of a long report is read without the rest.
"""

import json
import sqlite3
import threading
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from indexer.records import Document, DocumentInfo, PageStart, Passage, SourceReport, Span
from indexer.store.block_json import blocks_from_json, blocks_to_json
from indexer.store.manifest import frozen
from indexer.store.records import MOST_NAMED, DocumentEntry, NamedRows

SCHEMA = """
CREATE TABLE document (position INTEGER PRIMARY KEY, entry TEXT, passages BLOB, layout BLOB);
CREATE TABLE text (document INTEGER, chunk INTEGER, content BLOB, PRIMARY KEY (document, chunk));
CREATE TABLE named (
    key TEXT, document INTEGER, first INTEGER, last INTEGER, is_mention INTEGER,
    PRIMARY KEY (key, is_mention, first, last)
) WITHOUT ROWID;
"""

_CHUNK = 1 << 14
"""Characters of a text that are compressed together: a tenth of a millisecond to read."""

_CHUNKS_KEPT = 256


@dataclass(frozen=True, slots=True)
class StoredPassages:
    """What the passages of one document have beside their text.

    Attributes:
        headings: Each distinct heading path.
        contexts: Each distinct context.
        rows: For each passage, which of both it has.
    """

    headings: tuple[tuple[str, ...], ...]
    contexts: tuple[str, ...]
    rows: Sequence[tuple[int, int]]

    def of(self, position: int) -> tuple[tuple[str, ...], str]:
        """Return headings and context of a passage of the document."""
        headings, context = self.rows[position]
        return self.headings[headings], self.contexts[context]


class Database:
    """One database, opened for reading; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the database at ``path``.

        Raises:
            sqlite3.Error: It is none.
        """
        self._connection = sqlite3.connect(
            f"file:{path.resolve()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._lock = threading.Lock()
        self._chunk = lru_cache(maxsize=_CHUNKS_KEPT)(self._read_chunk)

    def entries(self) -> tuple[DocumentEntry, ...]:
        """Return all documents by position, without their texts."""
        rows = self._rows("SELECT entry FROM document ORDER BY position", ())
        return tuple(entry_from_json(text) for (text,) in rows)

    def document(self, position: int, entry: DocumentEntry) -> Document:
        """Return the document at ``position``, whose entry is known."""
        ((layout,),) = self._rows("SELECT layout FROM document WHERE position = ?", (position,))
        text = self.text(position, Span(0, entry.n_characters)) if entry.n_characters else ""
        return laid_out(entry, text, _unpacked(layout))

    def text(self, position: int, span: Span) -> str:
        """Return a part of the text of the document at ``position``."""
        first, last = span.start // _CHUNK, (span.end - 1) // _CHUNK
        chunks = "".join(self._chunk(position, chunk) for chunk in range(first, last + 1))
        return chunks[span.start - first * _CHUNK : span.end - first * _CHUNK]

    def _read_chunk(self, position: int, chunk: int) -> str:
        query = "SELECT content FROM text WHERE document = ? AND chunk = ?"
        ((content,),) = self._rows(query, (position, chunk))
        return zlib.decompress(content).decode()

    def passages(self, position: int) -> StoredPassages:
        """Return what the passages of the document at ``position`` have beside their text."""
        ((content,),) = self._rows("SELECT passages FROM document WHERE position = ?", (position,))
        return stored_passages(content)

    def named(
        self, condition: str, values: Sequence[str], documents: Sequence[int] | None
    ) -> tuple[NamedRows, ...]:
        """Return where things with a number stand, and then where they are mentioned, by row.

        Args:
            condition: On the columns ``key`` and ``is_mention``, in SQL.
            values: Of its parameters.
            documents: Positions of the documents to look in; ``None`` for all.

        Returns:
            `MOST_NAMED` at most.
        """
        query = f"SELECT key, first, last, is_mention FROM named WHERE {condition}"  # noqa: S608
        parameters: list[str | int] = [*values]
        if documents is not None:
            query += " AND document IN (SELECT value FROM json_each(?))"
            parameters.append(json.dumps([*documents]))
        query += " ORDER BY is_mention, first, last LIMIT ?"  # of one key the table has this order
        return tuple(
            NamedRows(key, first, last, is_mention=bool(is_mention))
            for key, first, last, is_mention in self._rows(query, [*parameters, MOST_NAMED])
        )

    def _rows(self, query: str, values: Sequence[str | int]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, tuple(values)).fetchall()


def entry_to_json(entry: DocumentEntry) -> str:
    """Return an entry as JSON, in one line."""
    return json.dumps(asdict(entry), ensure_ascii=False)


def entry_from_json(text: str) -> DocumentEntry:
    """Return the entry that `entry_to_json` wrote."""
    content = json.loads(text)
    info = {name: frozen(value) for name, value in content.pop("info").items()}
    info["sources"] = tuple(
        SourceReport(**{name: frozen(value) for name, value in source.items()})
        for source in info.get("sources", ())
    )
    values = {name: frozen(value) for name, value in content.items()}
    return DocumentEntry(info=DocumentInfo(**info), **values)


def insert_document(
    connection: sqlite3.Connection,
    position: int,
    entry: DocumentEntry,
    document: Document,
    passages: Sequence[Passage],
) -> None:
    """Write a document and what its passages have beside their text."""
    connection.execute(
        "INSERT INTO document VALUES (?, ?, ?, ?)",
        (
            position,
            entry_to_json(entry),
            passages_content(passages),
            _packed(layout_of(document)),
        ),
    )
    starts = range(0, len(document.text), _CHUNK)
    connection.executemany(
        "INSERT INTO text VALUES (?, ?, ?)",
        (
            (position, chunk, zlib.compress(document.text[start : start + _CHUNK].encode()))
            for chunk, start in enumerate(starts)
        ),
    )


def layout_of(document: Document) -> list[Any]:
    """Return what a document has beside its entry and text, for `laid_out`: values of JSON."""
    page_starts = [(start.start, start.page) for start in document.page_starts]
    return [blocks_to_json(document.blocks), page_starts, document.page_labels]


def laid_out(entry: DocumentEntry, text: str, layout: list[Any]) -> Document:
    """Return the document of an entry, with its text and what `layout_of` returned."""
    blocks, page_starts, page_labels = layout
    return Document(
        doc_id=entry.doc_id,
        info=entry.info,
        file=entry.file,
        sha256=entry.sha256,
        text=text,
        blocks=blocks_from_json(blocks),
        page_starts=tuple(PageStart(*pair) for pair in page_starts),
        page_labels=frozen(page_labels),
        notes=entry.notes,
    )


def passages_content(passages: Sequence[Passage]) -> bytes:
    """Return what `stored_passages` reads."""
    headings = list(dict.fromkeys(passage.headings for passage in passages))
    contexts = list(dict.fromkeys(passage.context for passage in passages))
    places = [{key: place for place, key in enumerate(keys)} for keys in (headings, contexts)]
    rows = [(places[0][passage.headings], places[1][passage.context]) for passage in passages]
    return _packed([headings, contexts, rows])


def stored_passages(content: bytes) -> StoredPassages:
    """Read what `passages_content` wrote."""
    headings, contexts, rows = _unpacked(content)
    return StoredPassages(frozen(headings), tuple(contexts), rows)


def _packed(content: Any) -> bytes:
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode())


def _unpacked(content: bytes) -> Any:
    return json.loads(zlib.decompress(content))
