"""What was asked before says what the next question is about, and is not asked again."""

import pytest

from service.pipeline.asked_before import (
    after,
    asked_now,
    goes_on,
    with_earlier_stated,
    without_opening,
)


@pytest.mark.parametrize(
    ("shown", "stated", "asked"),
    [
        pytest.param(
            "How does Chile help migrants rent? – And who pays for it?",
            "Chile help migrants rent. Who pays for it?",
            "Who pays for it?",
            id="how",
        ),
        pytest.param(
            "When was the fund set up? – But did it work? – Where?",
            "The fund set up. Did it work. Where?",
            "Where?",
            id="two before",
        ),
        pytest.param(
            "shelters in Quito? – who runs them",
            "Shelters in Quito. Who runs them",
            "Who runs them",
        ),
        pytest.param(
            "Show me how Quito helps those who rent? – Who pays?",
            "Show me how Quito helps those who rent. Who pays?",
            "Who pays?",
            id="asking words inside",
        ),
        pytest.param("Why? – Who pays?", "Who pays?", "Who pays?", id="nothing to state"),
        pytest.param("¿Qué? – ¿Quién paga?", "Qué. Quién paga?", "Quién paga?", id="Spanish"),
        pytest.param(
            "What does the U.S. – Mexico commission do?",
            "What does the U.S. – Mexico commission do?",
            "What does the U.S. – Mexico commission do?",
            id="a dash of one's own",
        ),
        pytest.param(
            "Who pays – and how?", "Who pays – and how?", "Who pays – and how?", id="dash"
        ),
    ],
)
def test_the_earlier_question_is_stated_and_the_later_one_asked(
    shown: str, stated: str, asked: str
) -> None:
    assert with_earlier_stated(shown) == stated
    assert asked_now(shown) == asked
    assert goes_on(shown) is (stated != shown)


@pytest.mark.parametrize("before", ["Who pays?", "Who pays", "Who pays? ", "Who pays."])
def test_a_question_that_goes_on_is_known_again(before: str) -> None:
    shown = after(before, "Since when?")

    assert shown == "Who pays? – Since when?"
    assert goes_on(shown)


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("and who pays?", "Who pays?"),
        ("¿Y qué resultado dio?", "Qué resultado dio?"),
        ("E quem apoiou?", "Quem apoiou?"),
        ("¿Entonces, quién paga?", "Quién paga?"),
        ("Era uma vez?", "Era uma vez?"),
    ],
)
def test_what_ties_a_question_to_the_one_before_is_left_out(typed: str, bare: str) -> None:
    assert without_opening(typed) == bare
