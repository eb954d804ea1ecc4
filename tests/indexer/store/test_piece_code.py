"""Vectors are stored small and come back near to what they were."""

import numpy as np
import pytest

from indexer.records import Vectors
from indexer.store.piece_code import ByteCode, ProductCode, piece_code


def unit(*rows: tuple[float, ...]) -> Vectors:
    vectors = np.asarray(rows, dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def test_a_byte_a_component_is_right_to_within_a_hundredth() -> None:
    vectors = unit((0.6, 0.8), (-1.0, 0.0))

    kept = ByteCode().encode(vectors)

    assert kept.dtype == np.int8
    assert ByteCode().decode(kept) == pytest.approx(vectors, abs=0.005)


def test_each_part_of_a_vector_is_stored_as_the_nearest_typical_one() -> None:
    book = np.zeros((2, 256, 2), dtype=np.float32)
    book[0, :3] = [(0.0, 0.5), (0.5, 0.0), (0.9, 0.9)]
    book[1, :3] = [(0.0, 0.0), (0.0, -0.6), (-0.6, 0.0)]
    code = ProductCode((book,))

    kept = code.encode(unit((0.8, 0.1, -0.1, -0.6), (0.0, 0.7, -0.7, 0.0)))

    assert kept.tolist() == [[1, 1], [0, 2]]
    wanted = unit((0.5, 0.0, 0.0, -0.6), (0.0, 0.5, -0.6, 0.0))
    assert code.decode(kept) == pytest.approx(wanted, abs=1e-6)


def test_what_is_left_of_a_vector_is_stored_next() -> None:
    parts = np.zeros((1, 256, 2), dtype=np.float32)
    parts[0, 1] = (0.7, 0.7)
    rest = np.zeros((2, 256, 1), dtype=np.float32)
    rest[0, 1], rest[1, 2] = -0.1, 0.1
    code = ProductCode((parts, rest))

    kept = code.encode(unit((0.6, 0.8)))

    assert kept.tolist() == [[1, 1, 2]]
    assert code.decode(kept) == pytest.approx(unit((0.6, 0.8)), abs=1e-6)


def test_an_encoder_without_a_book_has_a_byte_a_component() -> None:
    assert isinstance(piece_code(None), ByteCode)
    assert isinstance(piece_code((np.zeros((1, 256, 1), dtype=np.float32),)), ProductCode)
