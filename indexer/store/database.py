"""The SQLite database of an index: documents, compressed, and where things with a number stand."""

import json
import sqlite3
import threading
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indexer.records import Document, DocumentInfo, PageStart, Passage, SourceReport
from indexer.store.block_json import blocks_from_json, blocks_to_json
from indexer.store.manifest import frozen
from indexer.store.records import DocumentEntry, NamedRows


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
    rows: tuple[tuple[int, int], ...]

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

    def entries(self) -> tuple[DocumentEntry, ...]:
        """Return all documents by position, without their texts."""
        rows = self._rows("SELECT entry FROM document ORDER BY position", ())
        return tuple(entry_from_json(text) for (text,) in rows)

    def document(self, position: int, entry: DocumentEntry) -> Document:
        """Return the document at ``position``, whose entry is known."""
        ((content,),) = self._rows("SELECT content FROM document WHERE position = ?", (position,))
        return stored_document(content, entry)

    def passages(self, position: int) -> StoredPassages:
        """Return what the passages of the document at ``position`` have beside their text."""
        ((content,),) = self._rows("SELECT passages FROM document WHERE position = ?", (position,))
        return stored_passages(content)

    def named(
        self, condition: str, values: Sequence[str], documents: Sequence[int] | None
    ) -> tuple[NamedRows, ...]:
        """Return where things with a number stand, and then where they are mentioned, by row.

        Args:
            condition: On the column ``key``, in SQL.
            values: Of its parameters.
            documents: Positions of the documents to look in; ``None`` for all.
        """
        columns = "key, first, last, is_mention, document"
        query = f"SELECT {columns} FROM named WHERE {condition} ORDER BY is_mention, first, last"  # noqa: S608
        among = None if documents is None else frozenset(documents)
        return tuple(
            NamedRows(key, first, last, is_mention=bool(is_mention))
            for key, first, last, is_mention, document in self._rows(query, values)
            if among is None or document in among
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


def document_content(document: Document) -> bytes:
    """Return what `stored_document` reads."""
    return _packed([
        document.text,
        blocks_to_json(document.blocks),
        [(start.start, start.page) for start in document.page_starts],
        document.page_labels,
    ])  # fmt: skip


def stored_document(content: bytes, entry: DocumentEntry) -> Document:
    """Read a document that `document_content` wrote."""
    text, blocks, page_starts, page_labels = _unpacked(content)
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
    return StoredPassages(frozen(headings), tuple(contexts), frozen(rows))


def _packed(content: Any) -> bytes:
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode())


def _unpacked(content: bytes) -> Any:
    return json.loads(zlib.decompress(content))
