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
        pytest.param("/static/cita.css", True, id="style"),
        pytest.param("/ask?q=rent", False, id="a question"),
        pytest.param("/ask/export/docx?q=rent", False, id="its file"),
        pytest.param("/search?q=rent", False, id="words"),
        pytest.param("/documents?country=CL", False, id="a filter"),
        pytest.param("/documents/quito?start=3", False, id="a place"),
        pytest.param("/v1/documents", False, id="the API"),
    ],
)
def test_what_crawlers_may_fetch(client: TestClient, path: str, *, allowed: bool) -> None:
    response = client.get("/robots.txt")
    group, *rules = response.text.splitlines()
    closed = [rule.removeprefix("Disallow: ") for rule in rules]

    assert response.headers["content-type"].startswith("text/plain")
    assert group == "User-agent: *"
    # RFC 9309: a rule holds for paths that begin with it; a star is anything.
    patterns = [re.escape(rule).replace(r"\*", ".*") for rule in closed]
    assert any(re.match(pattern, path) for pattern in patterns) is not allowed
