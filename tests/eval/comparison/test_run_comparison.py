from pathlib import Path

import pytest

from eval.comparison.run_comparison import (
    Change,
    Difference,
    compare_runs,
    differences_of,
    direction,
)
from eval.errors import ComparisonError
from eval.records import Cause, Estimate
from tests.eval.runs_by_hand import info, line, write_questions, write_run


def _difference(measure: str, low: float, high: float, p: float | None) -> Difference:
    return Difference(measure, 0.5, 0.5, Estimate((low + high) / 2, low, high, 60), p)


def test_a_measure_is_compared_question_by_question() -> None:
    before = {"a": {"exact": 1.0}, "b": {"exact": 1.0}, "c": {"exact": 0.0}, "d": {"page": 1.0}}
    after = {"a": {"exact": 0.0}, "b": {"exact": 0.5}, "c": {"exact": 0.0}, "d": {"exact": 1.0}}

    (exact,) = differences_of(before, after)

    assert (exact.measure, exact.before, exact.after) == ("exact", 2 / 3, 0.5 / 3)
    assert exact.change.mean == pytest.approx(-0.5)
    assert (exact.change.low, exact.change.high) == (-1.0, 0.0)  # three alike drawn: 1 in 27
    assert exact.p == 0.5  # of + and - for 1 and ½, only the two alike reach 1½
    assert (exact.won, exact.lost, exact.n_ties) == ((), ("a", "b"), 1)
    assert exact.is_worse
    assert not exact.is_significant


def test_fewer_false_answers_are_won() -> None:
    (found,) = differences_of({"a": {"false answer": 1.0}}, {"a": {"false answer": 0.0}})

    assert found.won == ("a",)
    assert not found.is_worse


def test_measures_come_in_the_glossarys_order() -> None:
    scores = {"a": {"RR": 1.0, "unheard of": 1.0, "exact": 1.0}}

    assert [one.measure for one in differences_of(scores, scores)] == ["exact", "RR", "unheard of"]


@pytest.mark.parametrize(
    ("difference", "limit", "drops"),
    [
        pytest.param(_difference("exact", -0.2, -0.1, 0.01), 0.0, True, id="a drop"),
        pytest.param(_difference("exact", -0.2, -0.1, 0.01), 0.15, False, id="within the limit"),
        pytest.param(_difference("exact", -0.2, -0.1, 0.06), 0.0, False, id="p is too large"),
        pytest.param(_difference("exact", -0.2, 0.0, 0.01), 0.0, False, id="interval holds 0"),
        pytest.param(_difference("exact", 0.1, 0.2, 0.01), 0.0, False, id="a gain"),
        pytest.param(_difference("false answer", 0.1, 0.2, 0.01), 0.0, True, id="lower is better"),
        pytest.param(_difference("ECE", 0.1, 0.2, None), 0.05, True, id="of the whole set"),
        pytest.param(_difference("ECE", -0.2, -0.1, None), 0.0, False, id="better calibrated"),
    ],
)
def test_a_significant_drop_lies_beyond_its_limit(
    difference: Difference, limit: float, *, drops: bool
) -> None:
    assert difference.drops_beyond(limit) is drops


def test_every_share_of_false_answers_is_better_low() -> None:
    assert [direction(name) for name in ("false answers@80", "AURC", "AUROC")] == [-1, -1, 1]


def test_two_runs_are_compared_with_what_changed(tmp_path: Path) -> None:
    path = write_questions(tmp_path / "set.jsonl", line("a"), line("b"))
    scores = {"a": {"exact": 1.0, "answered": 1.0, "RR": 1.0}, "b": {"exact": 0.0, "answered": 1.0}}
    later = {"a": {"exact": 0.0, "answered": 1.0, "RR": 0.5}, "b": {"exact": 1.0, "answered": 0.0}}
    write_run(tmp_path / "first", info(path), scores)
    changed = info(path, "second", settings={"top_k": 5, "max_words": 99}, git_revision=None)
    write_run(tmp_path / "second", changed, later)

    found = compare_runs(tmp_path / "first", tmp_path / "second")

    assert found.changes == (
        Change("git revision", "abc", ""),
        Change("max_words", "", "99"),
        Change("top_k", "10", "5"),
    )
    assert found.better == ()
    assert [(one.qid, one.gain) for one in found.worse] == [("a", -1.0), ("b", 0.0)]
    assert found.worse[0].scores == (("exact", 1.0, 0.0),)  # RR is not decisive
    assert found.worse[0].text == "How long, a?"
    statistics = {one.measure: one for one in found.differences if one.p is None}
    assert statistics["p50 ms"].change == Estimate(0.0, 0.0, 0.0, 2)
    assert statistics["Brier"].before == pytest.approx(0.25)  # confidence ½ of right and wrong
    assert "AUROC" not in statistics  # there is no unanswerable question


def test_answers_of_a_set_without_answer_strings_are_right_where_they_were_not_missed(
    tmp_path: Path,
) -> None:
    path = write_questions(tmp_path / "set.jsonl", line("a"), line("b"))
    scores = {"a": {"answered": 1.0}, "b": {"answered": 0.0}}
    refused = {"b": Cause.WRONGLY_REFUSED}
    write_run(tmp_path / "first", info(path), scores, causes=refused)
    missed = {**refused, "a": Cause.NOT_CHOSEN}
    write_run(tmp_path / "second", info(path, "second"), scores, causes=missed)

    found = compare_runs(tmp_path / "first", tmp_path / "second")

    (aurc,) = (one for one in found.differences if one.measure == "AURC")
    assert (aurc.before, aurc.after) == (0.0, 0.5)  # equal confidences: half wrong throughout


def test_runs_of_different_question_sets_are_refused(tmp_path: Path) -> None:
    one = write_questions(tmp_path / "one.jsonl", line("a"))
    two = write_questions(tmp_path / "two.jsonl", line("a"), line("b"))
    write_run(tmp_path / "first", info(one), {"a": {"exact": 1.0}})
    write_run(tmp_path / "second", info(two, "second"), {"a": {"exact": 1.0}})

    with pytest.raises(ComparisonError, match=r"first and second asked different question sets: "):
        compare_runs(tmp_path / "first", tmp_path / "second")


def test_an_unfinished_run_is_refused(tmp_path: Path) -> None:
    path = write_questions(tmp_path / "one.jsonl", line("a"), line("b"))
    write_run(tmp_path / "first", info(path), {"a": {"exact": 1.0}, "b": {"exact": 1.0}})
    write_run(tmp_path / "second", info(path, "second"), {"a": {"exact": 1.0}})

    with pytest.raises(ComparisonError, match="1 questions are in one of them only"):
        compare_runs(tmp_path / "first", tmp_path / "second")
