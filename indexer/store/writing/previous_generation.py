"""What the previous generation already knows, so that unchanged reports cost nothing."""

from collections.abc import Iterable
from pathlib import Path

from indexer.errors import IndexerError
from indexer.records import Passage
from indexer.store.generations import current_generation, open_index
from indexer.store.index import Index
from indexer.store.manifest import UnreadFile
from indexer.store.records import DocumentEntry, DocumentVectors
from indexer.store.writing.generations import IndexedDocument


class Previous:
    """The current generation before a build, or nothing if there is none that can be used.

    Attributes:
        generation: Its name, or ``None``.
        index: The opened index, or ``None``.
    """

    def __init__(self, index_dir: Path) -> None:
        """Open the current generation; one that is damaged or of another format counts as none."""
        self.generation = current_generation(index_dir)
        self.index: Index | None = None
        try:
            self.index = open_index(index_dir)
        except IndexerError:
            self.generation = None
        entries: Iterable[DocumentEntry] = self.index.documents if self.index else ()
        self._by_content = {entry.content_key: entry for entry in entries}
        self._by_vectors = {entry.vector_key: entry for entry in entries}
        unread = self.index.manifest.unread if self.index else ()
        self._unread = {file.content_key: file for file in unread}

    def unread(self, content_key: str) -> UnreadFile | None:
        """Return why a file with this key could not be read last time."""
        return self._unread.get(content_key)

    def document(self, content_key: str) -> IndexedDocument | None:
        """Return a document with this key as it was indexed."""
        entry = self._by_content.get(content_key)
        if entry is None or self.index is None:
            return None
        rows = range(entry.first_passage, entry.first_passage + entry.n_passages)
        passages: tuple[Passage, ...] = tuple(self.index.passage(row) for row in rows)
        return IndexedDocument(
            document=self.index.document(entry.doc_id),
            content_key=content_key,
            vector_key=entry.vector_key,
            superseded_by=(),
            sentences=self.index.sentences(entry),
            passages=passages,
            vectors=self.index.vectors_of(entry),
        )

    def vectors(self, vector_key: str) -> DocumentVectors | None:
        """Return the vectors of a document whose texts were the same."""
        entry = self._by_vectors.get(vector_key)
        if entry is None or self.index is None:
            return None
        return self.index.vectors_of(entry)
