"""95 % bootstrap intervals, drawn as the project's own scorer draws them.

The draws are those of Python's ``random.Random(0).choices``, made a thousand times faster, so that
both programs print the same digits of one set of answers.
"""

import random
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from eval.measures.confidence_measures import Confidences, Statistic
from eval.records import Estimate

N_ROUNDS = 1000
_LOW, _HIGH = 25, 974
"""Places of the bounds among the sorted rounds, from 0."""
_STATE_WORDS = 624

Draws = NDArray[np.int64]
"""Rows drawn with replacement, shape ``(N_ROUNDS, n)``."""


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean of at least one value with its interval.

    Source:
        Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    array = np.asarray(values, dtype=np.float64)
    means = np.sort(array[draws(len(array))].mean(axis=1))
    return Estimate(float(array.mean()), float(means[_LOW]), float(means[_HIGH]), len(array))


def estimate_statistic(confidences: Confidences, statistic: Statistic) -> Estimate | None:
    """Return a statistic of a set with its interval, or ``None`` where it cannot be had.

    Rounds that draw, say, no unanswerable question are passed over.
    """
    value = statistic(confidences)
    if value is None:
        return None
    return _around(
        value,
        (statistic(confidences.at(rows)) for rows in draws(len(confidences))),
        len(confidences),
    )


def estimate_share(counted: Sequence[tuple[int, int]]) -> Estimate | None:
    """Return a share of all quotes, questions drawn, or ``None`` where there are no quotes.

    Args:
        counted: For each question, quotes that have it and quotes there are.
    """
    array = np.asarray(counted, dtype=np.int64).reshape(-1, 2)
    n_with, n_all = array.sum(axis=0)
    if not n_all:
        return None
    sums = array[draws(len(array))].sum(axis=1)
    rounds = (float(with_it / total) for with_it, total in sums if total)
    return _around(float(n_with / n_all), rounds, int(n_all))


def estimate_difference(values: Sequence[float], *, is_inside: Sequence[bool]) -> Estimate:
    """Return a group's mean minus that of all, with its interval; all questions are drawn.

    Args:
        values: One a question.
        is_inside: Whether the question is in the group; at least one is.
    """
    array, inside = np.asarray(values, dtype=np.float64), np.asarray(is_inside, dtype=np.bool_)
    drawn = draws(len(array))
    n_inside = inside[drawn].sum(axis=1)
    means = (array * inside)[drawn].sum(axis=1)[n_inside > 0] / n_inside[n_inside > 0]
    differences = means - array[drawn].mean(axis=1)[n_inside > 0]
    difference = float(array[inside].mean() - array.mean())
    return _around(difference, map(float, differences), int(inside.sum()))


@lru_cache(maxsize=16)
def draws(n: int) -> Draws:
    """Return which of ``n`` questions each round draws."""
    _, state, _ = random.Random(0).getstate()  # noqa: S311 - for drawing, not for secrets
    twister = np.random.MT19937()
    twister.state = {
        "bit_generator": "MT19937",
        "state": {"key": np.array(state[:_STATE_WORDS], np.uint32), "pos": state[_STATE_WORDS]},
    }
    drawn: Draws = (np.random.Generator(twister).random((N_ROUNDS, n)) * n).astype(np.int64)
    return drawn


def _around(value: float, rounds: Iterable[float | None], n: int) -> Estimate:
    """Return a value with the bounds of its rounds, ``None`` ones left out."""
    kept = sorted(round_value for round_value in rounds if round_value is not None)
    low, high = (kept[at * len(kept) // N_ROUNDS] for at in (_LOW, _HIGH))
    return Estimate(value, low, high, n)
