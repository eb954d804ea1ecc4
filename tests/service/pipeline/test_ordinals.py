"""Tests of telling the seventh of something from the sixth."""

import pytest

from service.pipeline.ordinals import is_of_another_number, lacks_number

QUESTION = "Where is the seventh Mayoral Forum held?"


@pytest.mark.parametrize(
    "sentence",
    ["The 6th Mayoral Forum meets in Quito.", "It was founded at the second Forum on rents."],
)
def test_another_one_of_the_row_is_not_asked_about(sentence: str) -> None:
    assert is_of_another_number(QUESTION, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The 7th Mayoral Forum meets in Quito.",
        "The sixth Mayoral Forum met in Quito, the seventh Mayoral Forum in Marrakesh.",
        "The Mayoral Forum meets each year.",
        "The first mayor spoke on 2nd May at the Forum.",
    ],
)
def test_what_may_be_about_it_is_left_alone(sentence: str) -> None:
    assert not is_of_another_number(QUESTION, sentence)


def test_a_question_without_a_number_in_a_row_asks_about_any() -> None:
    assert not is_of_another_number("Where is the forum held?", "The 6th Forum meets in Quito.")


@pytest.mark.parametrize(
    ("sentences", "lacks"),
    [
        (["The 6th Mayoral Forum meets in Quito.", "Mayors met in Lima."], True),
        (["The 6th Mayoral Forum met in Quito.", "The 7th Forum meets in Lima."], False),
        (["The Mayoral Forum meets each year.", "Mayors met in Lima."], False),
        ([], False),
    ],
)
def test_a_row_without_the_number_asked_for_lacks_it(sentences: list[str], *, lacks: bool) -> None:
    assert lacks_number(QUESTION, sentences) is lacks
