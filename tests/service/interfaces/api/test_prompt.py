"""A prompt holds the quotes of the answer, and what a model made of it is checked."""

from starlette.testclient import TestClient

RENT = "How much is the rent subsidy that Chile pays to migrants?"


def test_the_prompt_has_every_quote_word_for_word_under_its_number(client: TestClient) -> None:
    body = {"question": RENT, "answer_language": "es"}

    response = client.post("/v1/prompt", json=body).json()

    asked = client.post("/v1/ask", json=body).json()
    assert response["outcome"]["citations"] == asked["citations"]
    assert asked["answer"]["quotes"]
    for quote in asked["answer"]["quotes"]:
        assert f"[{quote['citation']}] “{quote['text']}”" in response["prompt"]
    assert f"Question: {RENT}" in response["prompt"]
    assert "Write in Spanish" in response["prompt"]


def test_without_quotes_the_model_is_told_to_say_so(client: TestClient) -> None:
    question = "Which wine goes with grilled octopus?"

    response = client.post("/v1/prompt", json={"question": question, "min_confidence": 1}).json()

    assert response["outcome"]["status"] == "refused"
    assert "no answer was found in the reports" in response["prompt"]


def test_what_a_model_wrote_is_checked_against_the_citations_of_the_prompt(
    client: TestClient,
) -> None:
    citations = client.post("/v1/prompt", json={"question": RENT}).json()["outcome"]["citations"]
    places = [
        {
            "number": cited["number"],
            "document": cited["document"]["id"],
            "start": cited["start"],
            "end": cited["end"],
        }
        for cited in citations
    ]
    text = "Chile pays 170,000 pesos a month [1]. It began in 1999 [1]. Peru pays, too [99]."

    checked = client.post("/v1/verify/answer", json={"text": text, "citations": places}).json()

    assert not checked["supported"]
    assert [sentence["supported"] for sentence in checked["sentences"]] == [True, False, False]
    assert checked["sentences"][1]["unsupported_figures"] == ["1999"]
    assert checked["sentences"][2]["unknown_citations"] == [99]
    for sentence in checked["sentences"]:
        assert sentence["text"] == text[sentence["start"] : sentence["end"]]


def test_a_citation_of_an_unknown_report_is_named(client: TestClient) -> None:
    place = {"number": 1, "document": "nothing", "start": 0, "end": 4}

    response = client.post("/v1/verify/answer", json={"text": "x [1].", "citations": [place]})

    assert response.status_code == 404
    assert "'nothing'" in response.json()["detail"]
