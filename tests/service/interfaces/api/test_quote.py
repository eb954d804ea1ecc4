"""``POST /v1/quote``: the same reading on passages that the caller brings."""

from typing import Any

import pytest
from starlette.testclient import TestClient

SHELTER = "Ardenia is a port. 🏠 The mayor opened a shelter in 2019.\nIt houses 4,500 people there."
OFFERS = "The shelter offers:\n- lessons in the evening,\n- help with school enrolment."
PORT = "Ships are repaired in the harbour. Nobody pays rent."


def quotes_for(client: TestClient, question: str, *texts: str, **more: Any) -> list[dict[str, Any]]:
    passages = [{"id": f"p{number}", "text": text} for number, text in enumerate(texts)]
    response = client.post("/v1/quote", json={"question": question, "passages": passages, **more})
    assert response.status_code == 200, response.text
    quotes: list[dict[str, Any]] = response.json()["quotes"]
    return quotes


def test_the_sentence_that_answers_is_quoted_from_the_passage_as_it_was_sent(
    client: TestClient,
) -> None:
    quotes = quotes_for(
        client, "How many people does the shelter house?", PORT, SHELTER, min_confidence=0
    )

    best = quotes[0]
    assert best["passage"] == "p1"
    assert "4,500" in best["text"]
    assert best["text"] == SHELTER[best["start"] : best["end"]]
    assert "4,500" in best["text"][slice(*best["highlight"])]


def test_every_quote_is_a_stretch_of_its_passage_and_surest_first(client: TestClient) -> None:
    texts = (SHELTER, OFFERS, PORT)

    quotes = quotes_for(
        client, "What does the shelter offer to newcomers?", *texts, min_confidence=0
    )

    assert quotes
    for quote in quotes:
        text = texts[int(quote["passage"][1:])]
        assert quote["text"] == text[quote["start"] : quote["end"]]
    sureness = [quote["confidence"] for quote in quotes]
    assert sureness == sorted(sureness, reverse=True)


def test_a_list_item_comes_with_the_sentence_that_introduces_it(client: TestClient) -> None:
    quotes = quotes_for(client, "Does the shelter help with school?", OFFERS, min_confidence=0)

    texts = [quote["text"] for quote in quotes]
    assert any("school enrolment" in text for text in texts)
    assert any("The shelter offers:" in text for text in texts)


def test_passages_that_do_not_answer_give_no_quote(client: TestClient) -> None:
    assert quotes_for(client, "Who won the 2018 football World Cup?", PORT) == []


def test_an_acronym_of_the_passages_is_known_there_in_capitals_alone(client: TestClient) -> None:
    question = "What is the UPRX?"
    has_it = "In spring the mayors of nine towns met twice with the panel of renters (UPRX)."
    has_letters = has_it.replace("UPRX", "uprx")

    known = quotes_for(client, question, has_it, min_confidence=0)
    unknown = quotes_for(client, question, has_letters, min_confidence=0)

    assert known[0]["confidence"] > unknown[0]["confidence"] + 0.1


def test_a_spanish_question_is_read_against_english_passages(client: TestClient) -> None:
    quotes = quotes_for(
        client, "¿Cuántas personas viven en el refugio?", PORT, SHELTER, min_confidence=0
    )

    assert "4,500" in quotes[0]["text"]


def test_a_passage_of_white_space_gives_no_quote(client: TestClient) -> None:
    assert quotes_for(client, "Who pays rent?", " \n ", min_confidence=0) == []


@pytest.mark.parametrize(
    ("passages", "field"),
    [
        pytest.param([], "passages", id="none"),
        pytest.param([{"id": "a", "text": ""}], "passages.0.text", id="no text"),
        pytest.param([{"id": str(n), "text": "x"} for n in range(51)], "passages", id="51"),
    ],
)
def test_what_cannot_be_read_is_named(
    client: TestClient, passages: list[dict[str, str]], field: str
) -> None:
    response = client.post("/v1/quote", json={"question": "Who?", "passages": passages})

    assert response.status_code == 422
    assert field in response.json()["detail"] + str(response.json()["errors"])


def test_passages_with_one_id_contradict_each_other(client: TestClient) -> None:
    passages = [{"id": "a", "text": "x"}] * 2

    response = client.post("/v1/quote", json={"question": "Who?", "passages": passages})

    assert response.status_code == 409
    assert "got a twice" in response.json()["detail"]
