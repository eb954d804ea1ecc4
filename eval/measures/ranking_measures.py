"""Ranking measures (nDCG, RR, R, AP), by `ir_measures`."""

from collections.abc import Sequence

import ir_measures
from ir_measures import AP, RR, R, nDCG

from eval.measures.question_judging import Judged

RANKING = (nDCG @ 10, RR, R @ 1, R @ 5, R @ 10, R @ 20, AP)


def ranking_scores(judged: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """Return the ranking measures of every answerable question's 20 best passages."""
    qrels = {
        judgement.question.qid: dict(judgement.gold.qrels)
        for judgement in judged
        if judgement.gold.qrels
    }
    run = {
        judgement.question.qid: ranking(judgement) for judgement in judged if judgement.gold.qrels
    }
    scores: dict[str, dict[str, float]] = {qid: {} for qid in qrels}
    if qrels:
        for metric in ir_measures.iter_calc(list(RANKING), qrels, run):
            scores[metric.query_id][str(metric.measure)] = metric.value
    return scores


def ranking(judgement: Judged) -> dict[str, float]:
    """Return the ids of the retrieved passages with scores that fall by 1, best first.

    The scores are ranks: trec_eval orders by score and breaks ties by id, and so must find none.
    What is judged as one (a document with its passages, passages that overlap) stands where the
    best of it does.
    """
    distinct = list(dict.fromkeys(map(judgement.gold.judged_as, judgement.row.passages)))
    return {name: float(len(distinct) - at) for at, name in enumerate(distinct)}
