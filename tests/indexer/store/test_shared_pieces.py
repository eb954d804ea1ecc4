"""Pieces that passages share are stored once; every number here was worked out by hand."""

import numpy as np
import pytest

from indexer.records import Passage, Span
from indexer.store.shared_pieces import parts_of, share


def passage(start: int, first: int, last: int, context: str = "Title. H") -> Passage:
    return Passage("d", Span(start, start + 9), (), first, last, context)


def test_passages_have_their_context_in_common_and_no_sentence() -> None:
    first, second, third = parts_of([passage(0, 0, 1), passage(5, 1, 1), passage(9, 2, 2, "I")])

    assert first[0] == second[0] == "Title. H"
    assert third[0] == "I"
    assert [len(parts) for parts in (first, second, third)] == [3, 2, 2]
    assert len({*first, *second, *third}) == 6


def test_a_shared_part_is_stored_once_with_the_mean_of_its_vectors() -> None:
    # context c and sentence a; context c again, sentences a and b
    vectors = np.asarray([[1, 0], [1, 0], [0, 1], [1, 0], [0, 1]], dtype=np.float32)
    lengths = [np.asarray([1, 1]), np.asarray([1, 1, 1])]

    stored, begins = share(vectors, lengths, [["c", "a"], ["c", "a", "b"]])

    assert begins == [[0, 1], [0, 1, 2]]
    half = np.sqrt(0.5)
    assert stored == pytest.approx(np.asarray([[half, half], [1, 0], [0, 1]]), abs=1e-6)


def test_equal_parts_with_other_numbers_of_pieces_are_not_shared() -> None:
    vectors = np.ones((3, 2), dtype=np.float32)

    stored, begins = share(vectors, [np.asarray([1]), np.asarray([2])], [["c"], ["c"]])

    assert begins == [[0], [1]]
    assert len(stored) == 3
