"""Answers questions on trial, before they are offered: in a refusal and on the start page."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from service.answer_options import AnswerOptions
from service.errors import ServiceError
from service.pipeline.question import parse_question
from service.pipeline.suggestions import states_something
from service.records import Answer, Filters, Question, Refusal

AnswerQuestion = Callable[[Question, AnswerOptions], Answer | Refusal]
"""Answers a question, or refuses."""


@dataclass(frozen=True, slots=True)
class TrialAnswers:
    """Tells what is answered when a question is asked as it is typed.

    Attributes:
        answer: Answers it.
        options: Those with which it will be asked; any confidence is not enough to offer it, so at
            ``min_confidence`` 0 our own threshold holds.
    """

    answer: AnswerQuestion
    options: AnswerOptions

    def is_answered(self, text: str, filters: Filters | None = None) -> bool:
        """Tell whether a question is answered, first of all by a statement."""
        answer = self._answer_to(text, filters or Filters())
        return answer is not None and states_something(answer.quotes[0].text)

    def first_document(self, text: str) -> str | None:
        """Return the document of the first quote that answers a question; ``None`` if none does."""
        answer = self._answer_to(text, Filters())
        return answer.citations[0].document.doc_id if answer else None

    def _answer_to(self, text: str, filters: Filters) -> Answer | None:
        options = replace(self.options, min_confidence=self.options.min_confidence or None)
        try:
            result = self.answer(parse_question(text, filters=filters), options)
        except ServiceError:
            return None
        return result if isinstance(result, Answer) else None
