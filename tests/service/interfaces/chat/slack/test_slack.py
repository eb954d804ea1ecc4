"""A real server answers what Slack sends, where Slack says."""

import json
import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from starlette.testclient import TestClient

from service.feedback import FeedbackStore
from service.interfaces.chat.slack.blocks import plain_message
from service.interfaces.chat.slack.payloads import payload_of, plain_text
from service.interfaces.chat.slack.replies import SlackReplies
from service.settings import Settings
from tests.service.interfaces.workplaces import Workplaces, slack_form, slack_request

RENT = "How much is the rent subsidy that Chile pays to migrants?"
THREAD_PATH = "/api/chat.postMessage"


def send(request: Request) -> tuple[int, bytes, float]:
    """Return status, body and seconds."""
    started = time.perf_counter()
    try:
        with urlopen(request, timeout=30) as response:  # noqa: S310
            return response.status, response.read(), time.perf_counter() - started
    except HTTPError as error:
        return error.code, error.read(), time.perf_counter() - started


def command(server: str, workplaces: Workplaces, text: str, *, to: str) -> Request:
    body = slack_form(
        command="/cita",
        text=text,
        team_id="T1",
        channel_id="C1",
        user_id=to,
        response_url=f"{workplaces.url}/hooks/{to}",
    )
    return slack_request(server, body)


def mention(server: str, text: str, *, event_id: str, thread: str, **more: str) -> Request:
    event = {"type": "app_mention", "text": text, "channel": "C1", "ts": thread, "user": "U1"}
    envelope = {"type": "event_callback", "team_id": "T1", "event_id": event_id}
    body = json.dumps({**envelope, "event": {**event, **more}}).encode()
    return slack_request(server, body, is_json=True)


def texts_in(blocks: object) -> str:
    """Return all words of blocks, in order."""
    if isinstance(blocks, list):
        return "".join(texts_in(each) for each in blocks)
    if isinstance(blocks, dict):
        own = blocks.get("text", "")
        below = [blocks.get("elements", [])] + ([own] if isinstance(own, dict) else [])
        return (own if isinstance(own, str) else "") + texts_in(below)
    return ""


def test_slack_is_told_that_the_address_is_ours(server: str) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a"}).encode()

    status, answer, _ = send(slack_request(server, body, is_json=True))

    assert status == 200
    assert json.loads(answer) == {"challenge": "3eZbrw1a"}


def test_a_command_is_acknowledged_at_once_and_answered_at_its_address(
    server: str, workplaces: Workplaces
) -> None:
    status, body, seconds = send(command(server, workplaces, RENT, to="rent"))

    assert (status, body) == (200, b"")
    assert seconds < 3
    (message,) = workplaces.received("/hooks/rent")
    blocks = message["blocks"]
    assert [block.to_dict()["type"] for block in Block.parse_all(blocks)] == [
        block["type"] for block in blocks
    ]
    assert message["response_type"] == "ephemeral"
    assert "170,000" in message["text"]
    quoted = [part for part in blocks[0]["elements"] if part["type"] == "rich_text_quote"]
    assert "monthly rent subsidy of 170,000 pesos" in texts_in(quoted)
    bold = [each["text"] for each in quoted[0]["elements"] if each.get("style")]
    assert any("170,000" in text for text in bold)
    assert "supported" in texts_in(blocks[1])


def test_a_source_that_restates_a_report_names_it_first(
    server: str, workplaces: Workplaces
) -> None:
    send(command(server, workplaces, "Who were the partners of Leverkusen?", to="restated"))

    (message,) = workplaces.received("/hooks/restated")
    work = "[1] UN-Habitat, A guide to mainstreaming, 2023, Box 10. In the words of: Leverkusen"
    assert work in texts_in(message["blocks"])


def test_a_question_that_is_missing_is_asked_for(server: str, workplaces: Workplaces) -> None:
    send(command(server, workplaces, " <@U99> ", to="blank"))

    (message,) = workplaces.received("/hooks/blank")
    assert message["text"].startswith("Ask a question")


