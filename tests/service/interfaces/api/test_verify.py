"""``POST /v1/verify`` over a real index."""

import pytest
from starlette.testclient import TestClient

QUOTE = "It has fifteen stations."


def place(client: TestClient) -> tuple[str, int, int]:
    listed = client.get("/v1/documents", params={"country": "EC"}).json()["documents"]
    doc_id = listed[0]["id"]
    start = client.get(f"/v1/documents/{doc_id}/text").text.index(QUOTE)
    return doc_id, start, start + len(QUOTE)


@pytest.mark.parametrize(
    ("quote", "verbatim"),
    [
        pytest.param(QUOTE, True, id="the very words"),
        pytest.param(QUOTE.lower(), False, id="another case"),
        pytest.param(QUOTE[:-1], False, id="a letter short"),
    ],
)
def test_a_quote_is_compared_character_by_character(
    client: TestClient,
    quote: str,
    verbatim: bool,  # noqa: FBT001
) -> None:
    doc_id, start, end = place(client)
    body = {"document": doc_id, "start": start, "end": end, "quote": quote}

    verdict = client.post("/v1/verify", json=body).json()

    assert verdict["verbatim"] is verbatim
    assert verdict["text"] == QUOTE
    assert verdict["page"] == verdict["page_end"] == 3


def test_a_place_past_the_end_holds_nothing(client: TestClient) -> None:
    doc_id, _, _ = place(client)
    body = {"document": doc_id, "start": 10**9, "end": 10**9 + 5, "quote": "words"}

    verdict = client.post("/v1/verify", json=body).json()

    assert verdict["verbatim"] is False
    assert verdict["text"] == ""
    assert verdict["page"] is None


def test_a_place_that_ends_before_it_begins_is_refused(client: TestClient) -> None:
    body = {"document": "chile-rent", "start": 5, "end": 5, "quote": "x"}

    response = client.post("/v1/verify", json=body)

    assert response.status_code == 409
    assert "start < end, got 5 and 5" in response.json()["detail"]


def test_an_unknown_document_is_named(client: TestClient) -> None:
    body = {"document": "nobody", "start": 0, "end": 5, "quote": "x"}

    response = client.post("/v1/verify", json=body)

    assert response.status_code == 404
    assert "'nobody'" in response.json()["detail"]
