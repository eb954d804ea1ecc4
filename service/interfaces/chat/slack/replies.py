"""Sends messages to Slack: to the address that came with a request, or into a thread."""

import logging
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from indexer.secret import Secret
from service.interfaces.chat.slack.blocks import SlackMessage

TIMEOUT_S = 10
_OK = 200
_log = logging.getLogger(__name__)


class SlackReplies:
    """Sends messages; one that Slack does not take is told to the operator, without its text."""

    def __init__(self, api_url: str, bot_token: Secret | None) -> None:
        self._api = urlsplit(api_url)
        token = bot_token.get_secret_value() if bot_token else None
        self._web = WebClient(token, base_url=api_url, timeout=TIMEOUT_S) if token else None

    def to_url(self, url: str, message: SlackMessage) -> None:
        """Answer a command or a click, for the person alone; below Slack's own address only."""
        if not self._is_slacks(url):
            _log.error("an answer to Slack was not sent: its address is not one of Slack's")
            return
        try:
            response = WebhookClient(url, timeout=TIMEOUT_S).send(
                text=message.text,
                blocks=message.blocks,
                response_type="ephemeral",
                replace_original=False,
            )
        except OSError as error:
            _log.error("an answer to Slack was not sent: %s", type(error).__name__)
            return
        if response.status_code != _OK:
            _log.error("an answer to Slack was not taken: status %d", response.status_code)

    def to_thread(self, channel: str, thread: str, message: SlackMessage) -> None:
        """Answer a mention under it, for all who are there."""
        if self._web is None:
            _log.error("a mention in Slack cannot be answered: set CITA_SLACK_BOT_TOKEN")
            return
        try:
            self._web.chat_postMessage(
                channel=channel,
                thread_ts=thread,
                text=message.text,
                blocks=message.blocks,
                unfurl_links=False,
            )
        except (SlackClientError, OSError) as error:
            _log.error("an answer to Slack was not taken: %s", _reason(error))

    def _is_slacks(self, url: str) -> bool:
        parts = urlsplit(url)
        host, own = parts.hostname or "", self._api.hostname or ""
        return parts.scheme == self._api.scheme and (host == own or host.endswith(f".{own}"))


def _reason(error: Exception) -> str:
    """Return Slack's own word for what is wrong, which holds nothing of the message."""
    response = getattr(error, "response", None)
    reason = response.get("error") if response is not None else None
    return str(reason or type(error).__name__)
