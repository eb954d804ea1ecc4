"""A follow-up on the page becomes a whole question, by the rules that chats follow."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from tests.service.interfaces.web.html_page import HTML, page_of

BEFORE = "How much is the rent subsidy in Chile?"


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        pytest.param(
            "And in Peru?",
            [
                ("q", "How much is the rent subsidy in Peru?"),
                ("publisher", "Housing Ministry"),
                ("typed", "And in Peru?"),
            ],
            id="another country",
        ),
        pytest.param(
            "When did the metro of Quito open?",
            [("q", "When did the metro of Quito open?"), ("publisher", "Housing Ministry")],
            id="a question of its own",
        ),
        pytest.param(
            "in Spanish please",
            [
                ("q", BEFORE),
                ("publisher", "Housing Ministry"),
                ("typed", "in Spanish please"),
                ("lang", "es"),
            ],
            id="another language",
        ),
    ],
)
def test_a_follow_up_is_asked_as_a_question_that_stands_by_itself(
    client: TestClient, typed: str, asked: list[tuple[str, str]]
) -> None:
    sent = {"q": typed, "after": BEFORE, "publisher": "Housing Ministry"}

    response = client.get("/ask", params=sent, headers=HTML)

    assert response.status_code == 303
    assert parse_qsl(urlsplit(response.headers["location"]).query) == asked


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("And in Peru?", [], id="another country"),
        pytest.param("And in Chile?", ["CL"], id="the same country"),
        pytest.param("Who pays for it?", ["CL"], id="no country"),
        pytest.param("When did the metro of Lima open?", ["CL"], id="a question of its own"),
    ],
)
def test_a_country_that_a_follow_up_names_takes_the_place_of_the_filter(
    client: TestClient, typed: str, kept: list[str]
) -> None:
    sent = {"q": typed, "after": BEFORE, "country": "CL", "year_from": "2019"}

    response = client.get("/ask", params=sent, headers=HTML)

    asked = parse_qsl(urlsplit(response.headers["location"]).query)
    assert [value for name, value in asked if name == "country"] == kept
    assert ("year_from", "2019") in asked
    assert [value for name, value in asked if name == "without"] == ([] if kept else ["CL"])


def test_the_page_says_which_country_it_is_not_limited_to_any_more(client: TestClient) -> None:
    before = "No longer limited to Chile: your question names another country."
    question = "How much is the rent subsidy in Peru?"

    assert before in page_of(client, "/ask", q=question, without="CL").text
    assert "No longer" not in page_of(client, "/ask", q=question, without="<i>").text


def test_a_follow_up_is_shown_whole_and_can_be_changed_or_asked_as_typed(
    client: TestClient,
) -> None:
    question = "How much is the rent subsidy in Chile?"

    page = page_of(client, "/ask", q=question, typed="And in <Chile>?", country="CL")

    assert page.all("input")[0]["value"] == question
    assert "You typed “And in <Chile>?”" in page.text
    hrefs = [attrs.get("href") for attrs in page.all("a")]
    assert "/ask?q=And+in+%3CChile%3E%3F" in hrefs
    hidden = {a["name"]: a["value"] for a in page.all("input") if a.get("type") == "hidden"}
    assert {"after": question, "country": "CL"}.items() <= hidden.items()


def test_what_a_question_came_from_is_in_no_file_and_no_permanent_link(client: TestClient) -> None:
    page = page_of(client, "/ask", q=BEFORE, typed="And in Chile?")

    links = [*(attrs.get("href") or "" for attrs in page.all("a"))]
    kept = [attrs["value"] or "" for attrs in page.all("input") if attrs.get("id") == "permalink"]
    assert not [link for link in [*links, *kept] if "export" in link and "typed" in link]
    assert kept
    assert "typed" not in kept[0]
