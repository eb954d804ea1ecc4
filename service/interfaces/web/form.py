"""Parses the filters of an address, and makes the form that is shown again."""

from collections.abc import Sequence
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.datastructures import QueryParams

from service import records
from service.errors import ArgumentError, ServiceError, UnknownDocumentError, UnknownFilterError
from service.interfaces.api.problems import validation_message
from service.interfaces.api.requests import filters_of
from service.interfaces.api.schemas.fields import N_COUNTRY_LETTERS
from service.interfaces.api.schemas.filters import Filters
from service.interfaces.web.ask_query import DROPPED
from service.interfaces.web.view_models.form import (
    FieldProblem,
    FilterGroup,
    FilterInUse,
    Form,
    Option,
)
from service.library import Edition
from service.pipeline.facets import FIELDS, FacetValue, n_undated

SHOWN_FILTERS = ("country", "theme", "publisher", "language", "document")
"""Filters in the order of the form."""
YEARS = ("year_from", "year_to")
_OF_A_PAGE = {"offset", "on", "index", "cited"}
"""What an address says of one part of a list or of one answer, and not of what is asked."""
N_YEAR_DIGITS = 4
MAX_SHOWN_CHARS = 40
MAX_OPTIONS = 60
"""Values of one filter shown at most, but all countries are; a longer list of reports shows only
those in use."""


def filters_from(params: QueryParams) -> records.Filters:
    """Return the filters of an address; empty values are ignored.

    Raises:
        ArgumentError: A year is not a year, or the two are in the wrong order.
    """
    fields: dict[str, object] = {field: _values(params, field) for field in FIELDS}
    for year in YEARS:
        text = params.get(year, "").strip()
        fields[year] = (int(text) if text.isdecimal() and len(text) < 10 else text) or None  # noqa: PLR2004
    try:
        return filters_of(Filters.model_validate(fields))
    except ValidationError as error:
        raise ArgumentError(validation_message(error)) from error


def filter_problem(params: QueryParams, error: ServiceError) -> FieldProblem:
    """Return what is wrong with the filters, for the form."""
    if isinstance(error, UnknownFilterError):
        return FieldProblem("unknown", error.value, (error.field,))
    for country in _values(params, "country"):
        if len(country) != N_COUNTRY_LETTERS:
            return FieldProblem("country", country[:MAX_SHOWN_CHARS], ("country",))
    years = {name: text for name in YEARS if (text := params.get(name, "").strip())}
    for name, text in years.items():
        if not _is_year(text):
            return FieldProblem("year", text[:MAX_SHOWN_CHARS], (name,))
    first, last = years.get("year_from", ""), years.get("year_to", "")
    if last and first > last:
        return FieldProblem("years", f"{first}–{last}", YEARS)
    return FieldProblem("other", str(error))


def form_of(
    params: QueryParams,
    edition: Edition | None,
    *,
    error: FieldProblem | None = None,
    filter_error: FieldProblem | None = None,
) -> Form:
    """Return the form with everything that was typed and ticked."""
    years = [params.get("year_from", "").strip(), params.get("year_to", "").strip()]
    groups = tuple(
        group for field in SHOWN_FILTERS if (group := _group(params, edition, field)) is not None
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
        n_undated=_n_undated(params, edition) if edition and any(years) else 0,
        n_active=sum(len(_values(params, field)) for field in FIELDS) + sum(map(_is_year, years)),
        in_use=_in_use(params, edition),
        dropped=_dropped(params, edition),
    )


def _in_use(params: QueryParams, edition: Edition | None) -> tuple[FilterInUse, ...]:
    """Return the filters of an address in the order of the form, each with how to take it off."""
    pairs = [(field, value) for field in SHOWN_FILTERS for value in _values(params, field)]
    pairs += [(year, text) for year in YEARS if _is_year(text := params.get(year, "").strip())]
    kept = [pair for pair in params.multi_items() if pair[1].strip() and pair[0] not in _OF_A_PAGE]
    return tuple(
        FilterInUse(
            field,
            value,
            _label(edition, field, value),
            urlencode([pair for pair in kept if not _is_of(field, value, pair)]),
        )
        for field, value in pairs
    )


def _is_year(text: str) -> bool:
    return text.isdecimal() and len(text) == N_YEAR_DIGITS and text.isascii()


def _is_of(field: str, value: str, pair: tuple[str, str]) -> bool:
    """Tell whether a pair of an address is of a filter: years of one field are, all of them."""
    return pair[0] == field and (field in YEARS or _value(*pair) == value)


def _dropped(params: QueryParams, edition: Edition | None) -> tuple[str, ...]:
    known = {facet.value for facet in edition.coverage.facets["country"]} if edition else set()
    return tuple(code for code in dict.fromkeys(params.getlist(DROPPED)) if code in known)


def _n_undated(params: QueryParams, edition: Edition) -> int:
    try:
        return n_undated(edition.index.documents, filters_from(params))
    except ArgumentError:
        return 0


def _values(params: QueryParams, field: str) -> list[str]:
    """Return the values of a filter, each once."""
    values = (_value(field, text) for text in params.getlist(field))
    return list(dict.fromkeys(filter(None, values)))


def _value(field: str, text: str) -> str:
    """Return a value as the form has it: countries may be typed in small letters."""
    value = text.strip()
    is_code = field == "country" and len(value) == N_COUNTRY_LETTERS
    return value.upper() if is_code else value


def _group(params: QueryParams, edition: Edition | None, field: str) -> FilterGroup | None:
    """Return one filter with the values of the corpus, those in use first."""
    selected = _values(params, field)
    known: Sequence[FacetValue] = edition.coverage.facets[field] if edition else ()
    counts = {facet.value: facet.n_documents for facet in known}
    if edition and not _narrows(edition, field) and not selected:
        return None
    if field == "document" and len(known) > MAX_OPTIONS:
        counts = {}
    values = [*selected, *(value for value in counts if value not in selected)]
    if field != "country":
        values = values[:MAX_OPTIONS]
    options = [
        Option(value, _label(edition, field, value), counts.get(value, 0), value in selected)
        for value in values
    ]
    is_read = field == "country" and edition is not None and edition.coverage.has_named_countries
    return FilterGroup(field, tuple(options), is_read) if options else None


def _narrows(edition: Edition, field: str) -> bool:
    """Tell whether a filter can leave anything out: a value that all reports have does not.

    One of several countries does, as it leaves out sentences on the others.
    """
    coverage = edition.coverage
    values = coverage.facets[field]
    if field == "country" and len(values) > 1:
        return True
    return any(facet.n_documents < coverage.n_documents for facet in values)


def _label(edition: Edition | None, field: str, value: str) -> str | None:
    if field != "document" or edition is None:
        return None
    try:
        return edition.entry(value).info.title
    except UnknownDocumentError:
        return value
