"""Where a text ends."""

import pytest

from indexer.extraction.layout.endings import is_ended


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It is a matter of policy.", True, id="full stop"),
        pytest.param("It is a matter of policy.27", True, id="note number"),
        pytest.param("It is a matter of policy. 7", True, id="note number after a gap"),
        pytest.param("(It is so.)12", True, id="note behind a bracket"),
        pytest.param("It is so.^{vi}", True, id="marked note"),
        pytest.param("It rose by 2.5", False, id="decimal number"),
        pytest.param("as resolution no. 7", False, id="number of something"),
        pytest.param("It is a matter of", False, id="broken off"),
    ],
)
def test_where_a_text_ends(text: str, expected: bool) -> None:  # noqa: FBT001
    assert is_ended(text) is expected
