"""Rows, each once."""

import numpy as np

from indexer.records import Rows


def distinct(rows: Rows) -> Rows:
    """Return the different values of ``rows``, of any shape, ascending.

    NumPy's own ``unique`` does the same, but imports masked arrays first: 40 ms of a start.
    """
    ascending = np.sort(rows, axis=None)
    is_first = np.ones(len(ascending), dtype=bool)
    is_first[1:] = ascending[1:] != ascending[:-1]
    return ascending[is_first]
