import pytest

from indexer.extraction.layout.drawn_markers import with_markers
from indexer.extraction.layout.lines import Line


def line(text: str, x0: float, y: float, size: float = 10.0) -> Line:
    return Line(text, page=1, x0=x0, x1=x0 + 5 * len(text), y=y, size=size)


def test_a_marker_drawn_by_itself_goes_before_its_text() -> None:
    lines = [
        line("•", 77, 605, size=12),
        line("advice on contracts;", 95, 607),
        line("•", 77, 587, size=12),
        line("a loan.", 95, 589),
    ]

    joined = with_markers(lines)

    assert [(each.text, each.x0) for each in joined] == [
        ("• advice on contracts;", 77),
        ("• a loan.", 77),
    ]


def test_markers_drawn_behind_all_texts_find_theirs() -> None:
    lines = [
        line("first", 95, 600),
        line("second", 95, 580),
        line("•", 80, 600),
        line("•", 80, 580),
    ]

    assert [each.text for each in with_markers(lines)] == ["• first", "• second"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(line("far away", 300, 600), id="too far to the right"),
        pytest.param(line("left", 20, 600), id="on the left"),
        pytest.param(line("below", 95, 580), id="on another line"),
    ],
)
def test_a_marker_without_text_stays(other: Line) -> None:
    lines = [line("•", 77, 600), other]

    assert with_markers(lines) == lines


def test_a_dash_in_a_cell_is_no_marker() -> None:
    lines = [line("–", 77, 600), line("12", 95, 600)]

    assert with_markers(lines) == lines
