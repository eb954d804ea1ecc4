"""Rows of an array file, memory-mapped, checked block by block when they are first read.

Beside ``NAME.npy`` stands ``NAME.sums.npy`` with the CRC-32 of every block of the file, its header
included. What is never read costs nothing, and what does not fit its checksum is never given out.
"""

import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
        for block in np.unique(blocks[~self._is_checked[blocks]]).tolist():
            content = self._bytes[block * BLOCK_BYTES : (block + 1) * BLOCK_BYTES]
            if zlib.crc32(content.data) != self._sums[block]:
                self.damaged = self._path
                raise IndexDamagedError(
                    f"{self._path} does not fit its checksum (block {block}); rebuild it with "
                    "`make index` or `python -m indexer build`"
                )
            self._is_checked[block] = True


def sums_path(path: Path) -> Path:
    """Return where the checksums of the blocks of ``path`` stand."""
    return path.with_name(path.name.removesuffix(".npy") + _SUMS)
