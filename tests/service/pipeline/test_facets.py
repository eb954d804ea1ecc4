"""What the corpus covers, and which documents pass a filter."""

import pytest

from indexer.records import DocumentInfo
from service.errors import UnknownFilterError
from service.pipeline.facets import (
    FacetValue,
    admits,
    admitted_coverage,
    check_filters,
    coverage_of,
    n_undated,
    narrowed_facets,
)
from service.records import Filters
from tests.fakes import entry

CHILE = entry("chile", DocumentInfo("C", year=2020, countries=("CL",), themes=("rent", "jobs")))
PERU = entry("peru", DocumentInfo("P", year=2018, countries=("PE", "CL"), publisher="Lima"))
JOINT = entry("joint", DocumentInfo("J", publisher="Lima; Quito"))
UNDATED = entry("undated", DocumentInfo("U", themes=("rent",), language="es"))
NAMING = entry("naming", DocumentInfo("N", named_countries=("CL", "UY")))
ALL = (CHILE, PERU, UNDATED)


@pytest.mark.parametrize(
    ("filters", "passing"),
    [
        pytest.param(Filters(), [CHILE, PERU, UNDATED], id="no filter"),
        pytest.param(Filters(country=("CL", "BR")), [CHILE, PERU], id="either country"),
        pytest.param(Filters(country=("CL",), theme=("rent",)), [CHILE], id="both fields"),
        pytest.param(Filters(document=("undated",)), [UNDATED], id="a document"),
        pytest.param(Filters(publisher=("Lima",)), [PERU], id="a publisher"),
        pytest.param(Filters(language=("es",)), [UNDATED], id="a language"),
        pytest.param(Filters(year_from=2020), [CHILE], id="from a year, included"),
        pytest.param(Filters(year_to=2018), [PERU], id="to a year, included"),
        pytest.param(Filters(year_from=2019, year_to=2019), [], id="a year between"),
    ],
)
def test_filters_admit_by_hand(filters: Filters, passing: list[object]) -> None:
    assert [each for each in ALL if admits(filters, each)] == passing


def test_coverage_counts_values_and_spans_the_years() -> None:
    coverage = coverage_of(ALL)

    assert coverage.n_documents == 3
    assert (coverage.first_year, coverage.last_year) == (2018, 2020)
    assert coverage.facets["country"] == (FacetValue("CL", 2), FacetValue("PE", 1))
    assert coverage.facets["theme"] == (FacetValue("rent", 2), FacetValue("jobs", 1))


def test_each_of_several_publishers_finds_their_report() -> None:
    coverage = coverage_of([PERU, JOINT])

    assert coverage.facets["publisher"] == (FacetValue("Lima", 2), FacetValue("Quito", 1))
    assert admits(Filters(publisher=("Quito",)), JOINT)
    assert admits(Filters(publisher=("Lima; Quito",)), JOINT)  # as it is shown
    assert not admits(Filters(publisher=("Quito",)), PERU)
    check_filters(Filters(publisher=("Lima; Quito",)), coverage)


def test_coverage_of_undated_reports_has_no_years() -> None:
    coverage = coverage_of([UNDATED])

    assert (coverage.first_year, coverage.last_year) == (None, None)


def test_a_field_is_counted_as_if_it_were_not_filtered_itself() -> None:
    facets = narrowed_facets(ALL, Filters(country=("PE",), theme=("rent",)))

    assert facets["country"] == (FacetValue("CL", 1),)
    assert facets["theme"] == ()


def test_a_value_that_no_document_has_is_refused_beside_those_there_are() -> None:
    with pytest.raises(UnknownFilterError, match=r"country 'XX'; the corpus has: CL, PE"):
        check_filters(Filters(country=("CL", "XX")), coverage_of(ALL))


def test_reports_that_pass_are_counted_beside_all() -> None:
    coverage = admitted_coverage(ALL, Filters(country=("PE",)))

    assert coverage is not None
    assert (coverage.n_documents, coverage.n_all, coverage.last_year) == (1, 3, 2018)
    assert admitted_coverage(ALL, Filters()) is None
    assert admitted_coverage(ALL, Filters(year_from=2030)) is None


def test_reports_without_a_year_are_counted_where_the_year_alone_leaves_them_out() -> None:
    assert n_undated(ALL, Filters(year_from=2019)) == 1
    assert n_undated(ALL, Filters(year_from=2019, country=("CL",))) == 0
    assert n_undated(ALL, Filters(theme=("jobs",))) == 0


def test_a_report_without_countries_is_found_by_those_it_names() -> None:
    coverage = coverage_of([PERU, NAMING])

    assert admits(Filters(country=("UY",)), NAMING)
    assert coverage.facets["country"][0] == FacetValue("CL", 2)


def test_countries_are_said_to_be_named_where_most_reports_name_them() -> None:
    assert not coverage_of(ALL).has_named_countries
    assert not coverage_of([PERU, NAMING]).has_named_countries
    assert coverage_of([PERU, NAMING, NAMING, UNDATED]).has_named_countries
