"""Numbers of notes on the line are raised, and nothing else that looks like one."""

import pytest

from indexer.extraction.note_calls import with_raised_calls
from indexer.records import BlockKind, PageStart, TextBlock

NOTES = [TextBlock(BlockKind.FOOTNOTE, f"- {n} Harbour Board (2020) Report.") for n in range(1, 9)]


def raised(*texts: str, notes: int = 8) -> list[str]:
    blocks = [TextBlock(BlockKind.PARAGRAPH, text) for text in texts]
    return [block.text for block in with_raised_calls([*blocks, *NOTES[:notes]])][: len(texts)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            ["Boats came.1 Nets sold,2 too.", "A port3 is open."],
            ["Boats came.¹ Nets sold,² too.", "A port³ is open."],
            id="behind words and stops",
        ),
        pytest.param(
            ["Boats came. 3 Nets sold.", "It is “open”.4", "All left.5"],
            ["Boats came.³ Nets sold.", "It is “open”.⁴", "All left.⁵"],
            id="behind a gap and behind quotes",
        ),
        pytest.param(
            ["Boats came.2 Nets sold.3", "Fishers left.⁴ Prices fell.5"],
            ["Boats came.² Nets sold.³", "Fishers left.⁴ Prices fell.⁵"],
            id="among raised ones",
        ),
        pytest.param(
            ["Boats came.⁶ Nets sold.7", "Fishers left.⁸"],
            ["Boats came.⁶ Nets sold.7", "Fishers left.⁸"],
            id="not one alone",
        ),
        pytest.param(
            ["Boats came.2 Nets sold.9", "Prices fell.3", "All left.4"],
            ["Boats came.² Nets sold.9", "Prices fell.³", "All left.⁴"],
            id="not without a note",
        ),
        pytest.param(
            ["Boats came.1 See Art.2 of it. Nets.3 See art.2 Of", "Prices fell.4 All left.5"],
            ["Boats came.¹ See Art.2 of it. Nets.³ See art.2 Of", "Prices fell.⁴ All left.⁵"],
            id="no articles",
        ),
        pytest.param(
            ["Boats came.1 It has 2 piers. 3 boats came. See Annex 4 for more.5"],
            ["Boats came.1 It has 2 piers. 3 boats came. See Annex 4 for more.5"],
            id="no counts and no references",
        ),
    ],
)
def test_calls_that_count_up_are_raised(texts: list[str], expected: list[str]) -> None:
    assert raised(*texts) == expected


def test_a_document_with_few_notes_keeps_its_numbers() -> None:
    assert raised("Boats came.1 Nets sold.2", notes=4) == ["Boats came.1 Nets sold.2"]


def test_pages_move_with_the_space_that_goes() -> None:
    text = "Boats came. 1 Nets were sold.2 Prices fell.3"
    pages = (PageStart(0, 1), PageStart(text.index("Prices"), 2))
    block = TextBlock(BlockKind.PARAGRAPH, text, page_starts=pages)

    moved = with_raised_calls([block, *NOTES])[0]

    assert moved.text == "Boats came.¹ Nets were sold.² Prices fell.³"
    assert moved.page_starts == (PageStart(0, 1), PageStart(moved.text.index("Prices"), 2))
