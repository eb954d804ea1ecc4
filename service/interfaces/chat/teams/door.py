"""``POST /teams``: activities of the Bot Framework, checked and answered through Microsoft's SDK.

token's issuer ─▶ the SDK: signature, audience, time, service address ─▶ question ─▶ answer sent

The SDK fetches signing keys without letting other work go on, so it has an event loop of its own.
"""

import asyncio
import html
import json
import logging
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

import jwt
from anyio.from_thread import BlockingPortal, start_blocking_portal
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from service.errors import FeedbackOffError
from service.feedback import Feedback, Verdict
from service.interfaces.api.responses import Presenter
from service.interfaces.chat.message import chat_message
from service.interfaces.chat.paths import TEAMS_PATH
from service.interfaces.chat.recent_items import RecentItems
from service.interfaces.chat.talks import Talks, told
from service.interfaces.chat.teams.messages import plain_activity, teams_message
from service.interfaces.chat.teams.sdk import (
    ActivityContext,
    App,
    MessageActivity,
    MessageActivityInput,
    MessageSubmitActionInvokeActivity,
)
from service.interfaces.context import DoorContext
from service.presentation.links import Links
from service.records import LANGUAGES

BAD_REQUEST, UNAUTHORISED = 400, 401
KNOWN_S, MOST_KNOWN = 3600.0, 10_000
"""An activity that comes again within this time, such as a copied one, is not answered again."""

_MENTION = re.compile(r"<at\b[^>]*>.*?</at>", re.DOTALL)
_VERDICTS = {"like": Verdict.USEFUL, "dislike": Verdict.WRONG}
_links: ContextVar[Links] = ContextVar("links of the request at hand")
_log = logging.getLogger(__name__)


class TeamsDoor:
    """The endpoint, what must run while it serves, and what it remembers."""

    def __init__(self, context: DoorContext, app: App) -> None:
        self._context = context
        self._app = app
        self._talks = Talks()
        self._known = RecentItems[None](seconds=KNOWN_S, most=MOST_KNOWN)
        self._portal: BlockingPortal | None = None
        app.on_message(self._on_message)
        app.on_message_submit_feedback(self._on_feedback)
        self.routes: Sequence[BaseRoute] = [Route(TEAMS_PATH, self._receive, methods=["POST"])]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve: start the SDK's thread, and end it."""
        with start_blocking_portal(name="teams") as portal:
            portal.call(self._app.initialize)
            self._portal = portal
            yield
            self._portal = None

    async def _receive(self, request: Request) -> Response:
        authorization = request.headers.get("authorization", "")
        if self._portal is None or not self._is_of_bot_service(authorization):
            return Response(status_code=UNAUTHORISED)
        activity = _activity_in(await request.body())
        if activity is None:
            return Response(status_code=BAD_REQUEST)
        links = self._context.chat_links(request)
        future = self._portal.start_task_soon(self._handle, activity, authorization, links)
        status, body = await asyncio.wrap_future(future)
        return Response(status_code=status) if body is None else JSONResponse(body, status)

    def _is_of_bot_service(self, authorization: str) -> bool:
        """Tell whether a token says that the bot service made it, which the SDK then checks.

        The SDK also believes tokens of other apps, for which it asks an address that depends on
        the token; we have no use for these.
        """
        scheme, _, token = authorization.partition(" ")
        try:
            claims = jwt.decode(token, options={"verify_signature": False})
        except (jwt.InvalidTokenError, ValueError, RecursionError):
            return False
        return scheme == "Bearer" and claims.get("iss") == self._app.cloud.token_issuer

    async def _handle(
        self, activity: dict[str, Any], authorization: str, links: Links
    ) -> tuple[int, Any]:
        _links.set(links)
        response = await self._app.server.handle_request(
            {"body": activity, "headers": {"authorization": authorization}}
        )
        return response["status"], response["body"]

    async def _on_message(self, context: ActivityContext[MessageActivity]) -> None:
        activity = context.activity
        place = activity.conversation.id
        if not self._known.put_new(f"{place} {activity.id}", None):
            return
        text = " ".join(html.unescape(_MENTION.sub(" ", activity.text)).split())
        talk = f"{place} {activity.from_.id}"
        links = _links.get()
        await context.send(
            await run_sync(
                told, lambda: self._message_for(text, talk=talk, links=links), plain_activity, _log
            )
        )

    def _message_for(self, text: str, *, talk: str, links: Links) -> MessageActivityInput:
        service, wording = self._context.service, self._context.wording
        if not text:
            return plain_activity(wording.words("en")["ask_something"])
        outcome = self._talks.ask(service, talk, text)
        message = chat_message(outcome, Presenter(outcome.edition, links, wording))
        return teams_message(message, collects_feedback=service.settings.collect_feedback)

    async def _on_feedback(
        self, context: ActivityContext[MessageSubmitActionInvokeActivity]
    ) -> None:
        activity = context.activity
        given = activity.value.action_value
        language = (activity.locale or "")[:2].lower()
        feedback = Feedback(
            verdict=_VERDICTS[given.reaction],
            comment=_comment_in(given.feedback),
            language=language if language in LANGUAGES else "en",
            fingerprint=self._context.service.edition().index.manifest.fingerprint,
        )
        try:
            await run_sync(self._context.service.store_feedback, feedback)
        except FeedbackOffError:
            _log.info("a verdict from Teams came while none are collected")


def _activity_in(body: bytes) -> dict[str, Any] | None:
    """Return the activity; ``None`` where it is none, or names nowhere to answer."""
    try:
        activity = json.loads(body)
    except (ValueError, RecursionError):
        return None
    is_whole = isinstance(activity, dict) and isinstance(activity.get("serviceUrl"), str)
    return activity if is_whole and activity["serviceUrl"] else None


def _comment_in(feedback: str) -> str:
    """Return what a person wrote; Teams packs it into JSON."""
    try:
        comment = json.loads(feedback)["feedbackText"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return comment if isinstance(comment, str) else ""
