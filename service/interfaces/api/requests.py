"""Turns bodies of requests into records of the service, for HTTP and for the command line."""

from collections.abc import Iterator
from contextlib import contextmanager

from service import records
from service.answer_options import AnswerWishes
from service.errors import BadFieldError, QuestionError
from service.interfaces.api.schemas.answers import AskRequest
from service.interfaces.api.schemas.filters import Filters
from service.outcomes import Outcome
from service.qa_service import QAService


def filters_of(filters: Filters) -> records.Filters:
    """Return the filters of a request as a record."""
    return records.Filters(
        document=tuple(filters.document),
        publisher=tuple(filters.publisher),
        country=tuple(filters.country),
        theme=tuple(filters.theme),
        language=tuple(filters.language),
        year_from=filters.year_from,
        year_to=filters.year_to,
    )


def wishes_of(request: AskRequest) -> AnswerWishes:
    """Return the options that a request sets."""
    return AnswerWishes(
        top_k=request.top_k,
        max_quotes=request.max_quotes,
        min_confidence=request.min_confidence,
        language=request.answer_language,
    )


def ask_service(request: AskRequest, service: QAService) -> Outcome:
    """Ask the service what a request asks, after the turns before it.

    Raises:
        BadFieldError: The question is invalid.
        NotReadyError: No index is loaded.
        UnknownFilterError: A filter names what no report has.
    """
    with question_in("question", request.question):
        return service.ask(
            request.question,
            earlier=request.turns,
            filters=filters_of(request.filters),
            wishes=wishes_of(request),
        )


@contextmanager
def question_in(field: str, text: str) -> Iterator[None]:
    """Name the field of the request that holds an invalid question.

    Raises:
        BadFieldError: In place of `QuestionError`.
    """
    try:
        yield
    except QuestionError as error:
        raise BadFieldError(field=field, value=text, problem=str(error)) from error
