"""The examples of the API's description run."""

import json
import urllib.request
from typing import Any

import pytest


def call(url: str, body: object = None) -> Any:
    """Return the JSON that comes back; a status that is no success raises."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
        return json.loads(response.read() or "null")


@pytest.fixture(scope="module")
def described(server: str) -> dict[str, Any]:
    """The description."""
    described: dict[str, Any] = call(f"{server}/openapi.json")
    return described


def test_every_example_of_a_request_is_accepted(server: str, described: dict[str, Any]) -> None:
    for path, operations in described["paths"].items():
        if "post" in operations:
            schema = operations["post"]["requestBody"]["content"]["application/json"]["schema"]
            shape = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
            for example in shape["examples"]:
                call(f"{server}{path}", example)


def test_the_quote_that_is_verified_stands_where_the_example_says(
    server: str, described: dict[str, Any]
) -> None:
    (example,) = described["components"]["schemas"]["VerifyRequest"]["examples"]

    assert call(f"{server}/v1/verify", example)["verbatim"]
