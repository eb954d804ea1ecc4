"""From scores to the calibrated probability that the quotes answer, and why they may not.

A logistic regression (Platt, 1999) on two signals that do not depend on how a question is put: the
cosine of the best window of three sentences, and whether the question names something that the
corpus does not know. Fitted on the 120 questions of the development set, asked of the five source
reports as text and as PDF; the target is that every required string stands in the quotes.
"""

import math
from dataclasses import dataclass

THRESHOLD = 0.437
"""Below this confidence a question is refused: 88 % of the answerable questions of the development
set pass, and 35 % of the unanswerable ones (docs/decisions.md)."""

RELEVANCE_FLOOR = 0.25
"""Below this cosine of the best passage a refused question is not about the corpus at all."""

_INTERCEPT, _PER_WINDOW, _PER_UNKNOWN = -1.788, 3.11, -0.865


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against an answer.

    Attributes:
        best_window: Largest cosine of a window of three sentences, in [-1, 1].
        best_dense: Largest cosine of a passage, in [-1, 1].
        unknown: Names and years of the question that the corpus does not have.
    """

    best_window: float
    best_dense: float
    unknown: tuple[str, ...]


def confidence(evidence: Evidence) -> float:
    """Return the probability that the quotes answer the question, in [0, 1]."""
    odds = _INTERCEPT + _PER_WINDOW * evidence.best_window + _PER_UNKNOWN * bool(evidence.unknown)
    return 1 / (1 + math.exp(-odds))
