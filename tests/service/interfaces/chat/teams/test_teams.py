"""A real server answers what Teams sends, and nobody else, through Microsoft's SDK."""

import json
import time
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st
from microsoft_teams.apps.auth.token_validator import TokenValidator
from starlette.testclient import TestClient

from service.feedback import FeedbackStore
from service.interfaces.app import create_app
from service.interfaces.chat.message import chat_message
from service.interfaces.chat.teams.messages import MAX_ABSTRACT, MAX_NAME, teams_message
from service.interfaces.chat.teams.sdk import PUBLIC
from service.interfaces.chat.teams.sdk_app import teams_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings
from tests.fakes import answer
from tests.service.interfaces.chat.test_message import outcome, presenter
from tests.service.interfaces.workplaces import (
    APP_ID,
    Workplaces,
    teams_activity,
    teams_request,
)

RENT = "How much is the rent subsidy that Chile pays to migrants?"


def send(request: Request) -> int:
    try:
        with urlopen(request, timeout=30) as response:  # noqa: S310
            return int(response.status)
    except HTTPError as error:
        return error.code


def replies(workplaces: Workplaces, talk: str) -> list[Any]:
    """Return what was sent to a conversation; answers are sent before the request ends."""
    return workplaces.received(f"/teams/v3/conversations/{talk}/activities", timeout=0)


def ask(server: str, workplaces: Workplaces, text: str, *, talk: str, number: int = 1) -> int:
    activity = teams_activity(workplaces, text, id=str(number), conversation={"id": talk})
    return send(teams_request(server, activity, workplaces.token()))


def test_a_message_is_answered_with_citations_and_thumbs(
    server: str, workplaces: Workplaces
) -> None:
    status = ask(server, workplaces, f"<at>Cita</at> {RENT}", talk="rent")

    assert status == 200
    (sent,) = replies(workplaces, "rent")
    assert "170,000" in sent["text"]
    assert sent["textFormat"] == "markdown"
    (entity,) = sent["entities"]
    claims = entity["citation"]
    assert [claim["position"] for claim in claims] == list(range(1, len(claims) + 1))
    for claim in claims:
        assert f"[{claim['position']}]" in sent["text"]
        assert claim["appearance"]["url"].startswith(f"{server}/documents/")
    assert sent["channelData"]["feedbackLoop"] == {"type": "default"}


def test_a_follow_up_is_understood_and_a_copy_is_not_answered_again(
    server: str, workplaces: Workplaces
) -> None:
    question = "How many families do the shelters of Bogotá house?"

    for number, text in ((1, question), (2, "And in Lima?"), (2, "And in Lima?")):
        assert ask(server, workplaces, text, talk="follow-up", number=number) == 200

    first, second = replies(workplaces, "follow-up")
    assert not first["text"].startswith("Understood as:")
    assert second["text"].startswith("Understood as: How many families do the shelters of Lima")


def test_an_empty_message_is_answered_with_what_to_do(server: str, workplaces: Workplaces) -> None:
    ask(server, workplaces, "<at>Cita</at> ", talk="blank")

    (sent,) = replies(workplaces, "blank")
    assert sent["text"].startswith("Ask a question")


def test_thumbs_reach_the_feedback(
    server: str, workplaces: Workplaces, door_settings: Settings
) -> None:
    value = {"reaction": "dislike", "feedback": json.dumps({"feedbackText": "Another year."})}
    invoke = teams_activity(
        workplaces,
        "",
        type="invoke",
        name="message/submitAction",
        replyToId="1",
        locale="pt-BR",
        value={"actionName": "feedback", "actionValue": value},
    )
    before = len(list(FeedbackStore(door_settings.state).rows()))

    status = send(teams_request(server, invoke, workplaces.token()))

    assert status == 200
    *_, row = list(FeedbackStore(door_settings.state).rows())[before:]
    assert (row.verdict, row.comment, row.language) == ("wrong", "Another year.", "pt")
    assert row.question == ""


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"aud": "another-app"}, id="for another app"),
        pytest.param({"iss": "https://evil.example"}, id="from another issuer"),
        pytest.param({"exp": int(time.time()) - 10**5}, id="expired"),
        pytest.param({"nbf": int(time.time()) + 10**5}, id="not valid yet"),
        pytest.param({"serviceurl": "https://evil.example"}, id="for another service"),
        pytest.param({"serviceurl": None}, id="for no service"),
    ],
)
def test_a_token_that_does_not_fit_is_refused(
    server: str, workplaces: Workplaces, changed: dict[str, Any]
) -> None:
    activity = teams_activity(workplaces, RENT, conversation={"id": "forged"})

    assert send(teams_request(server, activity, workplaces.token(**changed))) == 401
    assert replies(workplaces, "forged") == []


