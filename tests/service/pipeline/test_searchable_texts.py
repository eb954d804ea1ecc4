"""The reports of an index, as far as filters admit them."""

import pytest

from service.library import Edition
from service.pipeline.retrieval import ViewWeights
from service.pipeline.searchable_texts import IndexedReports
from service.records import Filters


@pytest.fixture
def reports(edition: Edition) -> IndexedReports:
    return IndexedReports(edition.index, ViewWeights(), edition.answerer.models.translator)


def test_languages_are_those_in_which_the_reports_are_read(reports: IndexedReports) -> None:
    spanish = "en" if reports.translator.translates("es") else "es"
    assert reports.languages(Filters()) == {"en", spanish}
    assert reports.languages(Filters(country=("PE",))) == {spanish}
    assert reports.languages(Filters(year_from=2050)) == frozenset()


def test_names_that_no_report_has_are_unknown(reports: IndexedReports) -> None:
    assert reports.unknown(["Quito", "Lagos"]) == ("Lagos",)


def test_a_report_is_scanned_once_for_who_plays_a_part(reports: IndexedReports) -> None:
    labels = reports.role_labels(0)

    again = IndexedReports(reports.index, ViewWeights(), reports.translator)
    assert reports.role_labels(0) is labels
    assert again.role_labels(0) is not labels  # kept with the reports, and gone with them
    assert again.role_labels(0) == labels
