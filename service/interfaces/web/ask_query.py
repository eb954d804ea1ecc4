"""Query strings of ``/ask``: made of a question and filters."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import QueryParams

from indexer.country_names import countries_in
from service.interfaces.web.view_models.example import Example
from service.pipeline.facets import FIELDS
from service.pipeline.follow_ups import StandaloneQuestion
from service.pipeline.question_language import language_of

DROPPED = "without"
"""Names the countries that answers to a follow-up are not limited to any more."""


def question_query(params: QueryParams) -> str:
    """Return the question and the filters as a query string: what decides the answer."""
    return urlencode([("q", params.get("q", "")), *filter_items(params)])


def standalone_query(params: QueryParams, standalone: StandaloneQuestion) -> str:
    """Return the query string of a follow-up that was made to stand by itself.

    What was typed goes with it in ``typed``, if that is something else. A country that it names
    takes the place of the countries that answers were limited to, which go with it.
    """
    language = standalone.language or params.get("lang")
    typed = params.get("q", "")
    wanted = params.getlist("country")
    is_elsewhere = standalone.is_rewritten and not set(countries_in(typed)) <= set(wanted)
    return urlencode(
        [
            ("q", standalone.text),
            *(item for item in filter_items(params) if not (is_elsewhere and item[0] == "country")),
            *([("typed", typed)] if standalone.is_rewritten else []),
            *((DROPPED, country) for country in wanted if is_elsewhere and country.strip()),
            *([("lang", language)] if language else []),
        ]
    )


def filter_items(params: QueryParams) -> list[tuple[str, str]]:
    """Return the filters in use as field and value."""
    names = (*FIELDS, "year_from", "year_to")
    return [
        (name, value) for name, value in params.multi_items() if name in names and value.strip()
    ]


def example_links(questions: Sequence[str], query: str = "") -> tuple[Example, ...]:
    """Return each question with the address that asks it and the language it is in.

    Args:
        questions: The questions.
        query: Question and filters as a query string, whose filters are kept.
    """
    filters = [(name, value) for name, value in parse_qsl(query) if name != "q"]
    return tuple(
        Example(text, f"/ask?{urlencode([('q', text), *filters])}", language_of(text))
        for text in questions
    )
