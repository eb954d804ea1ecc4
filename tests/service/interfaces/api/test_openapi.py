"""The OpenAPI description says what the API does."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

OPERATIONS = {
    "ask": ("post", "/v1/ask"),
    "search": ("post", "/v1/search"),
    "search_words": ("get", "/v1/search"),
    "search_document": ("get", "/v1/documents/{doc_id}/search"),
    "quote": ("post", "/v1/quote"),
    "verify": ("post", "/v1/verify"),
    "verify_answer": ("post", "/v1/verify/answer"),
    "prompt": ("post", "/v1/prompt"),
    "list_documents": ("get", "/v1/documents"),
    "get_document": ("get", "/v1/documents/{doc_id}"),
    "get_document_text": ("get", "/v1/documents/{doc_id}/text"),
    "get_document_file": ("get", "/v1/documents/{doc_id}/file"),
    "get_passage": ("get", "/v1/passages/{passage_id}"),
    "send_feedback": ("post", "/v1/feedback"),
    "healthz": ("get", "/healthz"),
    "readyz": ("get", "/readyz"),
}
SHAPES = {"Document", "Passage", "Citation", "Quote", "Answer", "Refusal", "Problem"}


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    """The description."""
    described: dict[str, Any] = client.get("/openapi.json").json()
    return described


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def check(described: dict[str, Any], schema: dict[str, Any], instance: object) -> None:
    Draft202012Validator({**schema, "components": described["components"]}).validate(instance)


def test_operations_and_shapes_have_stable_names(described: dict[str, Any]) -> None:
    described_operations = {
        operation["operationId"]: (method, path)
        for method, path, operation in operations(described)
    }

    assert described_operations == OPERATIONS
    assert described["components"]["schemas"].keys() >= SHAPES
    assert "HTTPValidationError" not in described["components"]["schemas"]


def test_every_operation_is_described_and_its_errors_are_problems(
    described: dict[str, Any],
) -> None:
    for _, path, operation in operations(described):
        assert operation["summary"], path
        assert operation["description"], path
        for status, response in operation["responses"].items():
            if not status.startswith("2"):
                assert set(response["content"]) == {"application/problem+json"}, (path, status)


def test_what_refuses_a_request_before_its_operation_is_described(
    described: dict[str, Any],
) -> None:
    for _, path, operation in operations(described):
        statuses = {"414", "431"}
        statuses |= {"408", "413"} if "requestBody" in operation else set()
        statuses |= (
            set() if path in {"/healthz", "/readyz"} else {"401", "403", "421", "429", "503"}
        )
        assert statuses <= operation["responses"].keys(), path
    busy = described["paths"]["/v1/ask"]["post"]["responses"]["503"]["description"]
    assert busy == "No index is loaded; or: There is too much to do just now"


def test_an_answer_is_told_from_a_refusal_by_its_status(described: dict[str, Any]) -> None:
    schema = described["paths"]["/v1/ask"]["post"]["responses"]["200"]["content"][
        "application/json"
    ]["schema"]

    assert schema["discriminator"]["propertyName"] == "status"
    assert set(schema["discriminator"]["mapping"]) == {"answered", "refused"}


def test_the_examples_of_requests_fit_their_shapes(described: dict[str, Any]) -> None:
    for method, _, operation in operations(described):
        if method == "post":
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            shape = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
            assert shape["examples"]
            for example in shape["examples"]:
                check(described, schema, example)


@pytest.mark.parametrize(
    ("operation_id", "path", "body"),
    [
        ("ask", "/v1/ask", {"question": "Who pays rent in Chile?", "min_confidence": 0}),
        ("ask", "/v1/ask", {"question": "Best pizza in Naples?", "min_confidence": 1}),
        ("search", "/v1/search", {"query": "rent"}),
        ("search_words", "/v1/search?q=rent", None),
        ("search_document", "/v1/documents/quito/search?q=fare", None),
        (
            "quote",
            "/v1/quote",
            {"question": "Who?", "passages": [{"id": "a", "text": "She."}], "min_confidence": 0},
        ),
        ("verify", "/v1/verify", {"document": "chile-rent", "start": 0, "end": 4, "quote": "x"}),
        (
            "verify_answer",
            "/v1/verify/answer",
            {
                "text": "It pays 5.",
                "citations": [{"number": 1, "document": "chile-rent", "start": 0, "end": 4}],
            },
        ),
        ("prompt", "/v1/prompt", {"question": "Who pays rent in Chile?", "min_confidence": 0}),
        ("list_documents", "/v1/documents", None),
        ("get_document", "/v1/documents/chile-rent", None),
        ("healthz", "/healthz", None),
        ("readyz", "/readyz", None),
    ],
)
def test_what_comes_back_fits_the_description(
    client: TestClient,
    described: dict[str, Any],
    operation_id: str,
    path: str,
    body: dict[str, object] | None,
) -> None:
    method, template = OPERATIONS[operation_id]
    response = client.request(method, path, json=body)

    answer = described["paths"][template][method]["responses"][str(response.status_code)]
    assert response.status_code == 200
    check(described, answer["content"]["application/json"]["schema"], response.json())


def test_problems_fit_the_description(client: TestClient, described: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/Problem"}

    for response in (client.get("/v1/nothing"), client.post("/v1/ask", json={"question": 1})):
        check(described, schema, response.json())
