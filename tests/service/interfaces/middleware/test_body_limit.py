"""A request body has a largest size, and comes in time."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from service.interfaces.middleware.body_limit import BodyLimit


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "in pieces"])
def test_a_body_over_the_limit_is_refused(client: TestClient, declared: bool) -> None:  # noqa: FBT001
    body = b"x" * 270_000
    content = body if declared else iter([body[:200_000], body[200_000:]])

    response = client.post("/v1/ask", content=content)

    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"
    assert "262144 bytes" in response.json()["detail"]


def test_a_body_that_never_ends_is_not_waited_for() -> None:
    sent: list[Message] = []
    pieces = [{"type": "http.request", "body": b"{", "more_body": True}]

    async def receive() -> Message:
        if not pieces:
            await asyncio.sleep(60)
        return pieces.pop()

    async def send(message: Message) -> None:
        sent.append(message)

    async def refused(_scope: Scope, limit: float) -> Response:
        return PlainTextResponse(str(limit), 408)

    layer = BodyLimit(
        PlainTextResponse("answered"),
        max_bytes=100,
        timeout_s=0.05,
        too_large=refused,
        too_slow=refused,
    )

    asyncio.run(layer({"type": "http", "method": "POST", "headers": []}, receive, send))

    assert sent[0]["status"] == 408
