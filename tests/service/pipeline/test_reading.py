"""What the service makes of what the reader marks."""

import pytest

from indexer.records import Span
from service.pipeline.reading import _ITEM_THAT_ASKS, _outside_reference

SENTENCE = "Kampala works with the IRC (International Rescue Committee) (Guide, Box 8)."


@pytest.mark.parametrize(
    ("marked", "text", "kept"),
    [
        pytest.param("Guide, Box 8", SENTENCE, False, id="reference"),
        pytest.param("Box 8", SENTENCE, False, id="part of it"),
        pytest.param("International Rescue Committee", SENTENCE, True, id="other brackets"),
        pytest.param("Kampala", SENTENCE, True, id="before"),
        pytest.param("92%", "Most of them rent (92%).", True, id="a figure in brackets"),
    ],
)
def test_a_reference_is_not_what_answers(marked: str, text: str, *, kept: bool) -> None:
    start = text.index(marked)
    highlight = Span(start, start + len(marked))

    assert _outside_reference(highlight, text) == (highlight if kept else None)


def test_what_is_not_marked_stays_so() -> None:
    assert _outside_reference(None, SENTENCE) is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Are there firewalls that protect what they tell a clinic?", True),
        ("Is the office open to people without papers? | Y/S/N", True),
        ("“Who pays for this?”", True),
        ("The desk asks one question: who pays? The city does.", False),
        ("The office is open to people without papers. | Y/S/N", False),
    ],
)
def test_an_item_of_a_checklist_asks(text: str, *, asks: bool) -> None:
    assert bool(_ITEM_THAT_ASKS.search(text)) is asks
