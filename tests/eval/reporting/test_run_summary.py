from dataclasses import replace

from eval.measures.run_judging import judge_run
from eval.records import Estimate
from eval.reporting.run_summary import overview, run_summary
from tests.eval.run_samples import DOCUMENTS, INFO, QUESTION, REFUSED, ROW, UNANSWERABLE

SCORES = judge_run([QUESTION, UNANSWERABLE], [ROW, REFUSED], DOCUMENTS.get, INFO)


def test_a_summary_names_the_run_and_its_measures() -> None:
    told = run_summary(SCORES)

    assert told.startswith("## first: 2 questions of `set.jsonl`\n")
    assert "index cdcdcdcdcdcd · questions abababababab · revision efefefefef" in told
    assert "| Quotes | answer | 1.000 | 1.000–1.000 | 1 |" in told
    assert "|  | exact | 1.000 |" in told
    assert "| Time | p50 ms | 12.5 | 12.5–12.5 | 2 |" in told
    assert "| language en | 1.000 (1) | 1.000 (1) | 1.000 (1) | 1.000 (1) | 0.000 (1) |" in told
    assert told.endswith("Commonest causes of misses: none\n")


def test_causes_are_counted() -> None:
    missed = judge_run([QUESTION], [replace(ROW, answered=False)], DOCUMENTS.get, INFO)

    assert "Commonest causes of misses: wrongly refused 1" in run_summary(missed)


def test_a_region_that_is_served_worse_is_marked() -> None:
    table = {
        "answer": {
            "Africa": Estimate(-0.25, -0.4, -0.1, 12),
            "Asia": Estimate(0.1, -0.1, 0.2, 9),
        },
        "answered": {"Asia": Estimate(0.0, 0.0, 0.0, 9)},
    }

    told = run_summary(replace(SCORES, equity=table, run=replace(INFO, git_revision=None)))

    assert "| Africa | -0.250 [-0.400, -0.100] (12) * | – |" in told
    assert "| Asia | +0.100 [-0.100, +0.200] (9) | +0.000 [+0.000, +0.000] (9) |" in told
    assert "revision unknown" in told


def test_runs_on_several_sets_stand_side_by_side() -> None:
    other = judge_run([QUESTION], [replace(ROW, answered=False)], DOCUMENTS.get, INFO)
    second = replace(other, run=replace(INFO, name="second", n_questions=1))

    told = overview([SCORES, second]).splitlines()

    assert told[:3] == ["| | first | second |", "|---|---:|---:|", "| questions | 2 | 1 |"]
    assert "| answered | 1.000 [1.000, 1.000] | 0.000 [0.000, 0.000] |" in told
    assert any(line.startswith("| false answer | 0.000 [0.000, 0.000] | – |") for line in told)
    assert told[-2:] == [
        "first: Commonest causes of misses: none",
        "second: Commonest causes of misses: wrongly refused 1",
    ]
