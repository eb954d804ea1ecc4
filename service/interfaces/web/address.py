"""From an address to an outcome: what the page, its exports and its permanent link all ask."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from service.errors import ArgumentError, QuestionError, UnknownFilterError
from service.interfaces.web.form import filter_trouble, filters_from
from service.interfaces.web.views.form import FieldProblem
from service.pipeline.facets import FIELDS
from service.qa_service import Outcome, QAService


@dataclass(frozen=True, slots=True)
class CannotAsk:
    """What is wrong with the form; one of the two.

    Attributes:
        question: What is wrong with the question.
        filters: What is wrong with the filters.
    """

    question: FieldProblem | None = None
    filters: FieldProblem | None = None


def outcome_of(
    params: QueryParams, service: QAService, *, suggest: bool = False
) -> Outcome | CannotAsk:
    """Ask what the address asks, with the service's own options."""
    try:
        return service.ask(params.get("q", ""), filters=filters_from(params), suggest=suggest)
    except QuestionError as error:
        return CannotAsk(question=FieldProblem(error.code, error.value))
    except (ArgumentError, UnknownFilterError) as error:
        return CannotAsk(filters=filter_trouble(params, error))


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
