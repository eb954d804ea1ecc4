"""Writes rows of an array into a file as they come."""

import io
import zlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray

from indexer.store.checked_rows import BLOCK_BYTES, sums_path

_HEADER_BYTES = 128
"""Room for the header, which says how many rows there are and so is written last."""


class RowsWriter:
    """Appends to an array file; it is whole when the ``with`` block ends.

    Attributes:
        n_rows: How many were written so far.
    """

    def __init__(
        self,
        path: Path,
        *,
        dtype: DTypeLike,
        width: int | None = None,
        has_sums: bool = False,
    ) -> None:
        """Begin a file at ``path``.

        Args:
            path: Where to, ending in ``.npy``.
            dtype: Of the components.
            width: Components of a row; ``None``: a row is a number.
            has_sums: Whether checksums of its blocks are written beside it: see `CheckedRows`.
        """
        self._path, self._has_sums = path, has_sums
        self._dtype, self._row_shape = np.dtype(dtype), () if width is None else (width,)
        self._file = path.open("w+b")
        self._file.write(bytes(_HEADER_BYTES))
        self.n_rows = 0

    def append(self, rows: NDArray[Any]) -> None:
        """Append ``rows``, ``(n, width)`` or ``(n,)``."""
        checked = np.ascontiguousarray(rows, dtype=self._dtype).reshape(-1, *self._row_shape)
        self._file.write(checked.data)
        self.n_rows += len(checked)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._file:
            if kind is None:
                self._file.seek(0)
                self._file.write(self._header())
                if self._has_sums:
                    self._file.seek(0)
                    np.save(sums_path(self._path), self._sums())

    def _header(self) -> bytes:
        header = io.BytesIO()
        shape = (self.n_rows, *self._row_shape)
        descr = npy.dtype_to_descr(self._dtype)
        npy.write_array_header_1_0(header, {"descr": descr, "fortran_order": False, "shape": shape})
        return header.getvalue()

    def _sums(self) -> NDArray[np.uint32]:
        blocks = iter(lambda: self._file.read(BLOCK_BYTES), b"")
        return np.fromiter((zlib.crc32(block) for block in blocks), dtype=np.uint32)
