"""Searches settings on one set of questions and says what they gain on another, held apart.

grid ─▶ each setting asked of the development set ─▶ the best, cross-validated ─┐
        confidences of the best ─▶ the best threshold, cross-validated ─────────┤
                                           the set held apart ─▶ old and new ───┴─▶ gain
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from eval.comparison.run_comparison import ByQuestion, Difference, differences_of, direction
from eval.errors import TuningError
from eval.fitting.cross_validation import Choice, Matrix, choose, folds_of
from eval.measures.question_judging import judge_question
from eval.measures.ranking_measures import ranking_scores
from eval.records import JudgedQuestion
from eval.runs.pipelines import Pipeline
from eval.runs.recording import describe_run
from eval.sets.questions import load_questions
from service.pipeline.confidence import SHIPPED_PATH, Calibration
from service.pipeline.retrieval import ViewWeights
from service.settings import Settings

FEWEST = 20
"""Questions of either set at least: fewer choose, and show, by chance."""

WEIGHTS = tuple(field.name for field in fields(ViewWeights))
KNOBS = ("top_k", "max_quotes", "max_words")
DEFAULT_GRID: Mapping[str, tuple[float, ...]] = {
    "lexical": (0.2, 0.4, 0.8),
    "sentence": (0.5, 1.0),
    "pieces": (4.0, 6.0),
}
"""Searched if nothing is named. Only the weights' proportion counts, so ``dense`` may stay."""

N_THRESHOLDS = 100

WORTH = "worth"
"""Name of an answer's worth among the measures."""

