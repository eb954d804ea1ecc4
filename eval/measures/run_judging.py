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
        replace(one, scores={**ranked.get(one.question.qid, {}), **one.scores}) for one in judged
    ]
    memberships = {one.question.qid: groups_of(one.question, one.row, documents) for one in judged}
    regions = [regions_of(one.question, documents) for one in judged]
    asked = confidences(judged)
    return Scores(
        measures=_estimates(judged, with_statistics=True),
        groups=_grouped(judged, memberships),
        questions=tuple(QuestionScores(o.question.qid, o.scores, o.cause) for o in judged),
        run=info,
        equity=equity([one.scores for one in judged], regions),
        curves=Curves(risk_coverage(asked), bins(asked)),
    )


def confidences(judged: Sequence[Judged]) -> Confidences:
    """Return the confidences of questions, right where the forced answer has all it must."""
    return Confidences(
        values=np.array([one.row.confidence for one in judged], np.float64),
        is_right=np.array([one.is_right for one in judged], np.bool_),
        is_answerable=np.array([one.question.is_answerable for one in judged], np.bool_),
        took_ms=np.array([one.row.took_ms for one in judged], np.float64),
    )


def _estimates(judged: Sequence[Judged], *, with_statistics: bool) -> dict[str, Estimate]:
    values: dict[str, list[float]] = {}
    for one in judged:
        for name, value in one.scores.items():
            if name not in _IN_ALL_QUOTES:
                values.setdefault(name, []).append(value)
    found: dict[str, Estimate | None] = {name: estimate(of) for name, of in values.items()}
    for at, name in enumerate(_IN_ALL_QUOTES):
        found[name] = estimate_share([(one.n_true[at], len(one.row.quotes)) for one in judged])
    if with_statistics:
        asked = confidences(judged)
        found |= {name: estimate_statistic(asked, of) for name, of in STATISTICS}
    return {name: one for name, one in found.items() if one is not None}


def _grouped(
    judged: Sequence[Judged], memberships: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, dict[str, dict[str, Estimate]]]:
    members: dict[str, dict[str, list[Judged]]] = {}
    for one in judged:
        for dimension, groups in memberships[one.question.qid].items():
            for group in groups:
                members.setdefault(dimension, {}).setdefault(group, []).append(one)
    return {
        dimension: {
            group: _estimates(inside, with_statistics=dimension in _WITH_STATISTICS)
            for group, inside in sorted(groups.items())
        }
        for dimension, groups in members.items()
    }
