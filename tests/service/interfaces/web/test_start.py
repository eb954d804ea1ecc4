"""The start page shows the form and what there is to ask about."""

from starlette.testclient import TestClient

from tests.service.interfaces.web.html_page import page_of


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
