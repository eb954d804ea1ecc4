"""Which questions the start page offers."""

from pathlib import Path

import pytest

from service.answer_options import AnswerOptions
from service.library import Edition
from service.pipeline.example_questions import example_questions, written_examples
from service.pipeline.trial_answers import TrialAnswers

WRITTEN = """
[[example]]
document = "chile-rent"
en = "How much is the rent subsidy in Chile?"
es = "¿Cuánto es el subsidio de alquiler en Chile?"
[[example]]
document = "gone"
en = "Who?"
[[example]]
document = "quito"
en = "Best pizza in Naples?"
"""


def test_only_what_the_named_report_answers_is_offered(edition: Edition, tmp_path: Path) -> None:
    (tmp_path / "examples.toml").write_text(WRITTEN, "utf-8")

    trial = TrialAnswers(edition.answerer.answer, AnswerOptions())
    examples = example_questions(tmp_path, edition.index, trial)

    assert examples["en"] == ("How much is the rent subsidy in Chile?",)
    assert examples["es"] == ("¿Cuánto es el subsidio de alquiler en Chile?",)
    assert examples["pt"], "questions made of headings take the place of those that nobody wrote"
    in_english, in_spanish = "What do the reports say about “", "¿Qué dicen los informes sobre «"
    assert all(text.startswith((in_english, in_spanish)) for text in examples["pt"])


@pytest.mark.parametrize("text", ["[[example]]\nen = 'x'", "=", "example = 3", "a = 1"])
def test_a_file_that_cannot_be_used_costs_only_its_examples(tmp_path: Path, text: str) -> None:
    (tmp_path / "examples.toml").write_text(text, "utf-8")

    assert written_examples(tmp_path) == ()
