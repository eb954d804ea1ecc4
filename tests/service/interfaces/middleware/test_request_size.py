"""Addresses, headers and the depth of JSON have limits."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from service.interfaces.middleware.request_size import MAX_JSON_DEPTH, is_too_deep


def test_an_address_that_is_too_long_is_refused(client: TestClient) -> None:
    response = client.get("/documents?country=" + "x" * 9000)

    assert response.status_code == 414
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "headers",
    [{f"X-{n}": "1" for n in range(150)}, {"Cookie": "x" * 20_000}],
    ids=["many", "long"],
)
def test_headers_that_are_too_large_are_refused(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert client.get("/about", headers=headers).status_code == 431


@pytest.mark.parametrize("media_type", ["application/json", "Application/JSON"])
def test_json_that_is_nested_too_deeply_is_not_parsed(client: TestClient, media_type: str) -> None:
    nested = b'{"question": "a", "turns": ' + b"[" * 30 + b"]" * 30 + b"}"

    response = client.post("/v1/ask", content=nested, headers={"Content-Type": media_type})

    assert response.status_code == 422
    assert "nested too deeply" in response.json()["detail"]


JSON = st.recursive(
    st.text('a"\\[]{}', max_size=8), lambda inner: st.lists(inner, max_size=3), max_leaves=30
)


def depth_of(value: object) -> int:
    return 1 + max(map(depth_of, value), default=0) if isinstance(value, list) else 0


@given(JSON)
def test_depth_is_that_of_lists_and_not_of_brackets_in_texts(value: object) -> None:
    body = json.dumps(value).encode()

    assert not is_too_deep(body, max_depth=depth_of(value))
    assert is_too_deep(body, max_depth=depth_of(value) - 1) or depth_of(value) == 0


@pytest.mark.parametrize(
    "body", [b'"' + b'\\"' * 130_000 + b"\\", b'"' * 262_144, b"[]" * 131_072, b"\\" * 262_144]
)
def test_measuring_takes_linear_time(body: bytes) -> None:
    started = time.process_time()

    is_too_deep(body)

    assert time.process_time() - started < 2


def test_every_example_is_far_from_the_limit() -> None:
    assert not is_too_deep(b"[" * MAX_JSON_DEPTH)
    assert is_too_deep(b"[" * (MAX_JSON_DEPTH + 1))
