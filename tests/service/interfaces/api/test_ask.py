"""``POST /v1/ask`` over a real index."""

from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

RENT = "How much is the rent subsidy that Chile pays to migrants?"


def ask(client: TestClient, **body: object) -> dict[str, Any]:
    response = client.post("/v1/ask", json=body)
    assert response.status_code == 200, response.text
    answered: dict[str, Any] = response.json()
    return answered


def test_an_answer_quotes_the_report_word_for_word_and_links_to_the_place(
    client: TestClient,
) -> None:
    response = ask(client, question=RENT, min_confidence=0)

    assert response["status"] == "answered"
    assert response["refusal"] is None
    assert response["question_language"] == response["answer_language"] == "en"
    for quote, citation in zip(response["answer"]["quotes"], response["citations"], strict=True):
        document = citation["document"]
        text = client.get(f"/v1/documents/{document['id']}/text").text
        assert quote["text"] == citation["quote"] == text[citation["start"] : citation["end"]]
        assert quote["citation"] == citation["number"]
        assert f"[{quote['citation']}]" in response["answer"]["text"]
        assert citation["href"] == (
            f"/documents/{document['id']}?start={citation['start']}&end={citation['end']}"
            f"&sha256={document['sha256'][:12]}#quote"
        )
    assert any("170,000 pesos" in quote["text"] for quote in response["answer"]["quotes"])


def test_the_same_question_has_the_same_id_and_other_options_another(client: TestClient) -> None:
    first, again = ask(client, question=RENT), ask(client, question=RENT)
    other = ask(client, question=RENT, max_quotes=1)

    assert first["id"] == again["id"] != other["id"]


def test_the_words_around_quotes_follow_the_language_asked_for(client: TestClient) -> None:
    response = ask(client, question=RENT, answer_language="pt", min_confidence=0)

    assert response["answer_language"] == "pt"
    assert response["answer"]["text"].startswith("Os relatórios dizem:")


def test_the_text_comes_as_it_is_wanted_and_a_title_is_never_markup(client: TestClient) -> None:
    texts = {
        text_format: ask(
            client,
            question="When did the metro of Quito open?",
            filters={"country": ["EC"]},
            min_confidence=0,
            format=text_format,
        )["answer"]
        for text_format in ("markdown", "text", "html")
    }

    assert {answer["format"] for answer in texts.values()} == set(texts)
    assert "Moving \\<b\\>around\\</b\\> Quito" in texts["markdown"]["text"]
    assert "Moving <b>around</b> Quito" in texts["text"]["text"]
    assert "Moving &lt;b&gt;around&lt;/b&gt; Quito" in texts["html"]["text"]
    fragment = html.fromstring(f"<div>{texts['html']['text']}</div>")
    assert ["".join(map(str, quote.itertext())) for quote in fragment.findall("blockquote")] == [
        quote["text"] for quote in texts["html"]["quotes"]
    ]


def test_a_reader_of_one_language_is_told_that_the_quotes_are_in_another(
    client: TestClient,
) -> None:
    response = ask(client, question=RENT, answer_language="es", filters={"language": ["en"]})

    (notice,) = response["notices"]
    assert notice["code"] == "language"
    assert notice["text"] == "Estas citas están en inglés; no se traducen."
    assert notice["citations"] == [citation["number"] for citation in response["citations"]]


def test_a_follow_up_is_understood_from_the_turns_before_it(client: TestClient) -> None:
    turns = ["Who vaccinates migrant children in Lima?", "What is the fare of the trolleybus?"]

    follow_up = ask(client, question="And for older riders?", turns=turns, min_confidence=0)
    alone = ask(client, question=f"{turns[1]} – And for older riders?", min_confidence=0)

    assert follow_up["question"] == "And for older riders?"
    assert follow_up["understood_as"] == alone["question"]
    assert alone["understood_as"] is None
    assert follow_up["citations"] == alone["citations"]
    (notice,) = [notice for notice in follow_up["notices"] if notice["code"] == "understood_as"]
    assert notice["text"] == f"Understood as: {alone['question']}"


