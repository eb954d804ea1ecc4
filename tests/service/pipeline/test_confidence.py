"""A probability that grows with what speaks for the answer."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SettingsError
from service.pipeline.confidence import (
    RELEVANCE_FLOOR,
    SHIPPED_PATH,
    Calibration,
    Evidence,
    pooled_log_odds,
)

LogOdds = st.floats(0, 60)
Names = st.sampled_from([(), ("Lagos",), ("Lagos", "2024")])
SHIPPED = Calibration.read(SHIPPED_PATH)


def evidence(reader_log_odds: float = 1.0, unknown: tuple[str, ...] = ()) -> Evidence:
    return Evidence(best_dense=0.5, reader_log_odds=reader_log_odds, unknown=unknown, known=())


@given(LogOdds, Names)
def test_confidence_is_a_probability(reader_log_odds: float, unknown: tuple[str, ...]) -> None:
    assert 0 < SHIPPED.confidence(evidence(reader_log_odds, unknown)) <= 1


@given(LogOdds, LogOdds)
def test_a_surer_reader_never_lowers_it(one: float, other: float) -> None:
    low, high = (SHIPPED.confidence(evidence(r)) for r in sorted((one, other)))

    assert low <= high


@given(st.floats(0, 20))
def test_a_name_that_the_corpus_does_not_have_lowers_it(reader_log_odds: float) -> None:
    known, unknown = evidence(reader_log_odds), evidence(reader_log_odds, ("Lagos",))

    assert SHIPPED.confidence(unknown) < SHIPPED.confidence(known)


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_the_further_from_the_corpus_the_lower(one: float, other: float) -> None:
    near, far = (
        SHIPPED.confidence(Evidence(cosine, reader_log_odds=1.0, unknown=(), known=()))
        for cosine in sorted((one, other), reverse=True)
    )

    assert far <= near


@given(st.floats(-1, 1))
def test_with_an_acronym_of_the_corpus_no_question_is_far_from_it(cosine: float) -> None:
    named = Evidence(cosine, reader_log_odds=1.0, unknown=(), known=("UHPH",))

    assert SHIPPED.confidence(named) == SHIPPED.confidence(evidence(reader_log_odds=1.0))


def test_a_question_on_something_else_is_nearly_surely_not_answered() -> None:
    far = Evidence(best_dense=0.1, reader_log_odds=0.5, unknown=(), known=())

    assert SHIPPED.confidence(far) < 0.15


def test_confidence_by_hand() -> None:
    calibration = Calibration(
        intercept=-0.4, per_reader_signal=0.6, per_distance=-10.0, per_unknown=-1.5, threshold=0.5
    )

    found = calibration.confidence(
        Evidence(best_dense=0.28, reader_log_odds=2.0, unknown=("Lagos",), known=())
    )

    assert math.log(found / (1 - found)) == pytest.approx(
        -0.4 - 1.5 - 0.05 * 10.0 + 0.6 * math.log(2.1)
    )


@pytest.mark.parametrize(
    ("log_odds", "pooled"),
    [
        pytest.param([], 0.0, id="nothing read"),
        pytest.param([0.0], math.log(2), id="one as likely as none"),
        pytest.param([math.log(3), math.log(4)], math.log(8), id="two"),
    ],
)
def test_the_readers_scores_are_pooled_with_its_null(log_odds: list[float], pooled: float) -> None:
    assert pooled_log_odds(log_odds) == pytest.approx(pooled)


def test_the_threshold_can_be_passed_and_missed() -> None:
    sure, unsure = evidence(6.0), evidence(0.1, ("Lagos",))

    assert SHIPPED.confidence(unsure) < SHIPPED.threshold < SHIPPED.confidence(sure)
    assert 0 < RELEVANCE_FLOOR < 1


@pytest.mark.parametrize(
    "text", ["", "[calibration]\nintercept = 1", "no toml", "[calibration]\nintercept = []"]
)
def test_what_is_no_calibration_is_named_with_what_to_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calibration.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError, match=r"calibration\.toml is no calibration.*eval calibrate"):
        Calibration.read(path)
