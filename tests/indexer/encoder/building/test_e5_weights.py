"""The package's file is read number by number."""

from pathlib import Path

import numpy as np
import pytest

from indexer.encoder.building.e5_weights import QuantisedMatrix, read_weights, weights_path
from indexer.errors import EncoderError
from tests.indexer.encoder.building.tiny_e5 import INNER, PIECES, WIDTH, write_tiny_e5


def test_a_matrix_is_its_small_numbers_times_the_scale_of_their_block() -> None:
    values = np.asarray([[1] * 32 + [-8] * 32], dtype=np.int8)

    dense = QuantisedMatrix(values, np.asarray([[0.5, 0.25]], dtype=np.float32)).dense

    assert dense.tolist() == [[0.5] * 32 + [-2.0] * 32]


def test_vocabulary_and_arrays_have_their_shapes(tmp_path: Path) -> None:
    write_tiny_e5(tmp_path / "tiny.bin")

    weights = read_weights(tmp_path / "tiny.bin")

    assert weights.pieces == PIECES
    assert weights.scores.tolist() == [-float(at) for at in range(len(PIECES))]
    assert weights.words.values.shape == (len(PIECES), WIDTH)
    assert weights.arrays["l0.fi.w"].shape == (INNER, WIDTH)
    assert weights.arrays["l0.fo.w"].shape == (WIDTH, INNER)
    assert (weights.n_layers, weights.n_heads) == (1, 2)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))

    with pytest.raises(EncoderError, match="pinned version"):
        read_weights(tmp_path / "other.bin")


def test_the_package_has_the_file() -> None:
    assert weights_path().stat().st_size > 70_000_000