def test_no_address_is_asked_that_a_token_names(
    server: str, workplaces: Workplaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def for_entra(_: str, tenant: str, **__: object) -> None:
        asked.append(tenant)
        raise jwt.InvalidTokenError

    monkeypatch.setattr(TokenValidator, "for_entra", for_entra)
    token = workplaces.token(iss=f"{PUBLIC.login_endpoint}/evil/v2.0", tid="../evil")

    assert send(teams_request(server, teams_activity(workplaces, RENT), token)) == 401
    assert asked == []


def test_a_token_that_another_key_signed_is_refused(server: str, workplaces: Workplaces) -> None:
    activity = teams_activity(workplaces, RENT, conversation={"id": "forged"})
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    claims = jwt.decode(workplaces.token(), options={"verify_signature": False})
    unsigned = jwt.encode(claims, "", algorithm="none")
    by_secret = jwt.encode(claims, "x" * 32, algorithm="HS256", headers={"kid": "key-1"})

    for token in (workplaces.token(key=key), unsigned, by_secret):
        assert send(teams_request(server, activity, token)) == 401
    assert replies(workplaces, "forged") == []


@settings(max_examples=25)
@given(st.data())
def test_a_token_with_anything_changed_is_refused(
    server: str, workplaces: Workplaces, data: st.DataObject
) -> None:
    token = workplaces.token()
    at = data.draw(st.integers(0, len(token) - 8))  # the last letter's low bits mean nothing
    letter = data.draw(st.sampled_from("ABab01-_.~").filter(lambda new: new != token[at]))
    activity = teams_activity(workplaces, RENT, conversation={"id": "forged"})

    assert send(teams_request(server, activity, token[:at] + letter + token[at + 1 :])) == 401
    assert replies(workplaces, "forged") == []


@settings(max_examples=25)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=60))
def test_whatever_is_sent_as_a_token_is_refused(
    server: str, workplaces: Workplaces, token: str
) -> None:
    assert send(teams_request(server, teams_activity(workplaces, RENT), token)) == 401


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b'{"type": "message"}', b"\xff"])
def test_a_body_that_is_no_activity_is_refused(
    server: str, workplaces: Workplaces, body: bytes
) -> None:
    request = teams_request(server, {}, workplaces.token())
    request.data = body

    assert send(request) == 400


@given(st.text(min_size=1, max_size=400))
def test_citations_keep_within_the_limits_of_teams(quote: str) -> None:
    message = chat_message(outcome(answer(quote)), presenter())

    activity = teams_message(message, collects_feedback=False)

    (entity,) = activity.model_dump(by_alias=True)["entities"]
    (claim,) = entity["citation"]
    assert len(claim["appearance"]["name"]) <= MAX_NAME
    assert len(claim["appearance"]["abstract"]) <= MAX_ABSTRACT


def test_without_a_secret_there_is_no_door(client: TestClient) -> None:
    assert client.post("/teams", json={}).status_code == 404


def test_the_settings_name_the_bot(door_settings: Settings, library: Library) -> None:
    environ = {"CITA_TEAMS_APP_ID": APP_ID, "CITA_TEAMS_APP_SECRET": "s~e.c-r_et"}
    named = Settings.from_environ(environ).model_copy(update={"corpus": door_settings.corpus})

    app = teams_app(named)
    with TestClient(create_app(QAService(named, library))) as on:
        status = on.post("/teams", json={}).status_code

    assert app.id == APP_ID
    assert status == 401
    assert "s~e.c-r_et" not in repr(named)
