"""The service answers to its own names, and links to no other."""

import pytest
from starlette.testclient import TestClient

from service.interfaces.app import create_app
from service.interfaces.middleware.allowed_hosts import is_ours
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        pytest.param("localhost:8000", True, id="localhost"),
        pytest.param("127.0.0.1:8000", True, id="address"),
        pytest.param("[::1]:8000", True, id="address of six"),
        pytest.param("reports-server", True, id="name without a dot"),
        pytest.param("cita.example", True, id="our name"),
        pytest.param("CITA.example:443", True, id="our name in capitals"),
        pytest.param("evil.example", False, id="another name"),
        pytest.param("cita.example.evil.example", False, id="our name as a prefix"),
        pytest.param("evil.example\\@localhost", False, id="two names"),
        pytest.param("[", False, id="half an address"),
        pytest.param('"><script>', False, id="markup"),
    ],
)
def test_our_names_pass_and_others_do_not(host: str, expected: bool) -> None:  # noqa: FBT001
    assert is_ours(host, {"cita.example"}) is expected


def test_any_name_passes_where_the_operator_says_so() -> None:
    assert is_ours("evil.example", ("*",))


@pytest.mark.parametrize("path", ["/", "/about", "/ask?q=rent", "/opensearch.xml", "/v1/documents"])
def test_a_name_that_is_not_ours_gets_a_problem_and_no_link(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Host": "evil.example", "Accept": "text/html"})

    assert response.status_code == 421
    assert response.headers["content-type"] == "application/problem+json"
    assert "http://evil.example" not in response.text
    assert response.headers["x-request-id"]


def test_a_load_balancer_may_ask_for_health_by_any_name(client: TestClient) -> None:
    assert client.get("/healthz", headers={"Host": "10-0-0-5.pods.example"}).status_code == 200


def test_the_public_address_is_one_of_our_names(settings: Settings, library: Library) -> None:
    public = settings.model_copy(update={"public_url": "https://cita.example"})
    client = TestClient(create_app(QAService(public, library)))

    assert client.get("/about", headers={"Host": "cita.example"}).status_code == 200
