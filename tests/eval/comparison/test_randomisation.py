import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.comparison.randomisation import randomisation_p


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        pytest.param([1, 2, 3], 2 / 8, id="only +++ and --- reach 6"),
        pytest.param([3, 2, -1], 4 / 8, id="6, 4 and their opposites reach 4"),
        pytest.param([1, 1, -1], 1.0, id="every pattern reaches 1"),
        pytest.param([0.1, 0, 0.1, 0.1, 0], 2 / 8, id="ties are left out"),
        pytest.param([0.1] * 6, 2 / 64, id="six of one sign are significant"),
        pytest.param([0.2] * 5, 2 / 32, id="five are not"),
        pytest.param([0, 0], 1.0, id="nothing differs"),
        pytest.param([], 1.0, id="nothing to compare"),
    ],
)
def test_small_tests_count_every_pattern(differences: list[float], expected: float) -> None:
    assert randomisation_p(differences) == expected


def test_a_larger_test_comes_near_the_exact_value() -> None:
    # 12 gains and 2 losses: as extreme are 0, 1 or 2 of one sign, 2 (1 + 14 + 91) / 2^14
    exact = 2 * (1 + 14 + 91) / 2**14

    assert randomisation_p([1.0] * 12 + [-1.0] * 2) == pytest.approx(exact, abs=0.003)


def test_the_pattern_seen_counts_as_one_of_those_drawn() -> None:
    assert randomisation_p([1.0] * 60, n_resamples=99) == 1 / 100


@given(st.lists(st.floats(-1, 1), max_size=30))
def test_p_is_a_probability_that_does_not_mind_which_run_came_first(values: list[float]) -> None:
    p = randomisation_p(values, n_resamples=200)

    assert 0 < p <= 1
    assert p == randomisation_p([-value for value in values], n_resamples=200)
