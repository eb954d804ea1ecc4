"""A probability that grows with what speaks for the answer."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.confidence import RELEVANCE_FLOOR, THRESHOLD, Evidence, any_answers, confidence

Cosine = st.floats(-1, 1)
LogOdds = st.floats(0, 60)
Names = st.sampled_from([(), ("Lagos",), ("Lagos", "2024")])


def evidence(window: float = 0.5, reading: float = 1.0, unknown: tuple[str, ...] = ()) -> Evidence:
    return Evidence(best_window=window, best_dense=0.5, reading=reading, unknown=unknown)


@given(Cosine, LogOdds, Names)
def test_confidence_is_a_probability(
    window: float, reading: float, unknown: tuple[str, ...]
) -> None:
    assert 0 < confidence(evidence(window, reading, unknown)) <= 1


@given(Cosine, Cosine)
def test_a_nearer_window_never_lowers_it(one: float, other: float) -> None:
    low, high = (confidence(evidence(window=w)) for w in sorted((one, other)))

    assert low <= high


@given(LogOdds, LogOdds)
def test_a_surer_reader_never_lowers_it(one: float, other: float) -> None:
    low, high = (confidence(evidence(reading=r)) for r in sorted((one, other)))

    assert low <= high


@given(Cosine)
def test_a_name_that_the_corpus_does_not_have_lowers_it(window: float) -> None:
    assert confidence(evidence(window, unknown=("Lagos",))) < confidence(evidence(window))


def test_confidence_by_hand() -> None:
    found = confidence(evidence(window=0.5, reading=2.0, unknown=("Lagos",)))

    odds = -0.415 + 0.958 * 0.5 - 1.447 + 0.58 * 2.0
    assert math.log(found / (1 - found)) == pytest.approx(odds)


@pytest.mark.parametrize(
    ("log_odds", "pooled"),
    [
        pytest.param([], 0.0, id="nothing read"),
        pytest.param([0.0], math.log(2), id="one as likely as none"),
        pytest.param([math.log(3), math.log(4)], math.log(8), id="two"),
    ],
)
def test_the_readers_scores_are_pooled_with_its_null(log_odds: list[float], pooled: float) -> None:
    assert any_answers(log_odds) == pytest.approx(pooled)


def test_the_threshold_can_be_passed_and_missed() -> None:
    sure, unsure = evidence(0.9, 4.0), evidence(0.1, 0.1, ("Lagos",))

    assert confidence(unsure) < THRESHOLD < confidence(sure)
    assert 0 < RELEVANCE_FLOOR < 1
