import numpy as np

from eval.fitting.cross_validation import Choice, choose, folds_of
from eval.records import JudgedQuestion


def test_the_best_mean_is_chosen_and_cross_validated() -> None:
    # Without fold 0 (questions 0, 1) row 1 is best: 1, 1 against 0, 0; on fold 0 it scores 0, 0.
    # Without fold 1 row 0 is best: 1, 1 against 0, 0; on fold 1 it scores 0, 0.
    scores = np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0], [0.4, 0.4, 0.4, 0.4]])

    found = choose(scores, np.array([0, 0, 1, 1]))

    assert found == Choice(row=0, mean=0.5, expected=0.0)


def test_of_equals_the_first_is_chosen() -> None:
    assert choose(np.array([[0.1, 0.2], [0.2, 0.1]]), np.array([0, 1])).row == 0


def test_a_single_fold_is_judged_by_itself() -> None:
    assert choose(np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([3, 3])) == Choice(1, 1.0, 1.0)


def test_folds_share_out_languages_and_answerability() -> None:
    kinds = [("en", True)] * 6 + [("es", True)] * 2 + [("en", False)]
    questions = [JudgedQuestion(f"q{n}", "?", *kind) for n, kind in enumerate(kinds)]

    assert folds_of(questions).tolist() == [0, 1, 2, 3, 4, 0, 0, 1, 0]
