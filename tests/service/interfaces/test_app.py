"""What stands around every request: ids, headers, the log, and errors nobody foresaw."""

import logging
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings
from tests.fakes import edition

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def client_with(tmp_path: Path, *, fails: bool) -> TestClient:
    (tmp_path / "current").symlink_to("generations/one")
    settings = Settings(corpus=tmp_path, index=tmp_path)
    library = Library(settings, load=lambda _, generation: edition(generation, fails=fails))
    library.look()
    return TestClient(create_app(QAService(settings, library)))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param("abc-123.X_~", True, id="sane"),
        pytest.param("a" * 129, False, id="too long"),
        pytest.param("two words", False, id="with a space"),
        pytest.param("x<script>", False, id="with markup"),
    ],
)
def test_a_request_id_is_kept_when_it_is_sane(
    client: TestClient,
    sent: str,
    kept: bool,  # noqa: FBT001
) -> None:
    returned = client.get("/healthz", headers={"X-Request-ID": sent}).headers["x-request-id"]

    assert (returned == sent) == kept
    assert returned


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/healthz"),
        ("GET", "/static/cita.css"),
        ("GET", "/nothing"),
        ("POST", "/v1/ask"),
        ("GET", "/docs"),
        ("GET", "/openapi.json"),
        ("DELETE", "/v1/ask"),
    ],
)
def test_every_response_has_an_id_and_forbids_what_pages_need_not(
    client: TestClient, method: str, path: str
) -> None:
    headers = client.request(method, path).headers

    policy = headers["content-security-policy"]
    assert headers["x-request-id"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("accept", ["application/json", HTML["Accept"]], ids=["json", "page"])
def test_what_nobody_foresaw_says_nothing_but_the_request_id(tmp_path: Path, accept: str) -> None:
    client = client_with(tmp_path, fails=True)

    response = client.get("/ask?q=hush", headers={"Accept": accept})

    assert response.status_code == 500
    assert response.headers["x-request-id"] in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "a secret" not in response.text
    assert "Traceback" not in response.text


def test_the_log_names_the_path_and_not_what_was_asked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_with(tmp_path, fails=False)
    with caplog.at_level(logging.INFO):
        client.get("/ask?q=my+own+worry")
        client.get("/no%0Aforged%20line")

    said = "\n".join(record.getMessage() for record in caplog.records if "cita" in record.name)
    assert "GET /ask 200" in said
    assert "worry" not in said
    assert r"/no\nforged line 404" in said


def test_a_head_request_is_answered_like_get_without_the_body(client: TestClient) -> None:
    get, head = client.get("/healthz"), client.head("/healthz")

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]


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
    client = TestClient(create_app(QAService(public, library)))

    found = client.post("/v1/search", json={"query": "rent", "top_k": 1}).json()["results"][0]

    assert found["href"].startswith("https://cita.example/documents/")
    assert 'href="/documents/' in client.get("/documents").text
