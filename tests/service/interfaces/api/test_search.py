"""``POST /v1/search`` and ``GET /v1/passages/{id}`` over a real index."""

import pytest
from starlette.testclient import TestClient


def test_every_passage_found_is_a_stretch_of_its_document(client: TestClient) -> None:
    response = client.post("/v1/search", json={"query": "rent subsidy", "top_k": 5}).json()

    assert 1 <= len(response["results"]) <= 5
    for passage in response["results"]:
        text = client.get(f"/v1/documents/{passage['document']['id']}/text").text
        assert passage["text"] == text[passage["start"] : passage["end"]]
    scores = [passage["score"] for passage in response["results"]]
    assert scores == sorted(scores, reverse=True)


def test_a_passage_found_can_be_had_by_its_id(client: TestClient) -> None:
    scored = client.post("/v1/search", json={"query": "trolleybus", "top_k": 1}).json()["results"][
        0
    ]

    passage = client.get(f"/v1/passages/{scored['passage_id']}").json()

    assert passage == {**scored, "score": None}


def test_a_query_is_refused_under_the_name_the_request_gives_it(client: TestClient) -> None:
    problem = client.post("/v1/search", json={"query": "x" * 1001}).json()

    assert problem["errors"][0]["field"] == "query"


@pytest.mark.parametrize(
    ("passage_id", "status"),
    [
        pytest.param("nobody", 404, id="no such form"),
        pytest.param("chile-rent:0-1", 404, id="no such span"),
        pytest.param("chile-rent:" + "9" * 40 + "-1", 404, id="huge offset"),
        pytest.param("chile-rent:" + "9" * 5000 + "-1", 422, id="endless offset"),
    ],
)
def test_an_unknown_passage_is_named(client: TestClient, passage_id: str, status: int) -> None:
    response = client.get(f"/v1/passages/{passage_id}")

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
