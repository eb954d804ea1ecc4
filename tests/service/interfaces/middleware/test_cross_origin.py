"""Scripts of listed sites may call the API, others may not."""

import pytest
from starlette.testclient import TestClient

from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings

OURS, OTHER = "https://intranet.example", "https://evil.example"
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type",
}


@pytest.fixture
def open_client(settings: Settings, library: Library) -> TestClient:
    """A client of a service that lists one site."""
    listed = settings.model_copy(update={"cors_origins": (OURS,)})
    return TestClient(create_app(QAService(listed, library)))


def test_a_listed_site_may_ask_and_read_the_answer(open_client: TestClient) -> None:
    preflight = open_client.options("/v1/ask", headers={"Origin": OURS, **PREFLIGHT})
    answer = open_client.post("/v1/ask", json={"question": "rent"}, headers={"Origin": OURS})

    assert preflight.status_code == 200
    for response in (preflight, answer):
        assert response.headers["access-control-allow-origin"] == OURS
        assert "access-control-allow-credentials" not in response.headers
        assert response.headers["x-request-id"]


@pytest.mark.parametrize("path", ["/v1/ask", "/about"])
def test_nobody_else_may(open_client: TestClient, path: str) -> None:
    origin = OTHER if path.startswith("/v1") else OURS
    preflight = open_client.options(path, headers={"Origin": origin, **PREFLIGHT})

    assert preflight.status_code in {400, 405}
    assert "access-control-allow-origin" not in preflight.headers


def test_no_site_is_listed_by_default(client: TestClient) -> None:
    preflight = client.options("/v1/ask", headers={"Origin": OURS, **PREFLIGHT})

    assert preflight.status_code == 405
    assert "access-control-allow-origin" not in preflight.headers