def test_a_question_of_which_nothing_can_be_seen_is_refused_as_through_other_doors(
    server: str, workplaces: Workplaces
) -> None:
    send(command(server, workplaces, "\u00ad", to="unseen"))
    send(command(server, workplaces, "who?", to="unclear"))

    (unseen,), (unclear,) = (workplaces.received(f"/hooks/{to}") for to in ("unseen", "unclear"))
    assert unseen["text"] == unclear["text"]


def test_a_verdict_is_stored_without_the_question(
    server: str, workplaces: Workplaces, door_settings: Settings
) -> None:
    send(command(server, workplaces, RENT, to="verdict"))
    (message,) = workplaces.received("/hooks/verdict")
    button = message["blocks"][-1]["elements"][1]
    click = {
        "type": "block_actions",
        "response_url": f"{workplaces.url}/hooks/thanks",
        "actions": [{"action_id": button["action_id"], "value": button["value"]}],
    }
    before = len(list(FeedbackStore(door_settings.state).rows()))

    send(slack_request(server, slack_form(payload=json.dumps(click))))

    (thanks,) = workplaces.received("/hooks/thanks")
    assert thanks["text"].startswith("Thank you.")
    assert thanks["replace_original"] is False
    *_, row = list(FeedbackStore(door_settings.state).rows())[before:]
    assert (row.verdict, row.language, row.question) == ("wrong", "en", "")
    assert row.fingerprint


def test_a_mention_is_answered_in_its_thread_once(server: str, workplaces: Workplaces) -> None:
    n_before = len(workplaces.received(THREAD_PATH, n=0))

    for _ in range(2):  # Slack sends an event again where it is in doubt
        send(mention(server, f"<@U0CITA> {RENT}", event_id="Ev1", thread="1.1"))
    workplaces.received(THREAD_PATH, n=n_before + 1)
    send(mention(server, f"<@U0CITA> {RENT}", event_id="Ev2", thread="1.2", bot_id="B1"))
    send(mention(server, "<@U0CITA> And in Peru?", event_id="Ev3", thread="1.3", thread_ts="1.1"))

    in_threads = [sent["thread_ts"] for sent in workplaces.received(THREAD_PATH, n=n_before + 2)]
    assert in_threads[n_before:] == ["1.1", "1.1"]
    messages = workplaces.received(THREAD_PATH)[n_before:]
    assert {message["channel"] for message in messages} == {"C1"}
    assert "170,000" in messages[0]["text"]
    assert texts_in(messages[1]["blocks"]).startswith("Understood as: ")


def test_nothing_is_sent_anywhere_else(workplaces: Workplaces) -> None:
    replies = SlackReplies("https://slack.example/api/", None)

    for url in (f"{workplaces.url}/hooks/elsewhere", "file:///etc/passwd", "", "https://["[:8]):
        replies.to_url(url, plain_message("secret"))

    assert workplaces.received("/hooks/elsewhere", timeout=0) == []


def test_without_a_signature_nothing_is_done(server: str, workplaces: Workplaces) -> None:
    request = command(server, workplaces, RENT, to="forged")
    request.add_header("X-slack-signature", "v0=" + "0" * 64)

    assert send(request)[0] == 401
    assert workplaces.received("/hooks/forged", timeout=0) == []


def test_without_a_secret_there_is_no_door(client: TestClient) -> None:
    assert client.post("/slack", content=b"").status_code == 404


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("<@U1> rents in <#C2|lima>?", "rents in lima?", id="names"),
        pytest.param("what says <https://x.org|x.org>?", "what says x.org?", id="a link"),
        pytest.param("rents &gt; 3 &amp; up", "rents > 3 & up", id="escapes"),
    ],
)
def test_slacks_markup_is_taken_off(typed: str, expected: str) -> None:
    assert plain_text(typed) == expected


@given(
    st.one_of(
        st.binary(max_size=60),
        st.recursive(
            st.one_of(st.none(), st.integers(), st.text(max_size=5)),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3),
                st.dictionaries(
                    st.sampled_from(["type", "event", "actions", "text", "action_id"]), inner
                ),
            ),
            max_leaves=8,
        ).map(lambda value: json.dumps(value).encode()),
    ),
    st.sampled_from(["application/json", "application/x-www-form-urlencoded", ""]),
)
def test_a_body_of_any_shape_does_not_crash(body: bytes, content_type: str) -> None:
    payload_of(body, content_type)
    payload_of(b"payload=" + body, content_type)
