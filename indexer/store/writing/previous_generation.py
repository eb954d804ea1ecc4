"""Reuse of the previous generation, so that unchanged reports cost nothing."""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from indexer.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from indexer.store.manifest import UnreadFile
from indexer.store.model_folders import MULTILINGUAL_ENCODER
from indexer.store.protocol import IndexStore, StoredIndex
from indexer.store.records import DocumentEntry
from indexer.store.writing.contents import EmbeddedDocument, StoredVectors

_UNUSABLE = (IndexMissingError, IndexDamagedError, IndexMismatchError)


class PreviousGeneration:
    """The current generation before a build, or nothing if there is none that can be used.

    Attributes:
        index: The opened index, or ``None``.
    """

    def __init__(self, store: IndexStore, *, is_needed: bool = False) -> None:
        """Open the current generation.

        Args:
            store: Where it is.
            is_needed: Whether it must be usable; otherwise one that is damaged or of another format
                counts as none. One that cannot be reached never does: all reports would be embedded
                anew without a word.

        Raises:
            IndexerError: It cannot be reached, or is needed and cannot be used.
        """
        self.index: StoredIndex | None = None
        with suppress(*(() if is_needed else _UNUSABLE)):
            self.index = store.open()
        entries: Iterable[DocumentEntry] = self.index.documents if self.index else ()
        self._by_content = {entry.content_key: entry for entry in entries}
        self._by_vectors = {entry.vector_key: entry for entry in entries}
        unread = self.index.manifest.unread if self.index else ()
        self._unread = {file.content_key: file for file in unread}

    @property
    def multilingual_encoder(self) -> tuple[str, Path] | None:
        """Return hash and folder of the multilingual encoder, or ``None`` if there is none."""
        if self.index is None or self.index.manifest.multilingual_sha256 is None:
            return None
        return self.index.manifest.multilingual_sha256, self.index.models_dir / MULTILINGUAL_ENCODER

    def unread(self, attempt_key: str) -> UnreadFile | None:
        """Return why a file with this key could not be extracted last time."""
        return self._unread.get(attempt_key)

    def document(self, content_key: str) -> EmbeddedDocument | None:
        """Return a document with this key as it was embedded, without its successors."""
        entry = self._by_content.get(content_key)
        if entry is None or self.index is None:
            return None
        rows = range(entry.first_passage, entry.first_passage + entry.n_passages)
        return EmbeddedDocument(
            document=self.index.document(entry.doc_id),
            content_key=content_key,
            sentences=self.index.sentences(entry),
            passages=tuple(self.index.passage(row) for row in rows),
            vector_key=entry.vector_key,
            vectors=_stored(self.index, entry),
        )

    def vectors(self, vector_key: str) -> StoredVectors | None:
        """Return the vectors of a document whose texts were the same."""
        entry = self._by_vectors.get(vector_key)
        if entry is None or self.index is None:
            return None
        return _stored(self.index, entry)


def _stored(index: StoredIndex, entry: DocumentEntry) -> StoredVectors:
    return StoredVectors(index.is_compact, partial(index.vectors_of, entry))
