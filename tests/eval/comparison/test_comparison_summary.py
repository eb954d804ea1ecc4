from pathlib import Path

from eval.comparison.comparison_summary import comparison_summary
from eval.comparison.run_comparison import Change, Comparison, Difference, Moved
from eval.records import Estimate
from tests.eval.runs_by_hand import info, line, write_questions

WORSE_CALIBRATED = Difference("ECE", 0.1, 0.2, Estimate(0.1, 0.05, 0.15, 60))
EXACT = Difference(
    "exact", 0.5, 0.25, Estimate(-0.25, -0.5, -0.125, 60), 0.0001, won=(), lost=("a", "b")
)
SLOWER = Difference("p50 ms", 20.0, 30.0, Estimate(10.0, 9.0, 11.0, 60))
MOVED = tuple(Moved(qid, "Why *this*?", (("exact", 1.0, 0.0),), -1.0) for qid in "ab")


def _comparison(folder: Path, *changes: Change, n_worse: int = 2) -> Comparison:
    run = info(write_questions(folder / "set.jsonl", line("a")), "first_run")
    return Comparison(run, run, changes, (EXACT, WORSE_CALIBRATED, SLOWER), (), MOVED[:n_worse])


def test_a_comparison_tells_measures_and_questions(tmp_path: Path) -> None:
    told = comparison_summary(
        _comparison(tmp_path, Change("top_k", "10", "5")), dropped=["exact"], n_shown=1
    )

    assert "| top_k | 10 | 5 |" in told
    assert (
        "| exact | 0.500 | 0.250 | -0.250 | -0.500 to -0.125 | < .001 | 0 | 2 | 58 | **dropped** |"
    ) in told
    assert "| ECE | 0.100 | 0.200 | +0.100 | +0.050 to +0.150 |  | | | | worse |" in told
    assert "## Worse: 2 questions" in told
    assert "- `a` Why \\*this\\*?\n  exact 1.000 → 0.000\n- … and 1 more (`--all`)" in told


def test_times_are_told_but_not_judged(tmp_path: Path) -> None:
    told = comparison_summary(_comparison(tmp_path, n_worse=1))

    assert "| p50 ms | 20.000 | 30.000 | +10.000 | +9.000 to +11.000 |  | | | |  |" in told
    assert "## Worse: 1 question\n" in told


def test_where_nothing_changed_it_says_so(tmp_path: Path) -> None:
    assert "Nothing that a run records" in comparison_summary(_comparison(tmp_path))
