"""The start page shows the form and what there is to ask about."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.testclient import TestClient

from service.interfaces.app import create_app
from service.library import Edition, Library
from service.pipeline.facets import FacetValue
from service.qa_service import QAService
from service.settings import Settings
from tests.service.interfaces.web.html_page import Page, page_of


def test_the_start_page_has_the_form_examples_and_what_there_is_to_ask_about(
    client: TestClient,
) -> None:
    page = page_of(client, "/")

    assert {"name": "q", "id": "q"}.items() <= page.all("input")[0].items()
    assert "3 reports" in page.text
    assert "Chile" in page.text
    assert any((attrs.get("href") or "").startswith("/ask?q=") for attrs in page.all("a"))


def test_the_form_offers_only_values_of_the_corpus_with_counts(client: TestClient) -> None:
    page = page_of(client, "/")

    boxes = [attrs for attrs in page.all("input") if attrs.get("type") == "checkbox"]
    offered = {(attrs["name"], attrs["value"]) for attrs in boxes}
    assert {("country", code) for code in ("CL", "CO", "PE", "EC")} <= offered
    assert ("theme", "housing") in offered
    assert "1 report" in page.text
    assert "2 reports" in page.text


def client_of(settings: Settings, edition: Edition, countries: Mapping[str, int]) -> TestClient:
    """Return a client of a service whose reports are on other countries."""
    values = tuple(FacetValue(code, n) for code, n in countries.items())
    facets = {**edition.coverage.facets, "country": values}
    coverage = replace(edition.coverage, n_documents=99, facets=facets)
    library = Library(settings, load=lambda *_: replace(edition, coverage=coverage))
    library.load()
    return TestClient(create_app(QAService(settings, library)))


def test_a_few_reports_without_country_and_theme_are_told_by_their_titles(
    settings: Settings, edition: Edition
) -> None:
    facets = {**edition.coverage.facets, "country": (), "theme": ()}
    coverage = replace(edition.coverage, facets=facets)
    library = Library(settings, load=lambda *_: replace(edition, coverage=coverage))
    library.load()

    told = page_of(TestClient(create_app(QAService(settings, library))), "/")

    assert "/documents/chile-rent" in [attrs["href"] for attrs in told.all("a")]
    assert "Ciudades que acogen" in told.text


def test_countries_that_reports_name_are_told_apart_beside_their_titles(
    settings: Settings, edition: Edition
) -> None:
    facets = {**edition.coverage.facets, "theme": ()}
    coverage = replace(edition.coverage, facets=facets, has_named_countries=True)
    library = Library(settings, load=lambda *_: replace(edition, coverage=coverage))
    library.load()
    client = TestClient(create_app(QAService(settings, library)))

    named = page_of(client, "/")

    assert "Countries named" in named.text
    assert "Named in the reports themselves" in named.text
    assert "Ciudades que acogen" in named.text


def test_one_of_several_countries_narrows_where_all_reports_name_them(
    settings: Settings, edition: Edition
) -> None:
    n_documents = edition.coverage.n_documents

    def offered(*codes: str) -> set[str | None]:
        values = tuple(FacetValue(code, n_documents) for code in codes)
        facets = {**edition.coverage.facets, "country": values}
        coverage = replace(edition.coverage, facets=facets)
        library = Library(settings, load=lambda *_: replace(edition, coverage=coverage))
        library.load()
        page = page_of(TestClient(create_app(QAService(settings, library))), "/")
        return {a["value"] for a in page.all("input") if a.get("name") == "country"}

    assert offered("CL", "PE") == {"CL", "PE"}
    assert offered("CL") == set()


def test_countries_stand_by_their_name_in_the_readers_language(
    settings: Settings, edition: Edition
) -> None:
    client = client_of(settings, edition, {"DE": 9, "CL": 5, "AT": 3, "AF": 1})

    def offered(language: str) -> list[str | None]:
        boxes = page_of(client, "/", lang=language, country="CL").all("input")
        return [box["value"] for box in boxes if box.get("name") == "country"]

    assert offered("en") == ["AF", "AT", "CL", "DE"]
    assert offered("es") == ["AF", "DE", "AT", "CL"]


def test_a_long_list_has_every_country_and_can_be_looked_through(
    settings: Settings, edition: Edition
) -> None:
    codes = [f"{first}{last}" for first in "ABCDEFGH" for last in "ABCDEFGHI"]
    long = page_of(client_of(settings, edition, dict.fromkeys(codes, 1)), "/")
    short = page_of(client_of(settings, edition, dict.fromkeys(codes[:10], 1)), "/")

    def fields(page: Page) -> list[str | None]:
        boxes = [box for box in page.all("input") if box.get("type") == "search"]
        assert all("name" not in box and "hidden" in box for box in boxes)
        return [box["aria-label"] for box in boxes]

    assert sum(box.get("name") == "country" for box in long.all("input")) == 72
    assert fields(long) == ["Look in the list: Country"]
    assert fields(short) == []
