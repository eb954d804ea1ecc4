"""The list of reports is filtered and sorted."""

from starlette.testclient import TestClient

from indexer.records import DocumentInfo
from service.interfaces.web.document_row import document_row
from service.presentation.links import Links
from tests.fakes import entry
from tests.service.interfaces.web.html_page import HTML, page_of


def test_the_list_names_reports_and_what_could_not_be_read(client: TestClient) -> None:
    page = page_of(client, "/documents")

    assert "Moving <b>around</b> Quito" in page.text
    assert not page.all("b")
    assert "broken.pdf" in page.text


def test_the_list_is_filtered_and_sorted(client: TestClient) -> None:
    filtered = page_of(client, "/documents", country="CL")
    by_year = page_of(client, "/documents", sort="year", theme="housing")
    wrong = page_of(client, "/documents", status=422, country="ZZ")
    unsorted = client.get("/documents?sort=size", headers=HTML)

    assert "1 report passes the filters" in filtered.text
    assert [attrs["value"] for attrs in filtered.all("input") if "checked" in attrs] == ["CL"]
    headings = [
        attrs["href"]
        for attrs in by_year.all("a")
        if (attrs["href"] or "").startswith("/documents/")
    ]
    assert headings == ["/documents/chile-rent", "/documents/ciudades"]
    assert "“ZZ”" in wrong.text
    assert unsorted.status_code == 422


def test_reports_are_found_by_a_subject_within_the_filters_in_use(client: TestClient) -> None:
    page = page_of(client, "/documents", country="CL")
    (form,) = [attrs for attrs in page.all("form") if attrs["action"] == "/search"]
    hidden = [attrs for attrs in page.all("input") if attrs.get("type") == "hidden"]

    assert form["method"] == "get"
    assert [(attrs["name"], attrs["value"]) for attrs in hidden] == [("country", "CL")]


def test_countries_that_a_report_names_are_told_apart() -> None:
    filed = document_row(entry("filed", DocumentInfo("F", countries=("PE",))), Links())
    naming = document_row(entry("naming", DocumentInfo("N", named_countries=("CL",))), Links())

    assert (filed.countries, filed.are_countries_named) == (("PE",), False)
    assert (naming.countries, naming.are_countries_named) == (("CL",), True)


def test_a_reports_page_has_its_countries(client: TestClient) -> None:
    assert "Countries: Chile" in page_of(client, "/documents/chile-rent").text
