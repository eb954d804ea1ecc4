from dataclasses import replace
from pathlib import Path

import pytest

from eval.comparison.baseline import (
    compare_with_baseline,
    load_baseline,
    measure_baseline,
    pick,
    save_baseline,
)
from eval.comparison.drop_limits import DropLimit, dropped_measures
from eval.errors import ComparisonError
from eval.records import JudgedQuestion
from tests.eval.runs_by_hand import ScriptedPipeline, line, write_questions

QIDS = [f"q{n}" for n in range(10)]


def _questions(folder: Path) -> Path:
    lines = (line(qid) for qid in QIDS)
    return write_questions(folder / "set.jsonl", *lines, line("none", answerable=False))


def test_questions_are_picked_evenly_of_all_kinds() -> None:
    questions = [
        JudgedQuestion(f"{language}{n}", "?", language, is_answerable=answerable)
        for language, answerable, count in (("en", True, 8), ("es", True, 4), ("en", False, 4))
        for n in range(count)
    ]

    picked = pick(questions, n=8)

    kinds = [(question.is_answerable, question.language) for question in picked]
    assert kinds == [(False, "en")] * 2 + [(True, "en")] * 4 + [(True, "es")] * 2
    assert pick(questions, n=8) == picked
    assert len(pick(questions, n=99)) == 16


def test_a_baseline_is_kept_and_what_is_lost_breaks_the_gate(tmp_path: Path) -> None:
    path = _questions(tmp_path)
    first = measure_baseline(path, ScriptedPipeline(right=frozenset(QIDS)), qids=None)
    save_baseline(tmp_path / "new" / "baseline.json", first)
    baseline = load_baseline(tmp_path / "new" / "baseline.json")

    present = measure_baseline(
        path, ScriptedPipeline(right=frozenset(QIDS[:2])), qids=baseline.scores
    )
    comparison = compare_with_baseline(baseline, present, {"q5": "How long?"})

    assert baseline == replace(first, run=replace(first.run, name="baseline"))
    assert baseline.scores["none"] == {"false answer": 1.0}
    dropped = dropped_measures([DropLimit(None, 0)], comparison.differences)
    assert list(dropped) == ["exact", "answer", "quote F1"]
    assert len(comparison.worse) == 8
    lines = (tmp_path / "new" / "baseline.json").read_text().splitlines()
    assert sum(text.startswith('"q') for text in lines) == 10  # a question a line


def test_the_same_answers_break_nothing(tmp_path: Path) -> None:
    path = _questions(tmp_path)
    baseline = measure_baseline(path, ScriptedPipeline(frozenset(QIDS)), qids=None)

    present = measure_baseline(path, ScriptedPipeline(frozenset(QIDS)), qids=baseline.scores)

    assert not dropped_measures(
        [DropLimit(None, 0)], compare_with_baseline(baseline, present, {}).differences
    )


def test_other_questions_of_the_file_may_change(tmp_path: Path) -> None:
    path = _questions(tmp_path)
    baseline = measure_baseline(path, ScriptedPipeline(), qids=["q1"])
    write_questions(path, line("q1"), line("q2", text="Since when?"))

    assert (
        compare_with_baseline(
            baseline, measure_baseline(path, ScriptedPipeline(), qids=["q1"]), {}
        ).changes
        == ()
    )


def test_changed_questions_are_refused(tmp_path: Path) -> None:
    path = _questions(tmp_path)
    baseline = measure_baseline(path, ScriptedPipeline(), qids=["q1"])
    write_questions(path, line("q1", text="Since when?"))

    with pytest.raises(ComparisonError, match="that the baseline asked were changed"):
        compare_with_baseline(baseline, measure_baseline(path, ScriptedPipeline(), qids=["q1"]), {})
    with pytest.raises(ComparisonError, match="has no q2, which the baseline asked"):
        measure_baseline(path, ScriptedPipeline(), qids=["q1", "q2"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(None, "there is no .*; make it with", id="missing"),
        pytest.param("{}", "is no baseline: ", id="other fields"),
        pytest.param("{", "is no baseline: ", id="no JSON"),
    ],
)
def test_a_baseline_that_cannot_be_read_is_told(
    text: str | None, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "baseline.json"
    if text is not None:
        path.write_text(text)

    with pytest.raises(ComparisonError, match=message):
        load_baseline(path)
