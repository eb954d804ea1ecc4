"""Chooses the setting with the best mean score, and cross-validates the choice."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.records import JudgedQuestion

N_FOLDS = 5

Matrix = NDArray[np.float64]
"""Scores, shape ``(n_settings, n_questions)``; higher is better."""
Folds = NDArray[np.int64]
"""Fold of each question, 0 to ``N_FOLDS - 1``, shape ``(n_questions,)``."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The setting that scores best on average; of equals the first.

    Attributes:
        row: Which one.
        mean: Its mean over all questions.
        expected: Mean of such a choice on unseen questions: for each fold, the setting that the
            other folds choose is scored on it.
    """

    row: int
    mean: float
    expected: float


def choose(scores: Matrix, folds: Folds) -> Choice:
    """Choose a setting by its mean, and cross-validate the choosing.

    Source:
        Stone (1974), Cross-Validatory Choice and Assessment of Statistical Predictions,
        doi:10.1111/j.2517-6161.1974.tb00994.x.
    """
    row = _best(scores)
    unseen = np.empty(scores.shape[1])
    for fold in np.unique(folds):
        inside = folds == fold
        outside = scores[:, ~inside] if not inside.all() else scores
        unseen[inside] = scores[_best(outside), inside]
    return Choice(row, float(scores[row].mean()), float(unseen.mean()))


def folds_of(questions: Sequence[JudgedQuestion]) -> Folds:
    """Deal questions into folds in turn, those of one language and answerability evenly."""
    seen: defaultdict[tuple[bool, str], int] = defaultdict(int)
    folds = []
    for question in questions:
        kind = (question.is_answerable, question.language)
        folds.append(seen[kind] % N_FOLDS)
        seen[kind] += 1
    return np.array(folds, dtype=np.int64)


def _best(scores: Matrix) -> int:
    """Return the first row whose mean is the largest, differences in the last bits aside."""
    means = scores.mean(axis=1)
    return int(np.flatnonzero(means >= means.max() - 1e-12)[0])
