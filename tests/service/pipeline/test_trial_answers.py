"""What is offered is answered when it is asked, with the options it will be asked with."""

import pytest

from service.answer_options import AnswerOptions
from service.errors import QuestionError
from service.library import Edition, Library, load_edition
from service.pipeline.trial_answers import TrialAnswers
from service.qa_service import QAService
from service.records import Answer, Filters, Question
from service.settings import Settings
from tests.fakes import answer

REFUSED = "How did the subsidy work in 2031?"
STATED = "Chile pays migrants a monthly rent subsidy for at most eight years."


def trial(edition: Edition, *, min_confidence: float | None = None) -> TrialAnswers:
    return TrialAnswers(edition.answerer.answer, AnswerOptions(min_confidence=min_confidence))


@pytest.mark.parametrize("min_confidence", [None, 0.0])
def test_a_question_is_answered_where_we_are_sure_enough(
    edition: Edition, min_confidence: float | None
) -> None:
    tried = trial(edition, min_confidence=min_confidence)

    assert tried.is_answered("How much does Chile pay migrants for rent?")
    assert tried.first_document("How much does Chile pay migrants for rent?") == "chile-rent"
    assert not tried.is_answered(REFUSED)
    assert tried.first_document(REFUSED) is None


def test_filters_and_options_are_those_of_who_will_ask() -> None:
    asked: list[tuple[Question, AnswerOptions]] = []

    def answered(question: Question, options: AnswerOptions) -> Answer:
        asked.append((question, options))
        return answer(STATED)

    options, filters = AnswerOptions(top_k=3, min_confidence=0.9), Filters(country=("CL",))

    assert TrialAnswers(answered, options).is_answered("Who pays?", filters)
    assert asked == [(Question("Who pays?", filters=filters), options)]


def test_what_cannot_be_asked_is_not_answered() -> None:
    def answered(question: Question, _: AnswerOptions) -> Answer:
        raise QuestionError(question.text, code="empty")

    assert not TrialAnswers(answered, AnswerOptions()).is_answered("Who pays?")


def test_a_service_that_asks_for_more_confidence_offers_nothing_less_sure(
    settings: Settings, library: Library
) -> None:
    strict = settings.model_copy(update={"min_confidence": 1.0})
    services = QAService(settings, library), QAService(strict, library)

    usual, none = (service.suggestions(service.ask(REFUSED)) for service in services)

    assert usual
    assert none == ()
    assert set(load_edition(strict, "current").examples.values()) == {()}
