"""Tells a difference of two runs from chance, with no assumption of how scores are distributed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

N_RESAMPLES = 10_000
SEED = 20_240
_EXACT_UP_TO = 12
"""So many differences have 4,096 sign patterns, which are all looked at."""
_CELLS = 2_000_000
"""Numbers held at a time."""

Values = NDArray[np.float64]
"""One number for each of ``n`` questions, shape ``(n,)``."""


def randomisation_p(differences: Sequence[float], *, n_resamples: int = N_RESAMPLES) -> float:
    """Return how often chance alone makes a mean difference this large, in (0, 1]; two-sided.

    Were the two runs alike, the sign of each difference would be a coin's toss. With few
    differences all sign patterns are counted; else ``n_resamples`` are drawn, always the same, and
    the pattern seen counts as one of them, so that the value is never 0. Differences of zero
    change nothing and are left out; 1.0 where there are no others.

    Args:
        differences: Later run less earlier run, one a question.
        n_resamples: Sign patterns drawn.

    Source:
        Fisher's randomisation test; Smucker, Allan and Carterette (2007),
        doi:10.1145/1321440.1321528.
    """
    array = np.asarray(differences, dtype=np.float64)
    array = array[array != 0]
    if not len(array):
        return 1.0
    seen = abs(array.sum()) - 1e-12  # sums that are equal on paper differ in the last bits
    if len(array) <= _EXACT_UP_TO:
        return float((np.abs(_all_signs(len(array)) @ array) >= seen).mean())
    return (_n_drawn_at_least(array, seen, n_resamples) + 1) / (n_resamples + 1)


def _all_signs(n: int) -> Values:
    """Return every pattern of ``n`` signs, shape ``(2 ** n, n)``."""
    bits = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    return np.asarray(1 - 2 * bits, dtype=np.float64)


def _n_drawn_at_least(array: Values, seen: float, n_resamples: int) -> int:
    generator = np.random.default_rng(SEED)
    n_at_once = max(1, _CELLS // len(array))
    n_reached = 0
    for at in range(0, n_resamples, n_at_once):
        size = (min(n_at_once, n_resamples - at), len(array))
        signs = 1 - 2 * generator.integers(2, size=size, dtype=np.int8)
        n_reached += int((np.abs(signs @ array) >= seen).sum())
    return n_reached
