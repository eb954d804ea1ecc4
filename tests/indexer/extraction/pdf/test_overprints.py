"""What a page draws twice is read once."""

import pytest

from indexer.extraction.pdf.drawn_text import Fragment
from indexer.extraction.pdf.overprints import without_overprints


def drawn(text: str, x: float, y: float = 700.0, *, size: float = 10.0) -> Fragment:
    """``text`` in a font of which every glyph is half as wide as high."""
    return Fragment(
        text, x, y, width=len(text) * size / 2, size=size, turn=0, bold=False, exact=True
    )


@pytest.mark.parametrize(
    ("fragments", "kept"),
    [
        pytest.param([drawn("120 tents", 60), drawn("120 tents", 60.3)], ["120 tents"], id="line"),
        pytest.param(
            [drawn("120 tents", 60), drawn("120 tents", 62, 698.5)], ["120 tents"], id="shadow"
        ),
        pytest.param(
            [
                drawn(glyph, 60 + 5 * at + aside)
                for at, glyph in enumerate("1120")
                for aside in (0, 0.3)
            ],
            list("1120"),
            id="each glyph at once",
        ),
        pytest.param(
            [
                drawn(glyph, 60 + 5 * at + aside)
                for aside in (0, 0.3)
                for at, glyph in enumerate("1120")
            ],
            list("1120"),
            id="glyphs in a second round",
        ),
        pytest.param(
            [drawn("We count 120 tents", 60), drawn("120", 105.3)],
            ["We count 120 tents"],
            id="a word of a line",
        ),
        pytest.param(
            [drawn("120", 105.3), drawn("We count 120 tents", 60)],
            ["We count 120 tents"],
            id="a word before its line",
        ),
    ],
)
def test_what_is_drawn_again_in_its_place_is_left_out(
    fragments: list[Fragment], kept: list[str]
) -> None:
    assert [fragment.text for fragment in without_overprints(fragments)] == kept


@pytest.mark.parametrize(
    "fragments",
    [
        pytest.param([drawn("1", 60), drawn("1", 65), drawn("0", 70)], id="double digit"),
        pytest.param([drawn("120", 60), drawn("120", 60, 688)], id="on the next line"),
        pytest.param([drawn("120", 60), drawn("120", 160)], id="in the next cell"),
        pytest.param([drawn("12 tents", 60), drawn("2", 100, 702, size=6)], id="a note"),
        pytest.param([drawn("We count 120 tents", 60), drawn("1", 62)], id="elsewhere in the line"),
    ],
)
def test_what_only_looks_alike_is_kept(fragments: list[Fragment]) -> None:
    assert without_overprints(fragments) == fragments
