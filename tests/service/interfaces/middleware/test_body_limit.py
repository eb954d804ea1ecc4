"""A request body has a largest size."""

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "in pieces"])
def test_a_body_over_the_limit_is_refused(client: TestClient, declared: bool) -> None:  # noqa: FBT001
    body = b"x" * 270_000
    content = body if declared else iter([body[:200_000], body[200_000:]])

    response = client.post("/v1/ask", content=content)

    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"
    assert "262144 bytes" in response.json()["detail"]
