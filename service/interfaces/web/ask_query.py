"""The query string of ``/ask``: asks what it holds, and makes another."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from service.errors import ArgumentError, QuestionError, UnknownFilterError
from service.interfaces.web.form import filter_problem, filters_from
from service.interfaces.web.views.example import Example
from service.interfaces.web.views.form import FieldProblem
from service.pipeline.facets import FIELDS
from service.pipeline.question import language_of
from service.qa_service import Outcome, QAService


@dataclass(frozen=True, slots=True)
class InvalidQuery:
    """What is wrong with the query string; one of the two is set.

    Attributes:
        question: What is wrong with the question.
        filters: What is wrong with the filters.
    """

    question: FieldProblem | None = None
    filters: FieldProblem | None = None


def outcome_of(
    params: QueryParams, service: QAService, *, suggest: bool = False
) -> Outcome | InvalidQuery:
    """Ask the question in ``params``, with the options of the settings."""
    try:
        return service.ask(params.get("q", ""), filters=filters_from(params), suggest=suggest)
    except QuestionError as error:
        return InvalidQuery(question=FieldProblem(error.code, error.value))
    except (ArgumentError, UnknownFilterError) as error:
        return InvalidQuery(filters=filter_problem(params, error))


def question_query(params: QueryParams) -> str:
    """Return the question and the filters as a query string: what decides the answer."""
    return urlencode([("q", params.get("q", "")), *filter_items(params)])


def filter_items(params: QueryParams) -> list[tuple[str, str]]:
    """Return the filters in use as field and value."""
    names = (*FIELDS, "year_from", "year_to")
    return [
        (name, value) for name, value in params.multi_items() if name in names and value.strip()
    ]


def example_links(questions: Sequence[str]) -> tuple[Example, ...]:
    """Return each question with the address that asks it and the language it is in."""
    return tuple(
        Example(text, f"/ask?{urlencode({'q': text})}", language_of(text)) for text in questions
    )
