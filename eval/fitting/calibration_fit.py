"""Fits the calibration of confidences to judged questions, and measures it on unseen questions.

sets, each with its index ─▶ evidence and whether the quotes are right ─▶ logistic regression
                                     └─▶ cross-fitted confidences ─▶ threshold, figures
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from eval.errors import TuningError
from eval.fitting.cross_validation import folds_of
from eval.fitting.tuning import FEWEST, QuestionFile
from eval.measures.confidence_measures import Confidences, auroc, ece
from eval.measures.question_judging import judge_question
from eval.records import JudgedQuestion
from eval.runs.pipelines import Pipeline
from eval.runs.recording import describe_run
from service.pipeline.confidence import Calibration, Evidence

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MOST_FALSE_ANSWERS = 0.10
"""Share of the unanswerable questions that may be answered at most (docs/decisions.md, D58)."""

_MARGIN = 0.04
"""Added to the threshold: near misses that nobody had in mind fare worse than those of the fit, and
many of them lie just above it (docs/decisions.md, D58)."""

_REGULARISATION = 100.0
"""Inverse strength of the L2 penalty: hardly any, for three weights on hundreds of questions."""


class Examiner(Pipeline, Protocol):
    """A pipeline that shows the evidence for its answers."""

    def evidence(self, question: JudgedQuestion) -> Evidence:
        """Return the evidence for and against answering a question."""


@dataclass(frozen=True, slots=True)
class CalibrationSet:
    """A question set and the pipeline to ask."""

    file: QuestionFile
    pipeline: Examiner


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A calibration and its measures on unseen questions.

    Attributes:
        calibration: Fitted to all questions.
        n_questions: How many they are.
        ece: Expected calibration error of cross-fitted confidences, in [0, 1].
        auroc: Of each set's cross-fitted confidences, answerable against unanswerable, in [0, 1].
        answered: Shares of answerable and of unanswerable questions that pass a threshold which,
            like their confidence, was fitted without them.
    """

    calibration: Calibration
    n_questions: int
    ece: float | None
    auroc: tuple[float | None, ...]
    answered: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Rows:
    """All questions of all sets, arrays of shape ``(n_questions, …)``."""

    signals: Floats
    is_right: Flags
    is_answerable: Flags
    folds: NDArray[np.int64]
    of_set: NDArray[np.int64]


def calibrate(sets: Sequence[CalibrationSet]) -> Calibrated:
    """Fit a calibration to ``sets``; its figures are of fits that left each question out.

    Source:
        Platt (1999), Probabilistic Outputs for Support Vector Machines.

    Raises:
        TuningError: There are too few questions, or all are right or all wrong.
    """
    rows = _rows(sets)
    if len(rows.is_right) < FEWEST or rows.is_right.all() or not rows.is_right.any():
        raise TuningError(
            f"{len(rows.is_right)} questions, {rows.is_right.sum()} of them answered rightly; "
            f"wanted at least {FEWEST} questions, some answered rightly and some not"
        )
    unseen = np.empty(len(rows.is_right))
    passes = np.empty(len(rows.is_right), np.bool_)
    for fold in np.unique(rows.folds):
        inside = rows.folds == fold
        fitted = _fit(rows.signals[~inside], rows.is_right[~inside])
        unseen[inside] = _confidences(fitted, rows.signals[inside])
        seen = _confidences(fitted, rows.signals[~inside])
        passes[inside] = unseen[inside] >= _threshold(seen, rows.is_answerable[~inside])
    model = _fit(rows.signals, rows.is_right)
    confidences = Confidences(unseen, rows.is_right, rows.is_answerable, np.zeros(len(unseen)))
    return Calibrated(
        calibration=Calibration(
            intercept=round(float(model.intercept_[0]), 3),
            per_reader_signal=round(float(model.coef_[0, 0]), 3),
            per_distance=round(float(model.coef_[0, 1]), 3),
            per_unknown=round(float(model.coef_[0, 2]), 3),
            threshold=_threshold(_confidences(model, rows.signals), rows.is_answerable),
        ),
        n_questions=len(unseen),
        ece=ece(confidences),
        auroc=tuple(
            auroc(confidences.at(np.flatnonzero(rows.of_set == number)))
            for number in range(len(sets))
        ),
        answered=(
            float(passes[rows.is_answerable].mean()),
            float(passes[~rows.is_answerable].mean()),
        ),
    )


