"""Unit vectors in a byte a component."""

from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.records import Vectors

ByteVectors = NDArray[np.int8]
"""Embeddings as they are stored, ``(n, dimension)``."""

_LARGEST = 127
_SPREAD = 6.0
"""Components of an encoder's unit vectors, times the root of the dimension, are about 1; of a
thousand vectors none has one above 5 but for a few that say nothing. Larger ones are cut off."""


def to_bytes(vectors: Vectors) -> ByteVectors:
    """Return unit ``vectors`` as they are stored: cosines change by .0006."""
    scale = _LARGEST * sqrt(vectors.shape[1]) / _SPREAD
    stored: ByteVectors = np.clip(np.rint(vectors * scale), -_LARGEST, _LARGEST).astype(np.int8)
    return stored


def from_bytes(stored: NDArray[Any]) -> Vectors:
    """Return stored vectors as float32, made unit again."""
    vectors = stored.astype(np.float32)
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    vectors /= np.maximum(norms, 1e-9)[:, None]
    return vectors
