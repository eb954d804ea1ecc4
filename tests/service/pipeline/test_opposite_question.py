"""A yes-or-no question is turned round where a word of it has an opposite."""

import pytest

from service.pipeline.opposite_question import opposite_question


@pytest.mark.parametrize(
    ("question", "opposite"),
    [
        ("Are pets forbidden?", "Are pets admitted?"),
        ("Is registration expensive?", "Is registration free of charge?"),
        ("Does the decree ban dogs?", "Does the decree allow dogs?"),
        ("What is forbidden?", None),
        ("Do pets pay?", None),
    ],
)
def test_a_yes_or_no_question_is_turned_round(question: str, opposite: str | None) -> None:
    assert opposite_question(question) == opposite
