"""Compares two runs of one question set: by how much, whether by chance, and on which questions.

scores.json ─┐                ┌─▶ differences, intervals, p  ─▶ limits kept or not
             ├─▶ question by ─┼─▶ questions won and lost
scores.json ─┘    question    └─▶ what changed between the runs
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.comparison.randomisation import randomisation_p
from eval.errors import ComparisonError
from eval.measures.bootstrap import draws, estimate
from eval.measures.confidence_measures import STATISTICS, Confidences
from eval.measures.descriptions import DECISIVE, in_order
from eval.records import Cause, Estimate, QuestionScores, RunInfo, RunRow, Scores
from eval.runs.run_folder import load_rows, load_scores

SIGNIFICANT = 0.05
_EQUAL = 1e-9
"""Two scores no further apart are the same number."""

LOWER_IS_BETTER = frozenset({"false answer", "AURC", "ECE", "Brier", "p50 ms", "p95 ms"})
"""Measures of which less is better, with all that are called ``false answers@…``."""

_RIGHT = (None, Cause.WRONGLY_REFUSED)
"""Causes that leave the quotes of an answerable question right."""

ByQuestion = Mapping[str, Mapping[str, float]]
"""The value of each measure by ``qid``, in the order of the set."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of two runs, over the questions that it applies to in both.

    Attributes:
        measure: Its name.
        before: Of the earlier run; a mean, or a statistic of the whole set.
        after: Of the later one.
        change: Later less earlier, with its 95 % paired bootstrap interval.
        p: Of the randomisation test, two-sided; ``None`` for a statistic of the whole set.
        won: Questions that the later run scores better.
        lost: Questions that it scores worse.
    """

    measure: str
    before: float
    after: float
    change: Estimate
    p: float | None = None
    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def n_ties(self) -> int:
        """Return how many questions score the same."""
        return self.change.n - len(self.won) - len(self.lost)

    @property
    def is_significant(self) -> bool:
        """Tell whether it is significant: the interval leaves out 0, and p is small enough."""
        apart = self.change.low > 0 or self.change.high < 0
        return apart and (self.p is None or self.p < SIGNIFICANT)

    @property
    def is_worse(self) -> bool:
        """Tell whether the measure moved the wrong way."""
        return self.change.mean * direction(self.measure) < 0

    def drops_beyond(self, limit: float) -> bool:
        """Tell whether it is significantly worse, the whole interval beyond ``limit`` (≥ 0)."""
        sign = direction(self.measure)
        mildest = max(self.change.low * sign, self.change.high * sign)
        return self.is_significant and mildest < -limit


@dataclass(frozen=True, slots=True)
class Change:
    """A property in which two runs differ; empty where a run does not have it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A question whose scores differ.

    Attributes:
        qid: The question.
        text: What it asks.
        scores: ``(measure, before, after)`` of every decisive measure that moved.
        gain: Sum of what it gained over the measures, negative for a loss.
    """

    qid: str
    text: str
    scores: tuple[tuple[str, float, float], ...]
    gain: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        before: The earlier run.
        after: The later one.
        changes: Properties in which they differ.
        differences: A measure each, those of single questions first.
        better: Questions that gained, the most first.
        worse: Questions that lost, the most first; then those whose gains and losses cancel out.
    """

    before: RunInfo
    after: RunInfo
    changes: tuple[Change, ...]
    differences: tuple[Difference, ...]
    better: tuple[Moved, ...]
    worse: tuple[Moved, ...]


def compare_runs(before_dir: Path, after_dir: Path) -> Comparison:
    """Compare two run folders.

    Raises:
        RunFormatError: A folder is no judged run.
        ComparisonError: They did not ask the same questions.
    """
    before, after = load_scores(before_dir), load_scores(after_dir)
    _refuse_other_questions(before, after)
    earlier, later = by_question(before.questions), by_question(after.questions)
    rows = load_rows(after_dir)
    better, worse = moved_questions(earlier, later, {row.qid: row.question for row in rows})
    return Comparison(
        before=before.run,
        after=after.run,
        changes=tuple(changes(before.run, after.run)),
        differences=(
            *differences_of(earlier, later),
            *_statistics(
                _confidences(load_rows(before_dir), before.questions),
                _confidences(rows, after.questions),
            ),
        ),
        better=better,
        worse=worse,
    )


def by_question(questions: Sequence[QuestionScores]) -> ByQuestion:
    """Return the scores of questions by ``qid``."""
    return {question.qid: question.scores for question in questions}


def direction(measure: str) -> int:
    """Return 1 if more of a measure is better, else -1."""
    return -1 if measure in LOWER_IS_BETTER or measure.startswith("false answers@") else 1


def differences_of(before: ByQuestion, after: ByQuestion) -> tuple[Difference, ...]:
    """Compare every measure on the questions that have it in both, in the order of `MEANINGS`."""
    measures = dict.fromkeys(name for scores in after.values() for name in scores)
    differences = (_difference(name, before, after) for name in in_order(measures))
    return tuple(difference for difference in differences if difference is not None)


