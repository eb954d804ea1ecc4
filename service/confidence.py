"""From scores to the calibrated probability that the quotes answer, and why they may not.

A logistic regression (Platt, 1999) on three signals that do not depend on how a question is put:
the cosine of the best window of three sentences, what the reader found in all that it read, and
whether the question names something that the corpus does not know. Fitted on the 120 questions of
the development set, asked of the five source reports as PDF; the target is that every required
string stands in the quotes (docs/decisions.md, D8).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

THRESHOLD = 0.59
"""Below this confidence a question is refused: on the development set 84 % of the answerable
questions pass, and 30 % of the unanswerable ones."""

RELEVANCE_FLOOR = 0.25
"""Below this cosine of the best passage a refused question is not about the corpus at all."""

_INTERCEPT, _PER_WINDOW, _PER_UNKNOWN, _PER_READING = -0.415, 0.958, -1.447, 0.58


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against an answer.

    Attributes:
        best_window: Largest cosine of a window of three sentences, in [-1, 1].
        best_dense: Largest cosine of a passage, in [-1, 1].
        reading: Log-odds that any of the read sentences answers, at least 0: see `any_answers`.
        unknown: Names and years of the question that the corpus does not have.
    """

    best_window: float
    best_dense: float
    reading: float
    unknown: tuple[str, ...]


def any_answers(log_odds: Iterable[float]) -> float:
    """Return ``log(1 + sum(exp(x)))``: the reader's scores pooled, its null being 0."""
    return math.log1p(sum(math.exp(min(x, 50.0)) for x in log_odds))


def confidence(evidence: Evidence) -> float:
    """Return the probability that the quotes answer the question, in [0, 1]."""
    odds = (
        _INTERCEPT
        + _PER_WINDOW * evidence.best_window
        + _PER_UNKNOWN * bool(evidence.unknown)
        + _PER_READING * evidence.reading
    )
    return 1 / (1 + math.exp(-odds))
