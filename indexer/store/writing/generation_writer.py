"""Who writes generations of an index: what a build needs of it, wherever the index lies."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from indexer.index_place import IndexPlace, MilvusPlace
from indexer.progress import Progress
from indexer.store.manifest import Manifest
from indexer.store.protocol import StoredIndex
from indexer.store.writing import generation_lifecycle as lifecycle
from indexer.store.writing.models import TextEncoder
from indexer.store.writing.new_generation import NewGeneration, write_generation
from indexer.store.writing.unfinished_vectors import UnfinishedVectors


class GenerationWriter(Protocol):
    """Writes generations of one index and says which is current."""

    @property
    def unfinished(self) -> UnfinishedVectors:
        """Return where the vectors of a build lie until its generation is written."""

    @property
    def first_pages_dir(self) -> Path:
        """Return where the first pages of files are kept from build to build."""

    def locked(self) -> AbstractContextManager[None]:
        """Keep other builders away from the index.

        Raises:
            IndexBusyError: Another builder is at work.
            IndexWriteError: The index cannot be written.
        """

    def is_held(self) -> bool:
        """Tell whether the current generation is held since a rollback."""

    def release(self) -> None:
        """Hold no generation any more."""

    def write(
        self, generation: NewGeneration, previous: StoredIndex | None, progress: Progress
    ) -> tuple[str, Manifest]:
        """Write a generation, make it current and remove the oldest; return name and manifest.

        Args:
            generation: What to write.
            previous: The current generation, whose models are taken where they are the same.
            progress: Of the build.

        Raises:
            IndexWriteError: Something cannot be written; the previous generation stays current.
        """

    def check(self, encoder: TextEncoder) -> None:
        """Refuse an encoder whose vectors there is no room for, before it has embedded anything.

        Raises:
            EncoderError: Its word-pieces' vectors are too long.
        """

    def rollback(self) -> str:
        """Make the generation before the current one current, hold it, and return its name.

        Raises:
            IndexMissingError: There is none.
            IndexerError: It has another format or is damaged; the current one stays.
        """

    def prune(self, *, keep: int) -> None:
        """Remove all but the last ``keep`` generations; the current one always stays."""


class FolderWriter:
    """Writes generations in a folder of this machine."""

    def __init__(self, index_dir: Path) -> None:
        """Write into ``index_dir``, which need not be there."""
        self._index_dir = index_dir

    @property
    def unfinished(self) -> UnfinishedVectors:
        """Return where the vectors of a build lie: in the folder of the index."""
        return UnfinishedVectors(self._index_dir / ".unfinished")

    @property
    def first_pages_dir(self) -> Path:
        """Return where the first pages of files are kept: in the folder of the index."""
        return self._index_dir / ".first-pages"

    def locked(self) -> AbstractContextManager[None]:
        """Keep other builders away from the folder."""
        return lifecycle.locked(self._index_dir)

    def is_held(self) -> bool:
        """Tell whether the current generation is held since a rollback."""
        return lifecycle.is_held(self._index_dir)

    def release(self) -> None:
        """Hold no generation any more."""
        lifecycle.release(self._index_dir)

    def write(
        self, generation: NewGeneration, previous: StoredIndex | None, progress: Progress
    ) -> tuple[str, Manifest]:
        """Write a generation, make it current and remove the oldest; return name and manifest."""
        written = write_generation(generation, previous, progress)
        self.unfinished.clear()
        return written

    def check(self, encoder: TextEncoder) -> None:
        """Take every encoder: files have room."""

    def rollback(self) -> str:
        """Make the generation before the current one current, hold it, and return its name."""
        return lifecycle.rollback(self._index_dir)

    def prune(self, *, keep: int) -> None:
        """Remove all but the last ``keep`` generations; the current one always stays."""
        lifecycle.prune(self._index_dir, keep=keep)


def writer_at(place: IndexPlace) -> GenerationWriter:
    """Return the writer of the index at a place."""
    if isinstance(place, MilvusPlace):
        from indexer.store.writing.milvus_writer import MilvusWriter  # noqa: PLC0415 (an extra)

        return MilvusWriter(place)
    return FolderWriter(place)
