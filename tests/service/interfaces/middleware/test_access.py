"""With keys, each caller may do what their key allows, and nobody else anything."""

import base64
import logging
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.access.key_file import KeyFile
from service.access.keys import Scope
from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings

ALL = tuple(Scope)
ASKING = ("POST", "/v1/ask")
REQUESTS = {
    ASKING: {Scope.ASK},
    ("POST", "/v1/quote"): {Scope.ASK},
    ("POST", "/v1/verify/answer"): {Scope.ASK},
    ("POST", "/v1/chat/completions"): {Scope.ASK},
    ("POST", "/v1/feedback"): {Scope.ASK},
    ("POST", "/v1/search"): {Scope.SEARCH},
    ("GET", "/v1/documents/chile-rent/text"): {Scope.SEARCH},
    ("GET", "/v1/documents/chile-rent/file"): {Scope.SEARCH},
    ("GET", "/v1/passages/chile-rent:0-1"): {Scope.SEARCH},
    ("GET", "/metrics"): {Scope.ADMIN},
    ("POST", "/mcp"): {Scope.ASK, Scope.SEARCH},
    ("GET", "/"): {Scope.ASK, Scope.SEARCH},
    ("GET", "/ask?q=rent"): {Scope.ASK, Scope.SEARCH},
    ("GET", "/documents"): {Scope.ASK, Scope.SEARCH},
    ("GET", "/nothing"): {Scope.ASK, Scope.SEARCH},
}


@pytest.fixture
def closed(settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a service that has keys."""
    made = settings.model_copy(update={"state": tmp_path})
    KeyFile(made.keys_path).add("other", [Scope.ADMIN])
    return made


def client_of(settings: Settings, library: Library) -> TestClient:
    return TestClient(create_app(QAService(settings, library)), raise_server_exceptions=False)


def status(client: TestClient, request: tuple[str, str], secret: str | None = None) -> int:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return client.request(*request, json={}, headers=headers).status_code


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/openapi.json", "/static/cita.css"])
def test_without_a_key_only_what_says_nothing_of_reports_is_open(
    closed: Settings, library: Library, path: str
) -> None:
    client = client_of(closed, library)

    assert client.get(path).status_code == 200
    assert {status(client, request) for request in list(REQUESTS)[:10]} == {401}


@pytest.mark.parametrize("scope", ALL)
def test_a_key_allows_what_its_scopes_say(closed: Settings, library: Library, scope: Scope) -> None:
    secret = KeyFile(closed.keys_path).add("lab", [scope])
    client = client_of(closed, library)

    for request, wanted in REQUESTS.items():
        is_allowed = scope is Scope.ADMIN or wanted <= {scope}
        assert (status(client, request, secret) == 403) != is_allowed, request


def test_an_unknown_key_is_refused_as_each_client_understands(
    closed: Settings, library: Library
) -> None:
    client = client_of(closed, library)
    wrong = {"Authorization": "Bearer cita_wrong"}

    api = client.post("/v1/ask", json={"question": "a"}, headers=wrong)
    chat = client.post("/v1/chat/completions", json={}, headers=wrong)
    page = client.get("/", headers={"Accept": "text/html"})

    assert (api.status_code, api.json()["type"]) == (401, "/docs#key-wanted")
    assert api.headers["www-authenticate"].startswith("Bearer")
    assert (chat.status_code, chat.json()["error"]["code"]) == (401, "key_wanted")
    assert page.headers["www-authenticate"].startswith("Basic")
    assert "Chile" not in page.text


def test_a_key_may_come_in_three_ways(closed: Settings, library: Library) -> None:
    secret = KeyFile(closed.keys_path).add("lab", [Scope.ASK, Scope.SEARCH])
    client = client_of(closed, library)
    basic = base64.b64encode(f"anybody:{secret}".encode()).decode()

    for headers in (
        {"Authorization": f"Bearer {secret}"},
        {"X-API-Key": secret},
        {"Authorization": f"Basic {basic}"},
    ):
        assert client.get("/documents", headers=headers).status_code == 200
    for value in ("Basic !!", "Basic " + base64.b64encode(b"\xff").decode(), "Bearer", "Digest x"):
        assert client.get("/documents", headers={"Authorization": value}).status_code == 401


def test_the_log_names_a_key_by_its_label_alone(
    closed: Settings, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    secret = KeyFile(closed.keys_path).add("lab", [Scope.ASK])
    client = client_of(closed, library)

    with caplog.at_level(logging.DEBUG):
        client.post("/v1/verify/answer", json={}, headers={"X-API-Key": secret})
        client.get("/documents", headers={"X-API-Key": "cita_guess"})

    assert "lab" in caplog.text
    assert secret not in caplog.text
    assert "cita_guess" not in caplog.text


def test_an_address_that_tries_keys_has_to_wait(closed: Settings, library: Library) -> None:
    secret = KeyFile(closed.keys_path).add("lab", [Scope.ASK])
    client = client_of(closed, library)

    statuses = [status(client, ASKING, f"cita_{n}") for n in range(25)]

    assert statuses[0] == 401
    assert statuses[-1] == 429
    assert status(client, ASKING, secret) == 422  # who has a key is not held up


def test_each_key_has_its_own_limit(closed: Settings, library: Library) -> None:
    limited = closed.model_copy(update={"rate_limit": "3/minute"})
    secrets = [KeyFile(closed.keys_path).add(label, [Scope.ASK]) for label in ("a", "b")]
    client = client_of(limited, library)

    first = [status(client, ASKING, secrets[0]) for _ in range(4)]
    response = client.post("/v1/ask", json={}, headers={"X-API-Key": secrets[0]})

    assert first == [422, 422, 422, 429]
    assert 1 <= int(response.headers["retry-after"]) <= 60
    assert status(client, ASKING, secrets[1]) == 422
    assert client.get("/healthz").status_code == 200
    admin = KeyFile(closed.keys_path).add("watch", [Scope.ADMIN])
    shown = client.get("/metrics", headers={"X-API-Key": admin}).text
    assert 'cita_turned_away_total{reason="rate_limited"}' in shown


def test_without_keys_everything_is_open_to_whoever_reaches_it(client: TestClient) -> None:
    assert status(client, ASKING, "unused") == 422
    assert client.get("/documents").status_code == 200
