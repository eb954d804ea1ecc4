import numpy as np
import pytest

from indexer.store.byte_vectors import from_bytes, to_bytes


def test_cosines_are_kept_to_three_digits() -> None:
    vectors = np.random.default_rng(3).standard_normal((300, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    kept = from_bytes(to_bytes(vectors))

    assert np.linalg.norm(kept, axis=1) == pytest.approx(1.0, abs=1e-6)
    assert np.abs(kept @ vectors.T - vectors @ vectors.T).max() < 0.004


def test_a_vector_along_one_axis_stays_there() -> None:
    vector = np.eye(1, 384, 5, dtype=np.float32)

    assert to_bytes(-vector)[0, 5] == -127
    assert from_bytes(to_bytes(vector)) == pytest.approx(vector)
