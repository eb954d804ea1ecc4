"""Vectors of a build that is not finished: on the disk as soon as they are made.

A build holds the vectors of one group of reports at a time, 24 kB a passage, and one that was
stopped goes on from what it had embedded. They go when the index is up to date.
"""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexWriteError
from indexer.store.late_interaction import DocumentPieces
from indexer.store.manifest import FORMAT
from indexer.store.records import DocumentVectors
from indexer.store.writing.contents import StoredVectors

_PIECES = ("starts", "runs", "codes", "counts", "places")
_ASIDE = "aside"
"""File that is being written: one builder at a time, so the next one takes its place."""


@dataclass(frozen=True, slots=True)
class UnfinishedVectors:
    """A file for each document, by the format and the key of what decided its vectors.

    Attributes:
        folder: Where they lie; made when there is something to keep.
    """

    folder: Path

    def find(self, vector_key: str, *, is_compact: bool) -> StoredVectors | None:
        """Return the vectors of a document, or ``None`` if no build has left them whole.

        Args:
            vector_key: Of the document.
            is_compact: Whether word-pieces are wanted as they are stored by a book.
        """
        path = self._path(vector_key, is_compact=is_compact)
        try:
            vectors = _read(path)
        except (OSError, ValueError, EOFError, KeyError, BadZipFile):
            return None
        return StoredVectors(vectors.pieces.is_compact, partial(_read, path))

    def keep(self, vector_key: str, vectors: DocumentVectors, *, is_compact: bool) -> StoredVectors:
        """Write the vectors of a document; see `find`.

        Raises:
            IndexWriteError: They cannot be written.
        """
        path = self._path(vector_key, is_compact=is_compact)
        aside = self.folder / _ASIDE
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with aside.open("wb") as file:
                np.savez(file, **_arrays(vectors))
            aside.replace(path)
        except OSError as error:
            with suppress(OSError):
                aside.unlink()
            raise IndexWriteError(
                f"vectors could not be written to {self.folder}: {error}; make room there, then "
                "build again; the previous index still serves"
            ) from error
        return StoredVectors(vectors.pieces.is_compact, partial(_read, path))

    def clear(self) -> None:
        """Remove all: they stand in a generation now, or nobody wants them."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, vector_key: str, *, is_compact: bool) -> Path:
        form = "compact" if is_compact else "exact"
        return self.folder / f"{vector_key}-{FORMAT}-{form}.npz"


def _arrays(vectors: DocumentVectors) -> dict[str, Any]:
    pieces = {name: getattr(vectors.pieces, name) for name in _PIECES}
    return {"sentences": vectors.sentences, "passages": vectors.passages, **pieces}


def _read(path: Path) -> DocumentVectors:
    """Return the vectors in a file, whose checksums are compared."""
    with path.open("rb") as opened, np.load(opened) as file:  # which leaves a broken one open
        arrays: Mapping[str, NDArray[Any]] = dict(file)
    return DocumentVectors(
        sentences=arrays["sentences"],
        passages=arrays["passages"],
        pieces=DocumentPieces(**{name: arrays[name] for name in _PIECES}),
    )
