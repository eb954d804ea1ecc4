"""What Slack sends, as far as it is acted on: a check of the address, a question, a click.

body ─▶ JSON: an event │ form: a slash command, or the JSON of a click ─▶ record
"""

import html
import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.feedback import Verdict

ACTION_PREFIX = "cita."
"""What the name of a button of ours begins with; its verdict follows."""

_MENTION = re.compile(r"<[@!][^>]*>")
_REFERENCE = re.compile(r"<(?P<address>[^|>]*)(?:\|(?P<words>[^>]*))?>")


@dataclass(frozen=True, slots=True)
class Challenge:
    """Slack asks whether the address is ours."""

    challenge: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question.

    Attributes:
        text: As it was typed, without mentions and Slack's escapes; may be empty.
        talk: Names who asked, and where.
        response_url: Takes the answer to a slash command.
        channel: Takes the answer to a mention, else empty.
        thread: Message of the channel under which the answer belongs.
        event_id: The same where Slack sends a mention again; empty for a command.
    """

    text: str
    talk: str
    response_url: str = ""
    channel: str = ""
    thread: str = ""
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class Clicked:
    """A verdict on an answer.

    Attributes:
        verdict: What was clicked.
        language: Of the answer's words.
        fingerprint: Of the index that answered.
        response_url: Takes the thanks.
    """

    verdict: Verdict
    language: str
    fingerprint: str
    response_url: str


Payload = Challenge | Asked | Clicked


def payload_of(body: bytes, content_type: str) -> Payload | None:
    """Read a body; ``None`` where nothing is to be done about it, or it is not in Slack's shape."""
    try:
        if content_type.split(";", maxsplit=1)[0].strip() == "application/json":
            return _of_event(_Envelope.model_validate_json(body))
        fields = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if "payload" in fields:
            return _of_click(_Interaction.model_validate_json(fields["payload"]))
    except (ValidationError, ValueError):
        return None
    return _of_command(fields) if "command" in fields else None


def plain_text(text: str) -> str:
    """Return what a person typed: without mentions, addresses and names in words."""
    words = _REFERENCE.sub(
        lambda match: match["words"] or match["address"], _MENTION.sub(" ", text)
    )
    return " ".join(html.unescape(words).split())


class _Lenient(BaseModel):
    """Slack sends much more than is named here."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Event(_Lenient):
    type: str
    text: str = ""
    user: str = ""
    bot_id: str = ""
    channel: str = ""
    ts: str = ""
    thread_ts: str = ""


class _Envelope(_Lenient):
    type: str
    challenge: str = ""
    team_id: str = ""
    event_id: str = ""
    event: _Event | None = None


class _Action(_Lenient):
    action_id: str
    value: str = Field(default="", pattern=r"^(en|es|pt) [0-9a-f]{0,64}$")


class _Interaction(_Lenient):
    type: str
    response_url: str = ""
    actions: list[_Action] = Field(default=[], max_length=25)


def _of_event(envelope: _Envelope) -> Challenge | Asked | None:
    if envelope.type == "url_verification":
        return Challenge(envelope.challenge)
    event = envelope.event
    if envelope.type != "event_callback" or event is None or event.type != "app_mention":
        return None
    if event.bot_id:  # two bots that mention each other would never stop
        return None
    thread = event.thread_ts or event.ts
    return Asked(
        text=plain_text(event.text),
        talk=f"{envelope.team_id} {event.channel} {thread} {event.user}",
        channel=event.channel,
        thread=thread,
        event_id=envelope.event_id,
    )


def _of_command(fields: dict[str, str]) -> Asked:
    names = ("team_id", "channel_id", "user_id")
    return Asked(
        text=plain_text(fields.get("text", "")),
        talk=" ".join(fields.get(name, "") for name in names),
        response_url=fields.get("response_url", ""),
    )


def _of_click(interaction: _Interaction) -> Clicked | None:
    verdicts = {f"{ACTION_PREFIX}{verdict}": verdict for verdict in Verdict}
    if interaction.type != "block_actions" or not interaction.actions:
        return None
    action = interaction.actions[0]
    verdict = verdicts.get(action.action_id)
    if verdict is None:
        return None
    language, _, fingerprint = action.value.partition(" ")
    return Clicked(verdict, language, fingerprint, interaction.response_url)
