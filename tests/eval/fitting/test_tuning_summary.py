from eval.comparison.run_comparison import Difference
from eval.fitting.cross_validation import Choice
from eval.fitting.tuning import Plan, Tuning
from eval.fitting.tuning_summary import tuning_summary
from eval.records import Estimate

EXACT = Difference(
    "exact", 0.5, 0.25, Estimate(-0.25, -0.5, -0.125, 60), 0.0001, won=(), lost=("a", "b")
)


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

    lost = tuning_summary(
        _tuning(EXACT, threshold=0.4), development="a.jsonl", held_apart="b.jsonl"
    )
    gained = tuning_summary(_tuning(better), development="a.jsonl", held_apart="b.jsonl")
    chance = tuning_summary(_tuning(perhaps), development="a.jsonl", held_apart="b.jsonl")

    assert "| lexical | 0.4 | 0.8 ← |" in lost
    assert "| top_k | 10 | 10 |" in lost
    assert "0.5 | 0.4 ← |" in lost
    assert "0.500 against 0.250 in use; cross-validated 0.375" in lost
    assert "keep the settings in use" in lost
    assert "**A gain on the questions held apart.**" in gained
    assert "may be chance" in chance
