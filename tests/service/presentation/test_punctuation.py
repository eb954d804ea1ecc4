"""No two marks stand in a row where a report's words end."""

import pytest

from service.presentation.punctuation import full_stop, within


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Surrounding areas", "Surrounding areas.", id="a heading"),
        pytest.param("Whose discourse?", "Whose discourse?", id="a question"),
        pytest.param("“Whose city?”", "“Whose city?”", id="a question in quotation marks"),
        pytest.param("p. 31 (printed 29)", "p. 31 (printed 29).", id="a page"),
        pytest.param("Areas.", "Areas.", id="a sentence"),
    ],
)
def test_a_text_ends_in_one_mark(text: str, expected: str) -> None:
    assert text + full_stop(text) == expected


def test_a_heading_before_a_comma_has_no_stop() -> None:
    assert within("Surrounding areas.") == "Surrounding areas"
    assert within("Whose discourse?") == "Whose discourse?"
