import random

import pytest

from eval.measures import confidence_measures as calibration
from eval.measures.bootstrap import (
    draws,
    estimate,
    estimate_difference,
    estimate_share,
    estimate_statistic,
)
from eval.records import Estimate
from tests.eval.measures.test_confidence_measures import EMPTY, asked


def test_draws_are_those_of_the_standard_library() -> None:
    generator = random.Random(0)  # noqa: S311 - what is compared with
    expected = [generator.choices(range(17), k=17) for _ in range(1000)]

    assert draws(17).tolist() == expected


def test_an_interval_is_that_of_the_projects_own_scorer() -> None:
    values = [0.0, 1.0, 0.5, 1.0, 1.0]
    generator = random.Random(0)  # noqa: S311 - what is compared with
    means = sorted(sum(generator.choices(values, k=5)) / 5 for _ in range(1000))

    found = estimate(values)

    assert (found.mean, found.n) == (0.7, 5)
    assert (found.low, found.high) == pytest.approx((means[25], means[974]))


def test_values_that_are_all_equal_have_no_width() -> None:
    assert estimate([0.5, 0.5]) == Estimate(0.5, 0.5, 0.5, 2)


def test_a_statistic_has_an_interval_where_it_can_be_had() -> None:
    rows = asked([0.9, 0.8, 0.7, 0.2, 0.1], "+++--", "+++--")

    found = estimate_statistic(rows, calibration.auroc)

    assert found == Estimate(1.0, 1.0, 1.0, 5)  # rounds without one kind are passed over
    assert estimate_statistic(EMPTY, calibration.auroc) is None


def test_a_share_of_quotes_counts_quotes() -> None:
    found = estimate_share([(1, 1), (0, 3), (0, 0)])

    assert found is not None
    assert (found.mean, found.n) == (0.25, 4)
    assert 0 <= found.low <= 0.25 <= found.high <= 1
    assert estimate_share([(0, 0)]) is None


def test_a_difference_is_that_of_the_means() -> None:
    found = estimate_difference([1.0, 1.0, 0.0, 0.0], is_inside=[True, True, False, False])

    assert (found.mean, found.n) == (0.5, 2)
    assert 0 <= found.low < 0.5 < found.high <= 1
