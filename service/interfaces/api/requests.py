"""Bodies of requests into records of the service, the same for HTTP and the command line."""

from service import records
from service.errors import BadFieldError, QuestionError
from service.interfaces.api.schemas.answers import AskRequest
from service.interfaces.api.schemas.filters import Filters
from service.library import Edition
from service.pipeline.facets import check_filters
from service.pipeline.question import parse_question
from service.records import AnswerOptions, Question
from service.settings import Settings


def question_of(
    text: str, filters: Filters, edition: Edition, *, field: str = "question"
) -> Question:
    """Understand a question and check that its filters name what the corpus has.

    Args:
        text: As it was sent.
        filters: As they were sent.
        edition: Which will answer.
        field: What the request calls the question.

    Raises:
        BadFieldError: The question cannot be asked.
        UnknownFilterError: A filter names what no document has.
    """
    wanted = filters_of(filters)
    check_filters(wanted, edition.coverage)
    try:
        return parse_question(text, filters=wanted)
    except QuestionError as error:
        raise BadFieldError(field=field, value=text, problem=str(error)) from error


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


def options_of(asked: AskRequest, settings: Settings) -> AnswerOptions:
    """Return how an answer is wanted, with the service's defaults where nothing was said."""
    confidence = asked.min_confidence
    return AnswerOptions(
        top_k=asked.top_k or settings.top_k,
        max_quotes=asked.max_quotes or settings.max_quotes,
        max_words=settings.max_words,
        min_confidence=settings.min_confidence if confidence is None else confidence,
        language=asked.answer_language,
    )