def moved_questions(
    before: ByQuestion, after: ByQuestion, texts: Mapping[str, str]
) -> tuple[tuple[Moved, ...], tuple[Moved, ...]]:
    """Return the questions that gained and the others that moved, both by how much.

    Only `DECISIVE` measures count: a passage that falls from rank 2 to 3 is nothing to read of.
    """
    moved = []
    for qid, scores in after.items():
        moves = tuple(
            (measure, before[qid][measure], value)
            for measure, value in ((name, scores[name]) for name in DECISIVE if name in scores)
            if measure in before[qid] and abs(value - before[qid][measure]) > _EQUAL
        )
        gain = sum((late - early) * direction(measure) for measure, early, late in moves)
        if moves:
            moved.append(Moved(qid, texts.get(qid, ""), moves, gain))
    moved.sort(key=lambda question: -abs(question.gain))
    return tuple(m for m in moved if m.gain > 0), tuple(m for m in moved if m.gain <= 0)


def changes(before: RunInfo, after: RunInfo) -> Iterator[Change]:
    """Yield the differing properties: revision, pipeline, index, then settings by name."""
    for name in ("git_revision", "cita_version", "pipeline", "index_fingerprint"):
        early, late = getattr(before, name), getattr(after, name)
        if early != late:
            yield Change(name.replace("_", " "), _text(early), _text(late))
    for name in sorted(before.settings.keys() | after.settings.keys()):
        early, late = before.settings.get(name), after.settings.get(name)
        if early != late:
            yield Change(name, _text(early), _text(late))


# ── one measure ─────────────────────────────────────────────────────────────────────────────────


def _difference(measure: str, before: ByQuestion, after: ByQuestion) -> Difference | None:
    pairs = {
        qid: (before[qid][measure], scores[measure])
        for qid, scores in after.items()
        if measure in scores and measure in before.get(qid, {})
    }
    if not pairs:
        return None
    gains = {qid: (late - early) * direction(measure) for qid, (early, late) in pairs.items()}
    differences = [late - early for early, late in pairs.values()]
    return Difference(
        measure=measure,
        before=sum(early for early, _ in pairs.values()) / len(pairs),
        after=sum(late for _, late in pairs.values()) / len(pairs),
        change=estimate(differences),
        p=randomisation_p(differences),
        won=tuple(qid for qid, gain in gains.items() if gain > _EQUAL),
        lost=tuple(qid for qid, gain in gains.items() if gain < -_EQUAL),
    )


def _statistics(before: Confidences, after: Confidences) -> Iterator[Difference]:
    """Yield the statistics of the whole set, the same questions drawn of both runs."""
    for name, statistic in STATISTICS:
        early, late = statistic(before), statistic(after)
        if early is not None and late is not None:
            low, high = _bounds(before, after, statistic)
            yield Difference(name, early, late, Estimate(late - early, low, high, len(after)))


def _bounds(
    before: Confidences, after: Confidences, statistic: Callable[[Confidences], float | None]
) -> tuple[float, float]:
    drawn = [(statistic(before.at(rows)), statistic(after.at(rows))) for rows in draws(len(after))]
    rounds = [late - early for early, late in drawn if early is not None and late is not None]
    low, high = np.quantile(rounds, [0.025, 0.975])
    return float(low), float(high)


def _confidences(rows: Sequence[RunRow], questions: Sequence[QuestionScores]) -> Confidences:
    """Return the confidences of a run; right are answers that were not missed, or only refused."""
    scored = {question.qid: question for question in questions}
    judged = [scored[row.qid] for row in rows]
    return Confidences(
        values=np.array([row.confidence for row in rows], np.float64),
        is_right=np.array(
            ["answered" in question.scores and question.cause in _RIGHT for question in judged],
            np.bool_,
        ),
        is_answerable=np.array(["answered" in question.scores for question in judged], np.bool_),
        took_ms=np.array([row.took_ms for row in rows], np.float64),
    )


# ── two runs ────────────────────────────────────────────────────────────────────────────────────


def _refuse_other_questions(before: Scores, after: Scores) -> None:
    ours, theirs = by_question(before.questions), by_question(after.questions)
    names = f"{before.run.name} and {after.run.name}"
    if before.run.questions_sha256 != after.run.questions_sha256:
        descriptions = (
            f"{run.questions_path} ({run.n_questions} questions, sha256 {run.questions_sha256:.12})"
            for run in (before.run, after.run)
        )
        raise ComparisonError(
            f"{names} asked different question sets: {' and '.join(descriptions)}; "
            "run one of them again with the other's file"
        )
    if list(ours) != list(theirs):
        n_missing = len(ours.keys() ^ theirs.keys())
        raise ComparisonError(
            f"{names}: {n_missing} questions are in one of them only; finish it with "
            "`python -m eval run`, which goes on where a run stopped"
        )


def _text(value: object) -> str:
    return "" if value is None else str(value)
