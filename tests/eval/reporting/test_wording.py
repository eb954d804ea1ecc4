from pathlib import Path

from eval.comparison.run_comparison import Change, Comparison, Difference, Moved
from eval.fitting.selection import Choice
from eval.fitting.tuning import Plan, Tuning
from eval.records import Estimate
from eval.reporting.wording import tell_comparison, tell_tuning
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
    told = tell_comparison(
        _comparison(tmp_path, Change("top_k", "10", "5")), broken=["exact"], n_shown=1
    )

    assert "| top_k | 10 | 5 |" in told
    assert (
        "| exact | 0.500 | 0.250 | -0.250 | -0.500 to -0.125 | < .001 | 0 | 2 | 58 | **dropped** |"
    ) in told
    assert "| ECE | 0.100 | 0.200 | +0.100 | +0.050 to +0.150 |  | | | | worse |" in told
    assert "## Worse: 2 questions" in told
    assert "- `a` Why \\*this\\*?\n  exact 1.000 → 0.000\n- … and 1 more (`--all`)" in told


def test_times_are_told_but_not_judged(tmp_path: Path) -> None:
    told = tell_comparison(_comparison(tmp_path, n_worse=1))

    assert "| p50 ms | 20.000 | 30.000 | +10.000 | +9.000 to +11.000 |  | | | |  |" in told
    assert "## Worse: 1 question\n" in told


def test_where_nothing_changed_it_says_so(tmp_path: Path) -> None:
    assert "Nothing that a run records" in tell_comparison(_comparison(tmp_path))


def _tuning(gain: Difference, *, threshold: float = 0.5) -> Tuning:
    return Tuning(
        plan=Plan({"lexical": 0.4, "top_k": 10}, 0.5, {}, "exact"),
        n_settings=3,
        values={"lexical": 0.8, "top_k": 10},
        in_use_mean=0.25,
        choice=Choice(1, 0.5, 0.375),
        threshold=threshold,
        threshold_choice=Choice(1, 0.125, 0.0625),
        gains=(gain,),
    )


def test_a_tuning_tells_what_it_found_and_whether_to_use_it() -> None:
    better = Difference("exact", 0.25, 0.5, Estimate(0.25, 0.125, 0.5, 60), 0.01, ("a",), ())
    perhaps = Difference("exact", 0.25, 0.5, Estimate(0.25, -0.1, 0.5, 60), 0.3, ("a",), ())

    lost = tell_tuning(_tuning(EXACT, threshold=0.4), development="a.jsonl", held_apart="b.jsonl")
    gained = tell_tuning(_tuning(better), development="a.jsonl", held_apart="b.jsonl")
    chance = tell_tuning(_tuning(perhaps), development="a.jsonl", held_apart="b.jsonl")

    assert "| lexical | 0.4 | 0.8 ← |" in lost
    assert "| top_k | 10 | 10 |" in lost
    assert "0.5 | 0.4 ← |" in lost
    assert "0.500 against 0.250 in use; cross-validated 0.375" in lost
    assert "keep the settings in use" in lost
    assert "**A gain on the questions held apart.**" in gained
    assert "may be chance" in chance
