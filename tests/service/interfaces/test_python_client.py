"""The Python client has the shapes that the API describes, and says what went wrong."""

from typing import Any, get_type_hints

import pytest

from docs.integrations import cita_client
from docs.integrations.cita_client import CitaClient, CitaError
from tests.service.interfaces.api.test_examples import call

SHAPES = {
    "AskOptions": "AskRequest",
    "Verified": "VerifyResponse",
    **{
        name: name
        for name in (
            "Filters",
            "CitedDocument",
            "RestatedSection",
            "Citation",
            "Passage",
            "QuotedTable",
            "Quote",
            "Answer",
            "Missing",
            "Refusal",
            "Notice",
            "IndexInfo",
            "Answered",
            "Refused",
        )
    },
}


@pytest.fixture(scope="module")
def schemas(server: str) -> dict[str, Any]:
    """The shapes that the API describes."""
    found: dict[str, Any] = call(f"{server}/openapi.json")["components"]["schemas"]
    return found


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_shape_has_the_fields_of_the_api(name: str, schemas: dict[str, Any]) -> None:
    fields = set(get_type_hints(getattr(cita_client, name)))

    assert fields - {"question"} == set(schemas[SHAPES[name]]["properties"]) - {"question"}


def test_passages_are_found_and_quotes_verified(server: str) -> None:
    cita = CitaClient(server)
    outcome = cita.ask("What does a single fare cost in Quito?", {"filters": {"country": ["EC"]}})

    (first, *_) = cita.search("fare of the trolleybus", top_k=2, filters={"country": ["EC"]})
    assert "35 cents" in first["text"]
    assert outcome["status"] == "answered"
    assert cita.verify(outcome["citations"][0])["verbatim"]


def test_what_went_wrong_is_told(server: str) -> None:
    with pytest.raises(CitaError, match="question: ") as refused:
        CitaClient(server).ask("")
    with pytest.raises(CitaError, match="was not reached") as unreached:
        CitaClient("http://127.0.0.1:9").ask("How?")

    assert refused.value.status == 422
    assert refused.value.request_id
    assert unreached.value.status == 0
