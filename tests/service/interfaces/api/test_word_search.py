"""``GET /v1/search`` and ``GET /v1/documents/{id}/search`` over a real index."""

import pytest
from starlette.testclient import TestClient


def test_every_match_is_a_place_of_the_document(client: TestClient) -> None:
    found = client.get("/v1/search", params={"q": "subsidy savings", "match": "any"}).json()

    assert found["words"] == ["subsidy", "savings"]
    assert found["total"] == len(found["results"]) == found["reports"][0]["passages"]
    for passage in found["results"]:
        text = client.get(f"/v1/documents/{passage['document']['id']}/text").text
        assert passage["text"] == text[passage["start"] : passage["end"]]
        assert {text[start:end] for start, end in passage["matches"]} <= {"subsidy", "savings"}


def test_pages_lead_to_each_other(client: TestClient) -> None:
    path = "/v1/search?q=subsidy+Quito&match=any&limit=1"
    whole = client.get("/v1/search?q=subsidy+Quito&match=any").json()

    page = client.get(path).json()
    seen = [passage["passage_id"] for passage in page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [passage["passage_id"] for passage in page["results"]]

    assert seen == [passage["passage_id"] for passage in whole["results"]]
    assert len(seen) == whole["total"] > 1
    assert whole["previous"] is whole["next"] is None
    assert page["previous"].endswith(f"offset={len(seen) - 2}")


def test_one_report_is_searched_alone(client: TestClient) -> None:
    found = client.get("/v1/documents/quito/search?q=migrant+women").json()

    assert {passage["document"]["id"] for passage in found["results"]} == {"quito"}
    assert found["missing"] == 0


def test_a_word_of_another_language_is_looked_for_in_english(client: TestClient) -> None:
    found = client.get("/v1/search?q=subsidio").json()

    assert found["english_words"] == ["subsidy"]
    assert found["total"] > 0


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        pytest.param("/v1/search", 422, "q", id="no words"),
        pytest.param("/v1/search?q=a&limit=0", 422, "limit", id="an empty page"),
        pytest.param("/v1/search?q=a&match=all", 422, "match", id="no such match"),
        pytest.param("/v1/search?q=a&theme=nothing", 404, "theme", id="no such theme"),
        pytest.param("/v1/search?q=a&country=Chile", 422, "country.0", id="no code"),
        pytest.param("/v1/documents/quito/search?q=a&theme=housing", 422, "theme", id="a filter"),
        pytest.param("/v1/documents/nobody/search?q=a", 404, None, id="no such report"),
    ],
)
def test_what_is_wrong_is_named(
    client: TestClient, path: str, status: int, field: str | None
) -> None:
    response = client.get(path)

    assert response.status_code == status
    errors = response.json()["errors"]
    assert [error["field"] for error in errors][:1] == ([field] if field else [])
