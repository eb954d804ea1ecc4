from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures import confidence_measures as calibration
from eval.measures.confidence_measures import Confidences
from eval.records import ReliabilityBin


def asked(
    values: list[float], right: str, answerable: str | None = None, ms: list[float] | None = None
) -> Confidences:
    """Return confidences whose flags are written as ``"+-"``; answerable by default."""
    return Confidences(
        np.array(values, np.float64),
        np.array([one == "+" for one in right], np.bool_),
        np.array([one == "+" for one in answerable or "+" * len(values)], np.bool_),
        np.array(ms or [0.0] * len(values), np.float64),
    )


EMPTY = asked([], "")


@pytest.mark.parametrize(
    ("values", "answerable", "expected"),
    [
        pytest.param([0.9, 0.8, 0.3], "++-", 1.0, id="all above"),
        pytest.param([0.9, 0.2, 0.3], "++-", 0.5, id="one above"),
        pytest.param([0.5, 0.5], "+-", 0.5, id="equal counts half"),
        pytest.param([0.5, 0.6], "++", None, id="none unanswerable"),
        pytest.param([0.5, 0.6], "--", None, id="none answerable"),
    ],
)
def test_auroc_by_hand(values: list[float], answerable: str, expected: float | None) -> None:
    assert calibration.auroc(asked(values, "-" * len(values), answerable)) == expected


def test_risk_coverage_by_hand() -> None:
    found = calibration.risk_coverage(asked([0.2, 0.9, 0.5, 0.5], "-+-+"))

    assert [coverage for coverage, _ in found] == [0.25, 0.75, 1.0]
    assert [risk for _, risk in found] == pytest.approx([0.0, 1 / 3, 0.5])
    assert calibration.risk_coverage(EMPTY) == ()


@pytest.mark.parametrize(
    ("values", "right", "expected"),
    [
        pytest.param([0.9, 0.8], "+-", (0 + 1 / 2) / 2, id="right one first"),
        pytest.param([0.8, 0.9], "+-", (1 + 1 / 2) / 2, id="wrong one first"),
        pytest.param([0.5, 0.5], "+-", (0.5 + 0.5) / 2, id="equal: in no order"),
        pytest.param([0.5, 0.4, 0.3], "---", 1.0, id="always wrong"),
        pytest.param([], "", None, id="nothing asked"),
    ],
)
def test_aurc_by_hand(values: list[float], right: str, expected: float | None) -> None:
    assert calibration.aurc(asked(values, right)) == pytest.approx(expected)


def test_coverage_and_false_answers_by_hand() -> None:
    # Unanswerable .8 .6 .4 .2 .1: at 20 % the second from the top, .6, is the bar.
    found = asked([0.9, 0.7, 0.6, 0.3, 0.8, 0.6, 0.4, 0.2, 0.1], "+" * 9, "++++-----")

    assert calibration.coverage_at(0.2)(found) == 2 / 4
    assert calibration.coverage_at(1.0)(found) == 4 / 4
    # Half of the answerable questions reach .7, all reach .3.
    assert calibration.false_answers_at(0.5)(found) == 1 / 5
    assert calibration.false_answers_at(1.0)(found) == 3 / 5
    assert calibration.coverage_at(0.2)(asked([0.5], "+")) is None
    assert calibration.false_answers_at(0.5)(asked([0.5], "+")) is None


def test_ece_and_bins_by_hand() -> None:
    values = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95]
    found = asked(values, "-----+++++")

    assert calibration.ece(found) == pytest.approx((0.05 + 0.15 + 0.25 + 0.35 + 0.45) * 2 / 10)
    assert calibration.bins(found)[0] == ReliabilityBin(0.05, 0.0, 1)
    assert calibration.ece(asked(values[:9], "+" * 9)) is None
    assert calibration.bins(EMPTY) == ()


def test_bins_of_equal_mass_hold_two_of_twenty_each() -> None:
    found = calibration.bins(asked([0.5] * 20, "+-" * 10))

    assert [one.n for one in found] == [2] * 10
    assert [one.accuracy for one in found] == [0.0] * 5 + [1.0] * 5


def test_brier_by_hand() -> None:
    assert calibration.brier(asked([0.8, 0.4], "+-")) == pytest.approx((0.04 + 0.16) / 2)
    assert calibration.brier(EMPTY) is None


def test_latencies_by_hand() -> None:
    found = asked([0.5] * 4, "++++", ms=[40.0, 10.0, 30.0, 20.0])

    assert calibration.median_ms(found) == 25.0
    assert calibration.p95_ms(found) == 30.0  # place ⌊0.95 · 3⌋ = 2
    assert calibration.median_ms(EMPTY) is None
    assert calibration.p95_ms(EMPTY) is None


def test_rows_may_be_drawn_repeatedly() -> None:
    found = asked([0.1, 0.9], "-+", "-+").at(np.array([1, 1]))

    assert found.values.tolist() == [0.9, 0.9]
    assert found.is_right.tolist() == [True, True]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.booleans()), max_size=30))
def test_statistics_stay_in_their_range(rows: list[tuple[float, bool, bool]]) -> None:
    found = replace(
        asked([value for value, _, _ in rows], "+" * len(rows)),
        is_right=np.array([right for _, right, _ in rows], np.bool_),
        is_answerable=np.array([answerable for _, _, answerable in rows], np.bool_),
    )

    values = [statistic(found) for _, statistic in calibration.STATISTICS]

    assert all(value is None or -1e-12 <= value <= 1 + 1e-12 for value in values)
