"""Windows of three sentences: a sentence and its neighbours in the same text.

A window's vector is the mean of its sentences' vectors. That costs no embedding and ranks as well
as one embedded whole (docs/decisions.md, D3).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.records import Rows, Vectors


def window_sums(
    rows: Rows, texts: NDArray[np.integer[Any]], vectors_of: Callable[[Rows], Vectors]
) -> Vectors:
    """Return the sum of each sentence's vector and its neighbours', ``(n, dimension)``.

    Args:
        rows: Rows of the sentences.
        texts: For every sentence there is, which text holds it.
        vectors_of: Returns the vectors of rows.
    """
    sums = vectors_of(rows)
    for step in (-1, 1):
        neighbours = np.clip(rows + step, 0, len(texts) - 1)
        is_near = (texts[neighbours] == texts[rows]) & (neighbours != rows)
        sums = sums + vectors_of(neighbours) * is_near[:, None]
    return sums
