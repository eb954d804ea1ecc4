"""Judges a run: every question, then the set as a whole and its groups.

questions + rows + documents ─▶ Judged, one a question ─▶ estimates with intervals ─▶ Scores
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from eval.measures.bootstrap import estimate, estimate_share, estimate_statistic
from eval.measures.confidence_measures import STATISTICS, Confidences, bins, risk_coverage
from eval.measures.gold import Documents
from eval.measures.question_groups import equity, groups_of, regions_of
from eval.measures.question_judging import Judged, judge_question
from eval.measures.ranking_measures import ranking_scores
from eval.records import Curves, Estimate, JudgedQuestion, QuestionScores, RunInfo, RunRow, Scores

_IN_ALL_QUOTES = ("verbatim", "cited")
"""Shares of quotes, not of questions."""

_WITH_STATISTICS = frozenset({"language"})
"""Dimensions whose groups are large enough for statistics of confidences."""


def judge_run(
    questions: Sequence[JudgedQuestion], rows: Sequence[RunRow], documents: Documents, info: RunInfo
) -> Scores:
    """Judge a run.

    Args:
        questions: All of the set.
        rows: One a question, in the same order.
        documents: Of the index that answered.
        info: What was run.
    """
    judged = [
        judge_question(question, row, documents, info)
        for question, row in zip(questions, rows, strict=True)
    ]
    ranked = ranking_scores(judged)
    judged = [
        replace(judgement, scores={**ranked.get(judgement.question.qid, {}), **judgement.scores})
        for judgement in judged
    ]
    memberships = {
        judgement.question.qid: groups_of(judgement.question, judgement.row, documents)
        for judgement in judged
    }
    regions = [regions_of(judgement.question, documents) for judgement in judged]
    of_set = confidences(judged)
    return Scores(
        measures=_estimates(judged, with_statistics=True),
        groups=_grouped(judged, memberships),
        questions=tuple(QuestionScores(o.question.qid, o.scores, o.cause) for o in judged),
        run=info,
        equity=equity([judgement.scores for judgement in judged], regions),
        curves=Curves(risk_coverage(of_set), bins(of_set)),
    )


def confidences(judged: Sequence[Judged]) -> Confidences:
    """Return the confidences of questions, right where the forced answer has all it must."""
    return Confidences(
        values=np.array([judgement.row.confidence for judgement in judged], np.float64),
        is_right=np.array([judgement.is_right for judgement in judged], np.bool_),
        is_answerable=np.array(
            [judgement.question.is_answerable for judgement in judged], np.bool_
        ),
        took_ms=np.array([judgement.row.took_ms for judgement in judged], np.float64),
    )


def _estimates(judged: Sequence[Judged], *, with_statistics: bool) -> dict[str, Estimate]:
    values: dict[str, list[float]] = {}
    for judgement in judged:
        for name, value in judgement.scores.items():
            if name not in _IN_ALL_QUOTES:
                values.setdefault(name, []).append(value)
    estimates: dict[str, Estimate | None] = {name: estimate(of) for name, of in values.items()}
    for at, name in enumerate(_IN_ALL_QUOTES):
        estimates[name] = estimate_share(
            [(judgement.n_true[at], len(judgement.row.quotes)) for judgement in judged]
        )
    if with_statistics:
        of_set = confidences(judged)
        estimates |= {name: estimate_statistic(of_set, of) for name, of in STATISTICS}
    return {name: value for name, value in estimates.items() if value is not None}


def _grouped(
    judged: Sequence[Judged], memberships: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, dict[str, dict[str, Estimate]]]:
    members: dict[str, dict[str, list[Judged]]] = {}
    for judgement in judged:
        for dimension, groups in memberships[judgement.question.qid].items():
            for group in groups:
                members.setdefault(dimension, {}).setdefault(group, []).append(judgement)
    return {
        dimension: {
            group: _estimates(inside, with_statistics=dimension in _WITH_STATISTICS)
            for group, inside in sorted(groups.items())
        }
        for dimension, groups in members.items()
    }
