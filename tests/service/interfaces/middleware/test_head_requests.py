"""HEAD is answered wherever GET is."""

from starlette.testclient import TestClient


def test_a_head_request_is_answered_like_get_without_the_body(client: TestClient) -> None:
    get, head = client.get("/healthz"), client.head("/healthz")

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]
