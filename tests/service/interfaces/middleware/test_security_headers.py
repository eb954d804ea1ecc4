"""Browsers may do no more with a response than pages need."""

import pytest
from starlette.testclient import TestClient


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
