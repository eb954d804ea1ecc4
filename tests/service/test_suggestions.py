"""A refusal offers questions that are answered."""

from dataclasses import replace

from service.library import Edition
from service.pipeline.question import parse_question
from service.records import Answer, AnswerOptions, Refusal, RefusalCode
from service.suggestions import N_SUGGESTED, better_questions

REFUSED = Refusal(
    parse_question("How many landlords were fined in 2031?"),
    "en",
    0.1,
    RefusalCode.NOT_ANSWERED_BY_REPORTS,
)


def test_every_suggestion_is_answered_and_comes_from_a_heading(edition: Edition) -> None:
    found = better_questions(REFUSED, edition.answerer)

    assert 1 <= len(found) <= N_SUGGESTED
    assert "What do the reports say about how the subsidy works?" in found
    for text in found:
        outcome = edition.answerer.answer(parse_question(text), AnswerOptions())
        assert isinstance(outcome, Answer)


def test_nothing_is_near_to_what_is_not_about_the_corpus(edition: Edition) -> None:
    refused = replace(REFUSED, code=RefusalCode.NOTHING_RELEVANT)

    assert better_questions(refused, edition.answerer) == ()
