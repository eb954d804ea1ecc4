"""Rows of an array file, checked block by block when they are first read.

Beside ``NAME.npy`` stands ``NAME.sums.npy`` with the CRC-32 of every block of the file, its header
included. What is never read costs nothing, and what does not fit its checksum is never given out.

Stretches of rows are read and not mapped: a page that is mapped once counts as this process's
memory for good, and finding it again takes as long as reading it.
"""

import os
import weakref
import zlib
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from indexer.distinct_rows import distinct
from indexer.errors import IndexDamagedError
from indexer.records import Rows

BLOCK_BYTES = 1 << 14
"""Small enough that a single row costs little: some five microseconds."""

_SUMS = ".sums.npy"


class CheckedRows:
    """The rows of one file.

    Attributes:
        n_rows: How many there are.
        damaged: Its path, once a block did not fit its checksum.
    """

    def __init__(self, path: Path) -> None:
        """Map the file at ``path``, which `indexer.store.writing.rows_writer` wrote.

        Raises:
            OSError: It is not there.
            ValueError: It is no array, or its first block does not fit its checksum.
        """
        self._path = path
        rows = np.load(path, mmap_mode="r")
        self._rows: NDArray[Any] = rows.view(np.ndarray)
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
        self._sums = np.load(sums_path(path))
        self._header = int(rows.offset) if isinstance(rows, np.memmap) else 0
        self._width = rows.itemsize * int(np.prod(rows.shape[1:]))
        self._is_checked = np.zeros(len(self._sums), dtype=bool)
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self.n_rows = len(rows)
        self.damaged: Path | None = None
        if len(self._sums) != -(-len(self._bytes) // BLOCK_BYTES):
            raise ValueError(f"{sums_path(path).name} is of another file")
        self._check(np.zeros(1, dtype=np.int64))

    def take(self, rows: Rows) -> NDArray[Any]:
        """Return the rows at ``rows``, copied.

        Raises:
            IndexDamagedError: A block that holds one of them does not fit its checksum.
        """
        firsts = self._header + rows * self._width
        lasts = firsts + max(self._width - 1, 0)
        self._check(np.concatenate([firsts, lasts]) // BLOCK_BYTES)
        return self._rows[rows]

    def stretches(self, starts: Rows, stops: Rows) -> NDArray[Any]:
        """Return rows ``starts[0]`` up to ``stops[0]``, then the next ones, in one array.

        Stretches that follow each other in the file are read at once.

        Raises:
            IndexDamagedError: As `take`.
        """
        rows = np.empty((int((stops - starts).sum()), *self._rows.shape[1:]), self._rows.dtype)
        if not len(rows):
            return rows
        is_first = np.concatenate([[True], starts[1:] != stops[:-1]])
        firsts = np.flatnonzero(is_first)
        lasts = np.concatenate([firsts[1:], [len(starts)]]) - 1
        target, at = rows.data.cast("B"), 0
        for start, stop in zip(starts[firsts].tolist(), stops[lasts].tolist(), strict=True):
            n_bytes = (stop - start) * self._width
            self._read(self._header + start * self._width, target[at : at + n_bytes])
            at += n_bytes
        return rows

    def _read(self, offset: int, target: memoryview) -> None:
        """Fill ``target`` with the bytes from ``offset`` on."""
        if not len(target):
            return
        first, last = offset // BLOCK_BYTES, (offset + len(target) - 1) // BLOCK_BYTES
        if self._is_checked[first : last + 1].all():
            if os.preadv(self._file, [target], offset) != len(target):
                self._refuse(last)
            return
        blocks = os.pread(self._file, (last - first + 1) * BLOCK_BYTES, first * BLOCK_BYTES)
        for block in range(first, last + 1):
            begin = (block - first) * BLOCK_BYTES
            if zlib.crc32(blocks[begin : begin + BLOCK_BYTES]) != self._sums[block]:
                self._refuse(block)
            self._is_checked[block] = True
        begin = offset - first * BLOCK_BYTES
        target[:] = blocks[begin : begin + len(target)]

    def between(self, start: int, stop: int) -> NDArray[Any]:
        """Return rows ``start`` up to ``stop``, as a view.

        Raises:
            IndexDamagedError: As `take`.
        """
        if stop > start:
            first, last = (self._header + row * self._width for row in (start, stop))
            self._check(np.arange(first // BLOCK_BYTES, (last - 1) // BLOCK_BYTES + 1))
        return self._rows[start:stop]

    def _check(self, blocks: NDArray[np.int64]) -> None:
        """Compare those of ``blocks`` that were not read before with their checksums."""
        for block in distinct(blocks[~self._is_checked[blocks]]).tolist():
            content = self._bytes[block * BLOCK_BYTES : (block + 1) * BLOCK_BYTES]
            if zlib.crc32(content.data) != self._sums[block]:
                self._refuse(block)
            self._is_checked[block] = True

    def _refuse(self, block: int) -> NoReturn:
        self.damaged = self._path
        raise IndexDamagedError(
            f"{self._path} does not fit its checksum (block {block}); rebuild it with "
            "`make index` or `python -m indexer build`"
        )


def sums_path(path: Path) -> Path:
    """Return where the checksums of the blocks of ``path`` stand."""
    return path.with_name(path.name.removesuffix(".npy") + _SUMS)
