"""Rows come out once, in order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.distinct_rows import distinct


def test_rows_of_any_shape_come_out_once_and_ascending() -> None:
    rows = np.array([[3, 1, 3], [2, 1, 7]])

    assert distinct(rows).tolist() == [1, 2, 3, 7]


@given(st.lists(st.integers(-5, 5), max_size=30))
def test_distinct_rows_are_those_of_numpy(rows: list[int]) -> None:
    many = np.array(rows, dtype=np.int64)

    assert distinct(many).tolist() == np.unique(many).tolist()
    assert distinct(many).dtype == np.int64
