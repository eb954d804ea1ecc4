import pytest

from eval.comparison.drop_limits import DropLimit, dropped_measures, parse_drop_limit
from eval.comparison.run_comparison import Difference
from eval.errors import ComparisonError
from eval.records import Estimate

EXACT = Difference("exact", 0.6, 0.5, Estimate(-0.1, -0.15, -0.05, 60), 0.01)
SLOWER = Difference("p50 ms", 20, 30, Estimate(10, 9, 11, 60))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        pytest.param("0.02", DropLimit(None, 0.02), id="of all"),
        pytest.param("false answers@80=0.1", DropLimit("false answers@80", 0.1), id="of one"),
    ],
)
def test_a_limit_is_read(text: str, limit: DropLimit) -> None:
    assert parse_drop_limit(text) == limit


@pytest.mark.parametrize("text", ["exact", "exact=-0.1", "exact=nan", ""])
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"drop|float"):
        parse_drop_limit(text)


@pytest.mark.parametrize(
    ("limits", "names"),
    [
        pytest.param([], [], id="none"),
        pytest.param(["0"], ["exact"], id="of all, timings aside"),
        pytest.param(["0.05"], [], id="the interval reaches the limit"),
        pytest.param(["0", "exact=0.1"], [], id="its own counts first"),
        pytest.param(["p50 ms=5"], ["p50 ms"], id="timings are named"),
    ],
)
def test_limits_tell_which_measures_break_them(limits: list[str], names: list[str]) -> None:
    dropped = dropped_measures([parse_drop_limit(text) for text in limits], [EXACT, SLOWER])

    assert list(dropped) == names


def test_a_limit_of_no_measure_is_refused() -> None:
    with pytest.raises(ComparisonError, match="no measure is called exakt; the runs have exact, p"):
        dropped_measures([DropLimit("exakt", 0)], [EXACT, SLOWER])
