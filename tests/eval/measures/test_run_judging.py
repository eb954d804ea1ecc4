from dataclasses import replace

import pytest

from eval.measures.run_judging import judge_run
from tests.eval.run_samples import DOCUMENTS, INFO, QUESTION, REFUSED, ROW, UNANSWERABLE


def test_a_set_is_judged_as_a_whole_and_by_groups() -> None:
    scores = judge_run([QUESTION, UNANSWERABLE], [ROW, REFUSED], DOCUMENTS.get, INFO)

    assert scores.measures["answer"].n == 1
    assert (scores.measures["verbatim"].mean, scores.measures["verbatim"].n) == (1.0, 2)
    assert scores.measures["AUROC"].mean == 1.0
    assert scores.measures["Brier"].mean == pytest.approx((0.01 + 0.04) / 2)
    assert "ECE" not in scores.measures
    assert scores.groups["language"]["en"]["AUROC"].mean == 1.0
    assert set(scores.groups["country"]) == {"CL"}
    assert "AUROC" not in scores.groups["country"]["CL"]
    assert set(scores.groups["document"]) == {"alta", "bassa"}
    assert scores.curves.risk_coverage == ((0.5, 0.0), (1.0, 0.5))
    assert [one.cause for one in scores.questions] == [None, None]
    assert scores.run == INFO


def test_a_set_without_answers_has_no_ranking() -> None:
    scores = judge_run([UNANSWERABLE], [REFUSED], DOCUMENTS.get, replace(INFO, settings={}))

    assert "RR" not in scores.measures
    assert scores.measures["false answer"].mean == 0.0
