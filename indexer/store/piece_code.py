"""How vectors of word-pieces are stored: a byte a component; in large indexes by quantisation.

By product quantisation a vector is cut into parts, and of each part the index keeps which of 256
typical ones it is nearest to; then the same of what is left of the vector. The typical parts were
learnt once (`indexer.encoder.building.piece_book_fitting`) and ship with the encoder that they
belong to, so that a vector is stored alike in every index, whatever else is in it.

Source:
    Jégou, Douze and Schmid (2011), Product quantization, 10.1109/TPAMI.2010.57; Chen, Guan and
    Wang (2010), Approximate nearest neighbor search by residual vector quantization.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.records import Vectors

Codes = NDArray[np.uint8] | NDArray[np.int8]
"""Vectors as they are stored, ``(n_vectors, bytes)``."""

Parts = NDArray[np.float32]
"""Typical parts of vectors, ``(n_parts, 256, width of a part)``."""

Book = tuple[Parts, ...]
"""Typical parts of vectors, then those of what is left when they are taken away, and so on."""

_SCALE = 127
_ROWS_AT_ONCE = 4096


class PieceCode(Protocol):
    """A way to store unit vectors."""

    def encode(self, vectors: Vectors) -> Codes:
        """Return unit ``vectors`` as they are stored."""

    def decode(self, codes: NDArray[Any]) -> Vectors:
        """Return stored vectors, ``(n_vectors, width)``, nearly of norm 1."""


class ByteCode:
    """A byte a component."""

    def encode(self, vectors: Vectors) -> NDArray[np.int8]:
        """Return ``vectors`` times 127, rounded."""
        return np.rint(vectors * _SCALE).astype(np.int8)

    def decode(self, codes: NDArray[Any]) -> Vectors:
        """Return stored vectors, to within 1/254 in each component."""
        return codes.astype(np.float32) * np.float32(1 / _SCALE)


class ProductCode:
    """A byte for each part of a vector, and then for each part of what is left of it.

    Attributes:
        book: The typical parts.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self._stages = tuple(_Stage(parts) for parts in book)

    def encode(self, vectors: Vectors) -> NDArray[np.uint8]:
        """Return for each part of each vector the number of the nearest typical one."""
        rest, codes = vectors, []
        for stage in self._stages:
            codes.append(stage.encode(rest))
            rest = rest - stage.decode(codes[-1])
        return np.concatenate(codes, axis=1)

    def decode(self, codes: NDArray[Any]) -> Vectors:
        """Return the vectors made of typical parts, made unit again."""
        vectors = self.decode_as_is(codes)
        norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
        vectors /= np.maximum(norms, 1e-9)[:, None]
        return vectors

    def decode_as_is(self, codes: NDArray[Any]) -> Vectors:
        """Return the vectors made of typical parts, which are shorter than unit ones."""
        vectors: Vectors = np.zeros(1, dtype=np.float32)
        first = 0
        for stage in self._stages:
            vectors = vectors + stage.decode(codes[:, first : first + stage.n_parts])
            first += stage.n_parts
        return vectors


class _Stage:
    """Vectors cut into parts.

    Attributes:
        n_parts: How many.
    """

    def __init__(self, parts: Parts) -> None:
        self.n_parts, n_words, width = parts.shape
        self._parts = parts
        self._words = np.ascontiguousarray(parts).reshape(self.n_parts * n_words, width)
        self._firsts = np.arange(self.n_parts) * n_words

    def encode(self, vectors: Vectors) -> NDArray[np.uint8]:
        cut = vectors.reshape(len(vectors), self.n_parts, self._words.shape[1])
        codes = np.empty((len(vectors), self.n_parts), dtype=np.uint8)
        for first in range(0, len(vectors), _ROWS_AT_ONCE):
            rows = slice(first, first + _ROWS_AT_ONCE)
            for part, words in enumerate(self._parts):
                codes[rows, part] = nearest(cut[rows, part], words)
        return codes

    def decode(self, codes: NDArray[Any]) -> Vectors:
        vectors: Vectors = self._words.take(codes + self._firsts, axis=0)
        return vectors.reshape(len(codes), self.n_parts * self._words.shape[1])


def piece_code(book: Book | None) -> PieceCode:
    """Return the code of a book, or a byte a component where there is none."""
    return ByteCode() if book is None else ProductCode(book)


def nearest(vectors: Vectors, words: Vectors) -> NDArray[np.int64]:
    """Return for each of ``vectors`` which of ``words`` is nearest."""
    halves = np.einsum("ij,ij->i", words, words) / 2
    positions: NDArray[np.int64] = (vectors @ words.T - halves).argmax(axis=1)
    return positions
