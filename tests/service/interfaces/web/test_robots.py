"""Crawlers fetch pages and reports, and ask nothing."""

import re

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        pytest.param("/", True, id="start"),
        pytest.param("/about", True, id="about"),
        pytest.param("/search", True, id="the form"),
        pytest.param("/documents/quito", True, id="a report"),
        pytest.param("/?lang=es", True, id="start in Spanish"),
        pytest.param("/about?lang=pt", True, id="about in Portuguese"),
        pytest.param("/ask?q=rent", False, id="a question"),
        pytest.param("/ask/export/docx?q=rent", False, id="its file"),
        pytest.param("/search?q=rent", False, id="words"),
        pytest.param("/documents?country=CL", False, id="a filter"),
        pytest.param("/documents/quito?start=3", False, id="a place"),
        pytest.param("/documents/quito?lang=es", False, id="a report in another frame"),
        pytest.param("/v1/documents", False, id="the API"),
    ],
)
def test_what_crawlers_may_fetch(client: TestClient, path: str, *, allowed: bool) -> None:
    assert may_fetch(client, path) is allowed


def test_crawlers_may_fetch_what_a_page_is_drawn_with(client: TestClient) -> None:
    drawn_with = re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get("/").text)

    assert any("?" in address for address in drawn_with)
    assert all(may_fetch(client, address) for address in drawn_with)


def test_the_rules_are_text_for_every_crawler(client: TestClient) -> None:
    response = client.get("/robots.txt")

    assert response.headers["content-type"].startswith("text/plain")
    assert response.text.startswith("User-agent: *\n")


def may_fetch(client: TestClient, path: str) -> bool:
    """Tell it as RFC 9309 does: of the rules that a path begins with, the longest counts."""
    rules = [line.split(": ", 1) for line in client.get("/robots.txt").text.splitlines()[1:]]
    holding = [
        (len(start), verb == "Allow")
        for verb, start in rules
        if re.match(re.escape(start).replace(r"\*", ".*"), path)  # a star is anything
    ]
    return max(holding, default=(0, True))[1]
