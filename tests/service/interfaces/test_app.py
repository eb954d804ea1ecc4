"""Errors are answered to people and to programs; links are absolute if the address is known."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.interfaces.app import create_app
from service.library import Library
from service.settings import Settings
from tests.fakes import edition

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def failing_client(tmp_path: Path) -> TestClient:
    (tmp_path / "current").symlink_to("generations/one")
    settings = Settings(corpus=tmp_path, index=tmp_path)
    library = Library(settings, load=lambda _, generation: edition(generation, fails=True))
    library.look()
    return TestClient(create_app(settings, library))


@pytest.mark.parametrize("accept", ["application/json", HTML["Accept"]], ids=["json", "page"])
def test_what_nobody_foresaw_says_nothing_but_the_request_id(tmp_path: Path, accept: str) -> None:
    client = failing_client(tmp_path)

    response = client.get("/ask?q=hush", headers={"Accept": accept})

    assert response.status_code == 500
    assert response.headers["x-request-id"] in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "a secret" not in response.text
    assert "Traceback" not in response.text


def test_the_wrong_method_is_told_the_right_one(client: TestClient) -> None:
    response = client.get("/v1/ask", headers=HTML)

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert response.headers["content-type"] == "application/problem+json"
    assert "POST" in response.json()["detail"]


def test_an_unknown_address_is_a_page_for_people_and_a_problem_for_programs(
    client: TestClient,
) -> None:
    page, problem = client.get("/nothing", headers=HTML), client.get("/nothing")

    assert page.status_code == problem.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["instance"] == "/nothing"


def test_links_are_absolute_where_the_public_address_is_known(
    settings: Settings, library: Library
) -> None:
    public = settings.model_copy(update={"public_url": "https://cita.example"})
    client = TestClient(create_app(public, library))

    passage = client.post("/v1/search", json={"query": "rent", "top_k": 1}).json()["results"][0]

    assert passage["href"].startswith("https://cita.example/documents/")
    assert 'href="/documents/' in client.get("/documents").text
