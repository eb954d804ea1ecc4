"""``POST /slack``: one address for the slash command, the events and the buttons.

raw body ─▶ signature ─▶ payload ─▶ acknowledged at once; then asked, and answered where Slack says
"""

import logging
import time
from collections.abc import Callable, Sequence

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from indexer.secret import Secret
from service.feedback import Feedback
from service.interfaces.api.responses import Presenter
from service.interfaces.chat.paths import SLACK_PATH
from service.interfaces.chat.recent_items import RecentItems
from service.interfaces.chat.slack.blocks import SlackMessage, plain_message, slack_message
from service.interfaces.chat.slack.payloads import Asked, Challenge, Clicked, payload_of
from service.interfaces.chat.slack.replies import SlackReplies
from service.interfaces.chat.slack.signature import SignatureCheck
from service.interfaces.chat.talks import Talks, told
from service.interfaces.context import DoorContext
from service.pipeline.stages import WANTED, Wanted
from service.presentation.links import Links

UNAUTHORISED = 401
EVENTS_KNOWN_S, EVENTS_KNOWN = 3600.0, 10_000
"""Slack sends an event again for an hour where it heard nothing."""

_log = logging.getLogger(__name__)


class SlackDoor:
    """The endpoint, and what it remembers."""

    def __init__(self, context: DoorContext, signing_secret: Secret) -> None:
        settings = context.service.settings
        self._context = context
        self._signature = SignatureCheck(signing_secret.get_secret_value())
        self._replies = SlackReplies(settings.slack_api_url, settings.slack_bot_token)
        self._talks = Talks()
        self._events = RecentItems[None](seconds=EVENTS_KNOWN_S, most=EVENTS_KNOWN)
        self.routes: Sequence[BaseRoute] = [Route(SLACK_PATH, self._receive, methods=["POST"])]

    async def _receive(self, request: Request) -> Response:
        body = await request.body()
        if not self._signature.accepts(body, request.headers):
            return Response(status_code=UNAUTHORISED)
        payload = payload_of(body, request.headers.get("content-type", ""))
        links = self._context.chat_links(request)
        if isinstance(payload, Challenge):
            return JSONResponse({"challenge": payload.challenge})
        if isinstance(payload, Asked) and self._is_new(payload):
            return _acknowledged(lambda: self._answer(payload, links))
        if isinstance(payload, Clicked):
            return _acknowledged(lambda: self._store(payload))
        return Response()

    def _is_new(self, asked: Asked) -> bool:
        return not asked.event_id or self._events.put_new(asked.event_id, None)

    def _answer(self, asked: Asked, links: Links) -> None:
        message = told(lambda: self._message_for(asked, links), plain_message, _log)
        if asked.channel:
            self._replies.to_thread(asked.channel, asked.thread, message)
        else:
            self._replies.to_url(asked.response_url, message)

    def _message_for(self, asked: Asked, links: Links) -> SlackMessage:
        service, wording = self._context.service, self._context.wording
        # Slack left when it was acknowledged; the person still waits.
        WANTED.set(Wanted(time.monotonic() + service.settings.timeout_s))
        if not asked.text:
            return plain_message(wording.words("en")["ask_something"])
        outcome = self._talks.ask(service, asked.talk, asked.text)
        presenter = Presenter(outcome.edition, links, wording)
        collects_feedback = service.settings.collect_feedback
        return slack_message(outcome, presenter, collects_feedback=collects_feedback)

    def _store(self, clicked: Clicked) -> None:
        self._replies.to_url(
            clicked.response_url, told(lambda: self._stored(clicked), plain_message, _log)
        )

    def _stored(self, clicked: Clicked) -> SlackMessage:
        feedback = Feedback(
            verdict=clicked.verdict, language=clicked.language, fingerprint=clicked.fingerprint
        )
        self._context.service.store_feedback(feedback)
        return plain_message(self._context.wording.words(clicked.language)["verdict_stored"])


def _acknowledged(do: Callable[[], None]) -> Response:
    """Return the response that Slack waits for three seconds; ``do`` runs after it, in a thread."""
    return Response(background=BackgroundTask(do))