def write_calibration(path: Path, calibrated: Calibrated, sets: Sequence[CalibrationSet]) -> None:
    """Write a calibration with the sets and indexes that it comes from."""
    path.write_text("\n".join(_lines(calibrated, sets)) + "\n", encoding="utf-8")


def _rows(sets: Sequence[CalibrationSet]) -> _Rows:
    signals, right, answerable, folds, of_set = [], [], [], [], []
    for number, calibration_set in enumerate(sets):
        questions = calibration_set.file.questions
        info = describe_run(
            Path("calibrate"),
            calibration_set.file.path,
            calibration_set.pipeline,
            n_questions=len(questions),
        )
        for question in tqdm(
            questions, desc=calibration_set.file.path.stem, unit="question", disable=None
        ):
            row = calibration_set.pipeline.ask(question)
            signals.append(_signals(calibration_set.pipeline.evidence(question)))
            judged = judge_question(question, row, calibration_set.pipeline.document, info)
            right.append(judged.is_right)
            answerable.append(question.is_answerable)
            of_set.append(number)
        folds.append(folds_of(questions))
    return _Rows(
        np.asarray(signals, np.float64),
        np.asarray(right, np.bool_),
        np.asarray(answerable, np.bool_),
        np.concatenate(folds),
        np.asarray(of_set, np.int64),
    )


def _signals(evidence: Evidence) -> tuple[float, float, float]:
    return evidence.reader_signal, evidence.distance, float(bool(evidence.unknown))


def _fit(signals: Floats, is_right: Flags) -> LogisticRegression:
    return LogisticRegression(C=_REGULARISATION).fit(signals, is_right)


def _confidences(model: LogisticRegression, signals: Floats) -> Floats:
    confidences: Floats = model.predict_proba(signals)[:, 1]
    return confidences


def _threshold(confidences: Floats, is_answerable: Flags) -> float:
    """Return the least confidence that lets few enough unanswerable ones pass, and the margin."""
    steps = np.arange(1, 1001) / 1000
    unanswerable = confidences[~is_answerable]
    passed = (unanswerable[None, :] >= steps[:, None]).sum(axis=1)
    least = steps[int(np.argmax(passed <= MOST_FALSE_ANSWERS * len(unanswerable)))]
    return round(min(float(least) + _MARGIN, 1.0), 3)


def _lines(calibrated: Calibrated, sets: Sequence[CalibrationSet]) -> Iterator[str]:
    own = calibrated.calibration
    yield "# Fitted by `python -m eval calibrate`; read by service/pipeline/confidence.py."
    yield "[calibration]"
    yield from (f"{name} = {getattr(own, name)}" for name in Calibration.__slots__)
    yield "\n[found]"
    yield f"n_questions = {calibrated.n_questions}"
    yield f"ece_cross_fitted = {_rounded(calibrated.ece)}"
    yield f"answered_answerable = {calibrated.answered[0]:.3f}"
    yield f"answered_unanswerable = {calibrated.answered[1]:.3f}"
    for calibration_set, figure in zip(sets, calibrated.auroc, strict=True):
        digest = hashlib.sha256(calibration_set.file.path.read_bytes()).hexdigest()
        yield "\n[[found.set]]"
        yield f"questions = {json.dumps(calibration_set.file.path.name)}"
        yield f'sha256 = "{digest}"'
        yield f'index_fingerprint = "{calibration_set.pipeline.fingerprint}"'
        yield f"auroc_cross_fitted = {_rounded(figure)}"


def _rounded(figure: float | None) -> str:
    return "nan" if figure is None else f"{figure:.3f}"
