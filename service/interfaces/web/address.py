"""From an address to an outcome: what the page, its exports and its permanent link all ask."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from service.errors import QuestionError, ServiceError
from service.interfaces.api.dependencies import Room
from service.interfaces.web.form import filter_trouble, filters_from, question_trouble
from service.interfaces.web.views.form import FieldProblem
from service.library import Edition
from service.pipeline.facets import FIELDS, check_filters
from service.pipeline.question import parse_question
from service.records import Answer, AnswerOptions, Refusal


@dataclass(frozen=True, slots=True)
class CannotAsk:
    """What is wrong with the form; one of the two.

    Attributes:
        question: What is wrong with the question.
        filters: What is wrong with the filters.
    """

    question: FieldProblem | None = None
    filters: FieldProblem | None = None


def outcome_of(params: QueryParams, room: Room, edition: Edition) -> Answer | Refusal | CannotAsk:
    """Ask what the address asks, with the service's own options."""
    try:
        filters = filters_from(params)
        check_filters(filters, edition.coverage)
    except ServiceError as error:
        return CannotAsk(filters=filter_trouble(params, error))
    try:
        question = parse_question(params.get("q", ""), filters=filters)
    except QuestionError:
        return CannotAsk(question=question_trouble(params.get("q", "")))
    settings = room.settings
    options = AnswerOptions(
        top_k=settings.top_k,
        max_quotes=settings.max_quotes,
        max_words=settings.max_words,
        min_confidence=settings.min_confidence,
    )
    return edition.answerer.answer(question, options)


def asking_query(params: QueryParams) -> str:
    """Return the part of the address that decides the answer: the question and the filters."""
    kept = [("q", params.get("q", "")), *filter_items(params)]
    return urlencode(kept)


def filter_items(params: QueryParams) -> list[tuple[str, str]]:
    """Return the filters in use as field and value."""
    names = (*FIELDS, "year_from", "year_to")
    return [
        (name, value) for name, value in params.multi_items() if name in names and value.strip()
    ]
