"""Measures of confidences: discrimination, selective answering, calibration.

Every statistic is of a whole set; one that cannot be had of it (no unanswerable question, fewer
questions than bins) is ``None``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np
from numpy.typing import NDArray

from eval.records import ReliabilityBin

N_BINS = 10

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Confidences:
    """Confidences of a set, all arrays of shape ``(n_questions,)``.

    Attributes:
        values: Confidence of each forced answer, in [0, 1].
        is_right: Whether that answers the question, by `question_judging.is_right`.
        is_answerable: Whether the question can be answered at all.
        took_ms: Wall time of each answer.
    """

    values: Floats
    is_right: Flags
    is_answerable: Flags
    took_ms: Floats

    def __len__(self) -> int:
        return len(self.values)

    def at(self, rows: NDArray[np.int64]) -> "Confidences":
        """Return the questions at ``rows``, which may repeat."""
        return Confidences(
            self.values[rows], self.is_right[rows], self.is_answerable[rows], self.took_ms[rows]
        )


Statistic = Callable[[Confidences], float | None]


def auroc(confidences: Confidences) -> float | None:
    """Return the probability that an answerable question has the higher confidence, in [0, 1].

    Mann and Whitney's U over its largest value; equal confidences count half; 0.5 is chance.

    Source:
        Hanley and McNeil (1982), doi:10.1148/radiology.143.1.7063747.
    """
    above, below = _split(confidences)
    if not len(above) or not len(below):
        return None
    lower = np.searchsorted(below, above, side="left")
    lower_or_equal = np.searchsorted(below, above, side="right")
    return float((lower + lower_or_equal).sum() / 2 / (len(above) * len(below)))


def risk_coverage(confidences: Confidences) -> tuple[tuple[float, float], ...]:
    """Return ``(coverage, risk)`` for every threshold, coverage ascending to 1.

    Coverage is the share of questions whose confidence reaches the threshold, risk the share of
    those that are not right (wrong, or not answerable at all). Equal confidences come in together.

    Source:
        El-Yaniv and Wiener (2010), On the Foundations of Noise-free Selective Classification,
        jmlr.org/papers/v11/el-yaniv10a.html.
    """
    n_in, n_wrong = _cumulated(confidences)
    return tuple(
        (float(n) / len(confidences), float(wrong) / float(n))
        for n, wrong in zip(n_in, n_wrong, strict=True)
    )


def aurc(confidences: Confidences) -> float | None:
    """Return the mean risk over the coverages 1/n, 2/n … 1, in [0, 1]; lower is better.

    Questions of equal confidence are in no order: each of them brings the mean wrongness of them
    all. A pipeline that is always wrong has 1.0.

    Source:
        Geifman, Uziel and El-Yaniv (2019), Bias-Reduced Uncertainty Estimation,
        arXiv:1805.08206, section 3.
    """
    if not len(confidences):
        return None
    n_in, n_wrong = _cumulated(confidences)
    at = np.arange(1, len(confidences) + 1)
    wrong = np.interp(at, np.concatenate([[0], n_in]), np.concatenate([[0], n_wrong]))
    return float((wrong / at).mean())


def coverage_at(share: float) -> Statistic:
    """Return the coverage when ``share`` of the unanswerable questions is let through, in [0, 1].

    The bar is the confidence of the unanswerable question at that share, counted from the top;
    covered are the answerable questions above it. ``None`` where either kind is missing.

    Source:
        The project's own scorer, whose ``coverage@20`` is that of 0.2; a point of the ROC curve.
    """

    def coverage(confidences: Confidences) -> float | None:
        above, below = _split(confidences)
        if not len(above) or not len(below):
            return None
        bar = below[::-1][min(len(below) - 1, int(share * len(below)))]
        return float((above > bar).mean())

    return coverage


def false_answers_at(coverage: float) -> Statistic:
    """Return the share of unanswerable questions answered at a coverage, in [0, 1].

    The threshold is the highest confidence that ``coverage`` of the answerable questions reach.
    ``None`` where either kind is missing.

    Source:
        The project's own; the false positive rate at a true positive rate, as in Hanley and McNeil
        (1982), doi:10.1148/radiology.143.1.7063747.
    """

    def false_answers(confidences: Confidences) -> float | None:
        above, below = _split(confidences)
        if not len(above) or not len(below):
            return None
        threshold = above[len(above) - max(1, ceil(coverage * len(above)))]
        return float((below >= threshold).mean())

    return false_answers


def ece(confidences: Confidences) -> float | None:
    """Return the expected calibration error over ten bins of equal mass, in [0, 1].

    Σ over bins of (questions in it / all) × |mean confidence − share right|. Biased upwards: a
    perfectly calibrated service has about .09 on 120 questions. Drawing questions anew adds to
    the bias, so that a bootstrap interval may lie above the value. ``None`` below ten questions.

    Source:
        Naeini, Cooper and Hauskrecht (2015), doi:10.1609/aaai.v29i1.9602; bins of equal mass as
        in Nixon et al. (2019), arXiv:1904.01685.
    """
    filled = bins(confidences)
    if not filled:
        return None
    gaps = (bin_.n * abs(bin_.confidence - bin_.accuracy) for bin_ in filled)
    return sum(gaps) / len(confidences)


def brier(confidences: Confidences) -> float | None:
    """Return the mean squared difference of confidence and rightness, in [0, 1]; lower is better.

    Source:
        Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
    """
    return (
        float(((confidences.values - confidences.is_right) ** 2).mean())
        if len(confidences)
        else None
    )


def bins(confidences: Confidences) -> tuple[ReliabilityBin, ...]:
    """Return ten bins of equal mass, confidence ascending; none below ten questions.

    Of equal confidences the wrong ones come first, so that a set has one binning.
    """
    if len(confidences) < N_BINS:
        return ()
    order = np.lexsort((confidences.is_right, confidences.values))
    edges = [round(at * len(confidences) / N_BINS) for at in range(N_BINS + 1)]
    parts = [order[low:high] for low, high in pairwise(edges)]
    return tuple(
        ReliabilityBin(
            float(confidences.values[part].mean()),
            float(confidences.is_right[part].mean()),
            len(part),
        )
        for part in parts
    )


def median_ms(confidences: Confidences) -> float | None:
    """Return the median wall time; of an even number the mean of the two in the middle."""
    return float(np.median(confidences.took_ms)) if len(confidences) else None


def p95_ms(confidences: Confidences) -> float | None:
    """Return the wall time at place ``⌊0.95 (n - 1)⌋`` of the ascending ones, counted from 0."""
    if not len(confidences):
        return None
    return float(np.sort(confidences.took_ms)[int(0.95 * (len(confidences) - 1))])


STATISTICS: Sequence[tuple[str, Statistic]] = (
    ("AUROC", auroc),
    ("AURC", aurc),
    ("coverage@20", coverage_at(0.2)),
    ("false answers@50", false_answers_at(0.5)),
    ("false answers@80", false_answers_at(0.8)),
    ("false answers@90", false_answers_at(0.9)),
    ("ECE", ece),
    ("Brier", brier),
    ("p50 ms", median_ms),
    ("p95 ms", p95_ms),
)
"""Statistics of a whole set by name; ``@`` is followed by per cent."""


def _split(confidences: Confidences) -> tuple[Floats, Floats]:
    """Return the confidences of answerable and of unanswerable questions, both ascending."""
    above, below = (
        confidences.values[confidences.is_answerable],
        confidences.values[~confidences.is_answerable],
    )
    return np.sort(above), np.sort(below)


def _cumulated(confidences: Confidences) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many questions reach each confidence, highest first, and how many are wrong."""
    order = np.argsort(-confidences.values, kind="stable")
    values, wrong = confidences.values[order], ~confidences.is_right[order]
    is_last = np.append(values[1:] != values[:-1], len(confidences) > 0)[: len(confidences)]
    return np.flatnonzero(is_last) + 1, np.cumsum(wrong)[is_last]