def test_a_space_in_a_wrong_place_is_mended_and_shown(client: TestClient) -> None:
    typed = "How much is the rent subsidy tha tChile pays to migran ts?"

    response = ask(client, question=typed)

    assert response["question"] == typed
    assert response["understood_as"] == RENT
    assert response["citations"] == ask(client, question=RENT)["citations"]
    assert [notice["text"] for notice in response["notices"]] == [f"Understood as: {RENT}"]


def test_a_word_is_spelt_as_the_reports_do_and_shown(client: TestClient) -> None:
    typed = "How much is the rent subsdiy that Chile pays to migrants?"

    response = ask(client, question=typed)

    assert response["question"] == typed
    assert response["understood_as"] == RENT
    assert response["citations"] == ask(client, question=RENT)["citations"]


def test_a_language_that_is_asked_for_after_the_answer_is_that_of_the_next_one(
    client: TestClient,
) -> None:
    response = ask(client, question="In Portuguese, please", turns=[RENT], min_confidence=0)

    assert response["understood_as"] == RENT
    assert response["answer_language"] == "pt"


def test_a_refusal_says_what_the_corpus_covers_and_shows_what_comes_nearest(
    client: TestClient,
) -> None:
    response = ask(client, question="Which wine goes with grilled octopus?", min_confidence=1)

    assert response["status"] == "refused"
    assert response["answer"] is None
    assert response["citations"] == []
    assert 0 <= response["confidence"] <= 1
    assert "3 reports" in response["refusal"]["message"]
    assert "Chile" in response["refusal"]["message"]
    assert len(response["nearest"]) <= 3


def test_a_refusal_that_may_be_answered_gives_the_likeliest_sentences_with_their_places(
    client: TestClient,
) -> None:
    response = ask(client, question="Who counts passengers?")

    assert response["status"] == "refused"
    assert response["refusal"]["may_answer"] is True
    assert response["refusal"]["code"] == "not_answered_by_reports"
    sentence = response["nearest"][0]["likeliest"][0]
    assert sentence["text"] == "The trolleybus of Quito carries 250,000 passengers a day."
    assert sentence["page"] == 1
    text = client.get(f"/v1/documents/{response['nearest'][0]['document']['id']}/text").text
    assert text[sentence["start"] : sentence["end"]] == sentence["text"]
    assert f"start={sentence['start']}&end={sentence['end']}" in sentence["href"]


def test_a_refusal_far_from_an_answer_says_that_nothing_may_answer(client: TestClient) -> None:
    response = ask(client, question="Which wine goes with grilled octopus?")

    assert response["refusal"]["may_answer"] is False


def test_filters_keep_every_quote_inside_the_documents_that_pass(client: TestClient) -> None:
    response = ask(client, question=RENT, filters={"country": ["ec"]}, min_confidence=0)

    assert {citation["document"]["title"] for citation in response["citations"]} == {
        "Moving <b>around</b> Quito"
    }


def test_a_pdf_is_cited_by_page_and_a_text_without_pages_by_none(client: TestClient) -> None:
    metro = ask(client, question="When did the metro of Quito open?", min_confidence=0)
    rent = ask(client, question=RENT, filters={"country": ["CL"]}, min_confidence=0)

    opened = next(
        citation for citation in metro["citations"] if "December 2023" in citation["quote"]
    )
    assert (opened["page"], opened["page_end"]) == (3, 3)
    assert {citation["page"] for citation in rent["citations"]} == {None}


