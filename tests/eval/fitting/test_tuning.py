from pathlib import Path

import pytest

from eval.errors import TuningError
from eval.fitting.tuning import (
    Plan,
    QuestionFile,
    Tuning,
    Values,
    parse_values,
    settings_in_use,
    threshold_in_use,
    tune,
    worth,
)
from eval.runs.pipelines import Pipeline
from eval.sets.questions import load_questions
from service.pipeline.confidence import SHIPPED_PATH, Calibration
from service.settings import Settings
from tests.eval.runs_by_hand import ScriptedPipeline, line, write_questions

IN_USE = {"lexical": 0.4, "top_k": 10}
N = 20


def _file(path: Path, letter: str, n: int = N) -> QuestionFile:
    lines = (line(f"{letter}{at}") for at in range(n))
    return QuestionFile(path, load_questions(write_questions(path, *lines)))


def _right(*letters: str, n: int) -> frozenset[str]:
    return frozenset(f"{letter}{at}" for letter in letters for at in range(n))


def _open(values: Values) -> Pipeline:
    """At 0.8 twelve questions are right, at 0.4 six; those that are right are surer."""
    right = _right("a", "b", n=12 if values["lexical"] == 0.8 else 6)
    sure = dict.fromkeys(_right("a", "b", n=12), 0.455)
    return ScriptedPipeline(right, confidence={**dict.fromkeys(_right("a", "b", n=N), 0.3), **sure})


def _tuned(folder: Path, **changes: object) -> Tuning:
    plan = Plan(IN_USE, 0.5, {"lexical": (0.4, 0.8, 1.6)}, "exact")
    plan = Plan(**{**{name: getattr(plan, name) for name in Plan.__slots__}, **changes})
    return tune(_file(folder / "a.jsonl", "a"), _file(folder / "b.jsonl", "b"), plan, _open)


def test_the_better_setting_and_threshold_are_found_and_gain_on_new_questions(
    tmp_path: Path,
) -> None:
    tuning = _tuned(tmp_path)

    assert tuning.n_settings == 3  # 0.4 is the one in use
    assert tuning.values == {"lexical": 0.8, "top_k": 10}
    assert (tuning.in_use_mean, tuning.choice.mean, tuning.choice.expected) == (0.3, 0.6, 0.6)
    assert tuning.threshold == 0.31  # the lowest of those that keep the wrong ones out
    assert tuning.threshold_choice.mean == 0.6
    exact, worth = sorted(tuning.gains, key=lambda gain: gain.measure)
    assert (exact.before, exact.after, len(exact.won)) == (0.3, 0.6, 6)
    assert (worth.before, worth.after, len(worth.won)) == (0.0, 0.6, 12)  # all were refused
    assert tuning.is_gain


def test_where_nothing_is_better_all_stays_as_it_is(tmp_path: Path) -> None:
    tuning = _tuned(tmp_path, grid={"lexical": (0.1,)}, threshold=0.31, wrong_costs=0.5)

    assert tuning.values == IN_USE
    assert tuning.threshold == 0.31
    assert not tuning.is_gain


def test_a_measure_of_which_less_is_better_is_told_as_it_is(tmp_path: Path) -> None:
    lines = [line(f"c{at}", answerable=False) for at in range(N)]
    path = write_questions(tmp_path / "c.jsonl", *lines)
    development = QuestionFile(path, load_questions(path))
    plan = Plan(IN_USE, 0.5, {"lexical": (0.8,)}, "false answer")

    def _open_answering(values: Values) -> Pipeline:
        sure = 0.9 if values["lexical"] == 0.4 else 0.1
        return ScriptedPipeline(confidence=dict.fromkeys(_right("c", "d", n=N), sure))

    lines = [line(f"d{at}", answerable=False) for at in range(N)]
    path = write_questions(tmp_path / "d.jsonl", *lines)
    tuning = tune(development, QuestionFile(path, load_questions(path)), plan, _open_answering)

    assert (tuning.in_use_mean, tuning.choice.mean, tuning.choice.expected) == (1.0, 0.0, 0.0)
    assert tuning.is_gain


@pytest.mark.parametrize(
    ("letters", "n", "measure", "message"),
    [
        pytest.param("ab", 19, "exact", "19 questions development; at least 20", id="few"),
        pytest.param("aa", N, "exact", r"20 questions stand in both sets \(a0, a1", id="shared"),
        pytest.param("ab", N, "page", "no question has the measure 'page'", id="no measure"),
    ],
)
def test_sets_that_cannot_tune_are_refused(
    letters: str, n: int, measure: str, message: str, tmp_path: Path
) -> None:
    one, two = (_file(tmp_path / f"{at}.jsonl", c, n) for at, c in enumerate(letters))

    with pytest.raises(TuningError, match=message):
        tune(one, two, Plan(IN_USE, 0.5, {"lexical": (0.8,)}, measure), _open)


def test_values_of_a_grid_are_read() -> None:
    assert parse_values("lexical=0,0.5") == ("lexical", (0.0, 0.5))
    assert parse_values("top_k=5,10") == ("top_k", (5, 10))


@pytest.mark.parametrize("text", ["port=1", "lexical", "lexical=a", "top_k=1.5"])
def test_what_is_no_grid_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be tuned|convert|invalid"):
        parse_values(text)


def test_what_is_in_use_comes_from_the_service() -> None:
    assert settings_in_use(Settings(top_k=7)) == {
        "dense": 1.0, "lexical": 0.4, "sentence": 1.0, "window": 2.0, "pieces": 4.0,
        "sentence_pieces": 3.0,
        "top_k": 7, "max_quotes": 4, "max_words": 150,
    }  # fmt: skip
    assert threshold_in_use(Settings()) == Calibration.read(SHIPPED_PATH).threshold
    assert threshold_in_use(Settings(min_confidence=0.2)) == 0.2


@pytest.mark.parametrize(
    ("is_answered", "is_right", "expected"),
    [(True, True, 1.0), (True, False, -2.0), (False, True, 0.0), (False, False, 0.0)],
)
def test_a_wrong_answer_costs_and_a_refusal_does_not(
    expected: float, *, is_answered: bool, is_right: bool
) -> None:
    assert worth(is_answered=is_answered, is_right=is_right, wrong_costs=2) == expected
