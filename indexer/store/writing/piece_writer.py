"""Writes the late-interaction index, document by document."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from indexer.store.late_interaction import (
    BOOK,
    CODES,
    COUNTS,
    DOCUMENT_COUNTS,
    DOCUMENT_STARTS,
    PLACES,
    RUNS,
    STARTS,
    Counts,
    DocumentPieces,
    no_pieces,
)
from indexer.store.piece_code import Book
from indexer.store.writing.rows_writer import RowsWriter


class PieceCounts:
    """Counts in how many passages each word-piece stands.

    Attributes:
        counts: Passages that have it, by vocabulary id.
        n_passages: Passages that have pieces.
    """

    def __init__(self) -> None:
        self.counts = np.zeros(1, dtype=np.int32)
        self.n_passages = 0

    def append(self, pieces: DocumentPieces) -> None:
        """Count the pieces of the next document."""
        ids, n_with = pieces.counts[:, 0], pieces.counts[:, 1].astype(np.int32)
        n_ids = int(ids.max(initial=0)) + 1
        if n_ids > len(self.counts):
            self.counts = np.pad(self.counts, (0, n_ids - len(self.counts)))
        self.counts[ids] += n_with
        self.n_passages += int(np.count_nonzero(np.diff(pieces.starts[:, 1])))


class PieceWriter:
    """Appends documents to a folder that `PieceIndex` opens; whole when the ``with`` block ends."""

    def __init__(self, folder: Path, *, book: Book | None) -> None:
        """Begin an index in ``folder``, which is made.

        Args:
            folder: Where to.
            book: By which the vectors are stored; ``None``: a byte a component.
        """
        self._folder, self._book = folder, book
        self._files = ExitStack()
        folder.mkdir()
        self._starts = self._files.enter_context(
            RowsWriter(folder / STARTS, dtype=np.int64, width=2)
        )
        self._runs = self._files.enter_context(RowsWriter(folder / RUNS, dtype=np.uint16))
        self._places = self._files.enter_context(RowsWriter(folder / PLACES, dtype=np.int32))
        self._codes: RowsWriter | None = None  # the first pieces say how wide
        self._end = np.zeros(2, dtype=np.int64)
        self._starts.append(self._end)
        self._counts = PieceCounts()
        self._document_counts: list[Counts] = []

    def append(self, pieces: DocumentPieces) -> None:
        """Append the pieces of the next document."""
        self._starts.append(pieces.starts[1:] + self._end)
        self._end = self._end + pieces.starts[-1]
        self._runs.append(pieces.runs)
        self._places.append(pieces.places)
        if len(pieces.codes):
            self._codes = self._codes or self._open_codes(pieces)
            self._codes.append(pieces.codes)
        self._counts.append(pieces)
        self._document_counts.append(pieces.counts)

    def _open_codes(self, pieces: DocumentPieces) -> RowsWriter:
        """Begin the file of codes like those of ``pieces``."""
        return self._files.enter_context(
            RowsWriter(
                self._folder / CODES,
                dtype=pieces.codes.dtype,
                width=pieces.codes.shape[1],
                has_sums=True,
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None and self._codes is None:
            self._open_codes(no_pieces(0))
        self._files.__exit__(kind, error, trace)
        if kind is None:
            np.save(self._folder / COUNTS, self._counts.counts)
            lengths = [len(counts) for counts in self._document_counts]
            np.save(self._folder / DOCUMENT_STARTS, np.cumsum([0, *lengths], dtype=np.int64))
            counts = [no_pieces(0).counts, *self._document_counts]
            np.save(self._folder / DOCUMENT_COUNTS, np.concatenate(counts))
            for stage, parts in enumerate(self._book or ()):
                np.save(self._folder / BOOK.format(stage), parts)
