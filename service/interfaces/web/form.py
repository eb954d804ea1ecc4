"""Reads the form from the address, and makes the form that is shown again."""

from collections.abc import Sequence

from pydantic import BaseModel, Field, ValidationError
from starlette.datastructures import QueryParams

from service import records
from service.errors import ArgumentError, ServiceError, UnknownDocumentError, UnknownFilterError
from service.interfaces.api.problems import trouble_of_fields
from service.interfaces.api.requests import filters_of
from service.interfaces.api.schemas.filters import Filters
from service.interfaces.web.views.form import FieldProblem, FilterGroup, Form, Option
from service.library import Edition
from service.pipeline.facets import FIELDS, FacetValue

SHOWN = ("country", "theme", "publisher", "language", "document")
"""Filters in the order of the form."""
YEARS = ("year_from", "year_to")
N_YEAR_DIGITS = 4
MAX_SHOWN_CHARS = 40
MAX_OPTIONS = 60
"""Values of one filter shown at most; of the rest only those in use."""


class PlaceQuery(BaseModel):
    """Where a report is to be opened: at a quote, or at a page.

    Attributes:
        start: First character of the quote.
        end: One past its last.
        page: Physical page.
        sha256: Of the file that the link was made for, its first characters.
        quotes: All that an answer quotes from the report, as `service.presentation.links` writes
            spans.
        beside: Whether the original stands beside the text.
    """

    start: int | None = Field(default=None, ge=0, le=10**10)
    end: int | None = Field(default=None, ge=0, le=10**10)
    page: int | None = Field(default=None, ge=1, le=10**6)
    sha256: str | None = Field(default=None, max_length=64)
    quotes: str = Field(default="", max_length=400)
    beside: int = Field(default=0, ge=0, le=1)


def filters_from(params: QueryParams) -> records.Filters:
    """Return the filters that the address names; what is left empty is not a filter.

    Raises:
        ArgumentError: A year is not a year, or the two are the wrong way round.
    """
    given: dict[str, object] = {field: _values(params, field) for field in FIELDS}
    for year in YEARS:
        text = params.get(year, "").strip()
        given[year] = (int(text) if text.isdecimal() and len(text) < 10 else text) or None  # noqa: PLR2004
    try:
        return filters_of(Filters.model_validate(given))
    except ValidationError as error:
        raise ArgumentError(trouble_of_fields(error)) from error


def filter_trouble(params: QueryParams, error: ServiceError) -> FieldProblem:
    """Say what is wrong with the filters, for people."""
    if isinstance(error, UnknownFilterError):
        return FieldProblem("unknown", error.value, error.field)
    years = [text for name in YEARS if (text := params.get(name, "").strip())]
    for text in years:
        if not (text.isdecimal() and len(text) == N_YEAR_DIGITS and text.isascii()):
            return FieldProblem("year", text[:MAX_SHOWN_CHARS])
    if years == sorted(years, reverse=True) and len(set(years)) > 1:
        return FieldProblem("years", "–".join(years))
    return FieldProblem("other", str(error))


def form_of(
    params: QueryParams,
    edition: Edition | None,
    *,
    error: FieldProblem | None = None,
    filter_error: FieldProblem | None = None,
) -> Form:
    """Return the form with all that was typed and ticked still in it."""
    years = [params.get("year_from", "").strip(), params.get("year_to", "").strip()]
    groups = tuple(
        group for field in SHOWN if (group := _group(params, edition, field)) is not None
    )
    coverage = edition.coverage if edition else None
    return Form(
        question=params.get("q", ""),
        error=error,
        filter_error=filter_error,
        groups=groups,
        year_from=years[0],
        year_to=years[1],
        first_year=coverage.first_year if coverage else None,
        last_year=coverage.last_year if coverage else None,
        n_active=sum(bool(_values(params, field)) for field in FIELDS) + any(years),
    )


def _values(params: QueryParams, field: str) -> list[str]:
    return [value for value in params.getlist(field) if value.strip()]


def _group(params: QueryParams, edition: Edition | None, field: str) -> FilterGroup | None:
    """Return one filter: the values of the corpus, and first of all what is in use."""
    wanted = _values(params, field)
    known: Sequence[FacetValue] = edition.coverage.facets[field] if edition else ()
    counts = {facet.value: facet.n_documents for facet in known}
    # One value that every report has, or none at all, would narrow nothing.
    if len(known) < 2 and not wanted:  # noqa: PLR2004
        return None
    if field == "document" and len(known) > MAX_OPTIONS:
        counts = {}
    values = [*wanted, *(value for value in counts if value not in wanted)][:MAX_OPTIONS]
    options = [
        Option(value, _label(edition, field, value), counts.get(value, 0), value in wanted)
        for value in values
    ]
    return FilterGroup(field, tuple(options)) if options else None


def _label(edition: Edition | None, field: str, value: str) -> str | None:
    if field != "document" or edition is None:
        return None
    try:
        return edition.entry(value).info.title
    except UnknownDocumentError:
        return value