Values = Mapping[str, float]
"""One setting: the value of each of `WEIGHTS` and `KNOBS`."""
Flags = NDArray[np.bool_]
"""Whether each question is one of some, shape ``(n_questions,)``."""
OpenPipeline = Callable[[Values], Pipeline]
"""Opens the pipeline with a setting."""


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """Questions and where they came from."""

    path: Path
    questions: tuple[JudgedQuestion, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings to search, and the measure to choose by.

    Attributes:
        in_use: The setting in use.
        threshold: The threshold in use.
        grid: Values tried of each knob, in all their combinations.
        measure: Measure of single questions that a setting is chosen by.
        wrong_costs: What a wrong answer costs, where a right one brings 1; for the threshold.
    """

    in_use: Values
    threshold: float
    grid: Mapping[str, Sequence[float]]
    measure: str
    wrong_costs: float = 1.0


@dataclass(frozen=True, slots=True)
class Tuning:
    """Result of a search: the chosen setting and its gains.

    Attributes:
        plan: Of the search.
        n_settings: Settings tried, the one in use among them.
        values: The setting chosen.
        in_use_mean: Mean of the setting in use on the development set.
        choice: Of the setting, by the plan's measure.
        threshold: The threshold chosen.
        threshold_choice: Of the threshold, by `worth`.
        gains: On the questions held apart: the plan's measure, then `WORTH`.
    """

    plan: Plan
    n_settings: int
    values: Values
    in_use_mean: float
    choice: Choice
    threshold: float
    threshold_choice: Choice
    gains: tuple[Difference, ...]

    @property
    def is_gain(self) -> bool:
        """Tell whether something is better on the questions held apart, and nothing worse."""
        gains = [gain.change.mean * direction(gain.measure) for gain in self.gains]
        return min(gains) >= 0 < max(gains)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of one setting on a question.

    Attributes:
        value: Of the plan's measure; ``None`` where that does not apply.
        confidence: Of the forced answer.
        is_right: Whether the forced answer has all that it must.
    """

    value: float | None
    confidence: float
    is_right: bool


def load_question_file(path: Path) -> QuestionFile:
    """Read a question file.

    Raises:
        QuestionFormatError: Lines of it cannot be read.
    """
    return QuestionFile(path, load_questions(path))


def settings_in_use(settings: Settings) -> Values:
    """Return the setting that a service with ``settings`` has."""
    return {**asdict(ViewWeights()), **{knob: getattr(settings, knob) for knob in KNOBS}}


def threshold_in_use(settings: Settings) -> float:
    """Return the confidence below which a service with ``settings`` refuses."""
    calibration = Calibration.read(settings.calibration or SHIPPED_PATH)
    return calibration.required(settings.min_confidence)


def parse_values(text: str) -> tuple[str, tuple[float, ...]]:
    """Read ``NAME=VALUE,VALUE…`` of a grid.

    Raises:
        ValueError: The name is no knob, or a value no number.
    """
    name, _, values = text.partition("=")
    if name not in (*WEIGHTS, *KNOBS):
        raise ValueError(f"{name!r} cannot be tuned; known are {', '.join((*WEIGHTS, *KNOBS))}")
    kind = int if name in KNOBS else float
    return name, tuple(kind(value) for value in values.split(","))


def tune(
    development: QuestionFile, held_apart: QuestionFile, plan: Plan, open_pipeline: OpenPipeline
) -> Tuning:
    """Choose a setting and a threshold on one set of questions, and try both on another.

    Raises:
        TuningError: A set is too small, both share questions, or no question has the measure.
    """
    _refuse_unfit(development.questions, held_apart.questions)
    settings = list(_settings(plan))
    tried = [
        _outcomes(development, plan, open_pipeline(values))
        for values in tqdm(settings, desc="tune", unit="setting", disable=None)
    ]
    matrix, has_value = _matrix(tried, plan.measure)
    folds = folds_of(development.questions)
    choice = choose(matrix * direction(plan.measure), folds[has_value])
    best = tried[choice.row]
    thresholds = [plan.threshold, *(step / N_THRESHOLDS for step in range(N_THRESHOLDS + 1))]
    by_threshold = choose(_worths(best, thresholds, plan.wrong_costs), folds)
    threshold = thresholds[by_threshold.row]
    before = _outcomes(held_apart, plan, open_pipeline(plan.in_use))
    after = _outcomes(held_apart, plan, open_pipeline(settings[choice.row]))
    return Tuning(
        plan=plan,
        n_settings=len(settings),
        values=settings[choice.row],
        in_use_mean=float(matrix[0].mean()),
        choice=_in_own_direction(choice, plan.measure),
        threshold=threshold,
        threshold_choice=by_threshold,
        gains=differences_of(
            _scores(before, plan.threshold, plan), _scores(after, threshold, plan)
        ),
    )


def _settings(plan: Plan) -> Iterator[Values]:
    """Yield the setting in use, then all others of the grid."""
    yield plan.in_use
    for values in product(*plan.grid.values()):
        setting = {**plan.in_use, **dict(zip(plan.grid, values, strict=True))}
        if setting != plan.in_use:
            yield setting


def _outcomes(file: QuestionFile, plan: Plan, pipeline: Pipeline) -> dict[str, Outcome]:
    info = describe_run(Path("tune"), file.path, pipeline, n_questions=len(file.questions))
    judged = [
        judge_question(question, pipeline.ask(question), pipeline.document, info)
        for question in file.questions
    ]
    ranked = ranking_scores(judged)
    return {
        judgement.question.qid: Outcome(
            value={**ranked.get(judgement.question.qid, {}), **judgement.scores}.get(plan.measure),
            confidence=judgement.row.confidence,
            is_right=judgement.scores.get("exact") == 1,
        )
        for judgement in judged
    }


def _matrix(tried: Sequence[Mapping[str, Outcome]], measure: str) -> tuple[Matrix, Flags]:
    """Return what each setting scores on the questions that have the measure, and which do."""
    values = np.array(
        [
            [np.nan if outcome.value is None else outcome.value for outcome in outcomes.values()]
            for outcomes in tried
        ]
    )
    has_value = ~np.isnan(values).any(axis=0)
    if not has_value.any():
        raise TuningError(f"no question has the measure {measure!r}; choose another by --measure")
    return values[:, has_value], has_value


def _worths(
    outcomes: Mapping[str, Outcome], thresholds: Sequence[float], wrong_costs: float
) -> Matrix:
    return np.array(
        [[_worth(outcome, threshold, wrong_costs) for outcome in outcomes.values()]
         for threshold in thresholds]
    )  # fmt: skip


def worth(*, is_answered: bool, is_right: bool, wrong_costs: float) -> float:
    """Return the worth of an answer: 1 if right, ``-wrong_costs`` if wrong, 0 for a refusal.

    With a cost of 1 it pays to answer what is right more often than not; the higher the cost, the
    more is refused.

    Source:
        The score of CRAG (Yang et al. 2024, arXiv:2406.04744, section 4), with a cost to choose.
    """
    if not is_answered:
        return 0.0
    return 1.0 if is_right else -wrong_costs


def _worth(outcome: Outcome, threshold: float, wrong_costs: float) -> float:
    return worth(
        is_answered=outcome.confidence >= threshold,
        is_right=outcome.is_right,
        wrong_costs=wrong_costs,
    )


def _scores(outcomes: Mapping[str, Outcome], threshold: float, plan: Plan) -> ByQuestion:
    return {
        qid: {
            **({} if outcome.value is None else {plan.measure: outcome.value}),
            WORTH: _worth(outcome, threshold, plan.wrong_costs),
        }
        for qid, outcome in outcomes.items()
    }


def _in_own_direction(choice: Choice, measure: str) -> Choice:
    sign = direction(measure)
    return Choice(choice.row, choice.mean * sign, choice.expected * sign)


def _refuse_unfit(
    development: Sequence[JudgedQuestion], held_apart: Sequence[JudgedQuestion]
) -> None:
    for name, questions in (("development", development), ("held apart", held_apart)):
        if len(questions) < FEWEST:
            raise TuningError(f"{len(questions)} questions {name}; at least {FEWEST} are wanted")
    known = {" ".join(question.text.casefold().split()) for question in development}
    shared = [q.qid for q in held_apart if " ".join(q.text.casefold().split()) in known]
    if shared:
        raise TuningError(
            f"{len(shared)} questions stand in both sets ({', '.join(shared[:4])}); "
            "what is held apart must be new"
        )