@pytest.mark.parametrize(
    ("body", "field", "says"),
    [
        pytest.param({"question": ""}, "question", "at least 1 character", id="empty"),
        pytest.param({"question": "x" * 1001}, "question", "not 1001", id="too long"),
        pytest.param({"question": 5}, "question", "string", id="number for text"),
        pytest.param({"question": None}, "question", "string", id="null for text"),
        pytest.param({}, "question", "required", id="no question"),
        pytest.param({"question": "a", "top_k": 0}, "top_k", "1 to 50", id="top_k 0"),
        pytest.param({"question": "a", "top_k": 10**9}, "top_k", "1 to 50", id="top_k 10⁹"),
        pytest.param({"question": "a", "top_k": 10**400}, "top_k", "1 to 50", id="top_k 10⁴⁰⁰"),
        pytest.param({"question": "a", "top_k": "5"}, "top_k", "integer", id="text for number"),
        pytest.param({"question": "a", "top_k": True}, "top_k", "integer", id="bool for number"),
        pytest.param({"question": "a", "max_quotes": 9}, "max_quotes", "1 to 8", id="quotes"),
        pytest.param(
            {"question": "a", "min_confidence": 1.1}, "min_confidence", "0 to 1", id="confidence"
        ),
        pytest.param(
            {"question": "a", "answer_language": "fr"}, "answer_language", "'pt'", id="language"
        ),
        pytest.param({"question": "a", "colour": 1}, "colour", "known are question", id="field"),
        pytest.param(
            {"question": "a", "filters": {"colour": ["x"]}},
            "filters.colour",
            "known are document, publisher",
            id="unknown filter",
        ),
        pytest.param(
            {"question": "a", "filters": {"country": ["Chile"]}},
            "filters.country.0",
            "want an ISO 3166-1 alpha-2 code of two letters, which is CL",
            id="name of a country",
        ),
        pytest.param(
            {"question": "a", "filters": {"country": "CL"}},
            "filters.country",
            "list",
            id="text for list",
        ),
        pytest.param({"question": "a", "filters": []}, "filters", "object", id="list for object"),
        pytest.param([], "body", "object", id="list for body"),
    ],
)
def test_a_bad_request_is_refused_by_field_and_bounds(
    client: TestClient, body: object, field: str, says: str
) -> None:
    response = client.post("/v1/ask", json=body)

    problem = response.json()
    assert response.status_code == problem["status"] == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["request_id"] == response.headers["x-request-id"]
    assert [error["field"] for error in problem["errors"]] == [field]
    assert says in problem["errors"][0]["message"]
    assert field in problem["detail"]


@pytest.mark.parametrize(
    ("filters", "status", "field", "says"),
    [
        pytest.param({"country": ["ZZ"]}, 404, "filters.country", "the corpus has: ", id="no such"),
        pytest.param(
            {"year_from": 2020, "year_to": 2010}, 409, "filters", "year_from <=", id="reversed"
        ),
    ],
)
def test_filters_that_the_schema_allows_and_the_corpus_does_not_are_told_apart(
    client: TestClient, filters: dict[str, object], status: int, field: str, says: str
) -> None:
    response = client.post("/v1/ask", json={"question": "a", "filters": filters})

    problem = response.json()
    assert response.status_code == problem["status"] == status
    assert [error["field"] for error in problem["errors"]] == [field]
    assert says in problem["errors"][0]["message"]


def test_characters_that_cannot_be_seen_are_not_counted(client: TestClient) -> None:
    assert ask(client, question="\u200b" * 2 + "a" * 1000)["status"]
    assert client.post("/v1/ask", json={"question": "a" * 1001}).status_code == 422


def test_a_whole_number_may_be_written_with_a_point(client: TestClient) -> None:
    assert ask(client, question=RENT, top_k=5.0)["status"]
    assert client.post("/v1/ask", json={"question": "a", "top_k": 5.5}).status_code == 422


@pytest.mark.parametrize("text", ["  ", "\x00\x07", "\n"], ids=["blank", "control", "line"])
def test_a_question_without_words_is_unclear(client: TestClient, text: str) -> None:
    assert ask(client, question=text)["refusal"]["code"] == "question_unclear"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(b'{"question": "\xff"}', "byte 14 is not UTF-8", id="not UTF-8"),
        pytest.param(b'{"question":', "want JSON", id="cut short"),
        pytest.param(b"[" * 60_000, "nested too deeply", id="nested too deeply"),
        pytest.param(b'{"question": "a", "top_k": ' + b"9" * 5000 + b"}", "JSON", id="huge number"),
        pytest.param(b'{"question": "\\ud800"}', "question", id="half a surrogate pair"),
        pytest.param(
            b'{"question": "a", "min_confidence": NaN}', "min_confidence", id="not a number"
        ),
        pytest.param(b"", "required", id="no body"),
    ],
)
def test_a_body_that_is_not_json_is_refused(client: TestClient, body: bytes, says: str) -> None:
    response = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert says in response.json()["detail"]


def test_a_body_of_another_type_is_told_which_header_is_wanted(client: TestClient) -> None:
    response = client.post(
        "/v1/ask", content=b'{"question": "a"}', headers={"Content-Type": "text/plain"}
    )

    assert response.status_code == 422
    assert "Content-Type: application/json" in response.json()["detail"]
