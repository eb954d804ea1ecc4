from xml.etree import ElementTree as ET

import pytest

from eval.records import ReliabilityBin
from eval.reporting.plots import latency_plot, nice_end, reliability_plot, risk_coverage_plot


def _shapes(picture: str, kind: str) -> list[dict[str, str]]:
    root = ET.fromstring(picture)  # noqa: S314 - our own picture
    return [shape.attrib for shape in root.iter() if shape.get("class") == kind]


def test_a_curve_goes_from_corner_to_corner() -> None:
    picture = risk_coverage_plot([(0, 0), (0.5, 0.5), (1, 1)])

    (curve,) = _shapes(picture, "curve")
    assert curve["points"] == "66.0,172.0 223.0,92.0 380.0,12.0"


def test_a_dot_grows_with_the_questions_it_stands_for() -> None:
    picture = reliability_plot([ReliabilityBin(0.2, 0.1, 25), ReliabilityBin(0.8, 0.9, 100)])

    assert [dot["r"] for dot in _shapes(picture, "dot")] == ["2.2", "4.5"]
    assert len(_shapes(picture, "ideal")) == 1


def test_every_question_stands_in_a_bar() -> None:
    picture = latency_plot([1.0, 1.5, 2.0, *[7.0] * 200, 400.0])

    told = [title.text for title in ET.fromstring(picture).iter("title")]  # noqa: S314
    counts = [int(text.split(": ")[1].split()[0]) for text in told if text]
    assert sum(counts) == 204
    assert max(counts) == 200


def test_plots_of_nothing_are_drawn_too() -> None:
    for picture in (risk_coverage_plot([]), reliability_plot([]), latency_plot([])):
        assert _shapes(picture, "grid")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, 5), (5, 5), (7, 10), (11, 20), (21, 25), (26, 50), (51, 100), (2400, 2500)],
)
def test_an_axis_ends_at_a_round_number(value: float, expected: float) -> None:
    assert nice_end(value) == expected
