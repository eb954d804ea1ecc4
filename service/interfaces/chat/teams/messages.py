"""An outcome as a message of Teams: Markdown whose ``[1]`` marks are citations of their own."""

from service.interfaces.chat.message import ChatMessage, CitationMark
from service.interfaces.chat.teams.sdk import CitationAppearance, MessageActivityInput

MAX_NAME, MAX_ABSTRACT = 80, 160
"""Characters that Teams takes of a citation's name and of its extract."""


def teams_message(message: ChatMessage, *, collects_feedback: bool) -> MessageActivityInput:
    """Put a chat's message into an activity, with thumbs where verdicts are collected."""
    activity = plain_activity(message.text)
    for mark in message.marks:
        activity.add_citation(mark.citation.number, _appearance(mark))
    return activity.add_feedback() if collects_feedback else activity


def plain_activity(text: str) -> MessageActivityInput:
    """Return an activity of Markdown."""
    return MessageActivityInput(text=text).with_text_format("markdown")


def _appearance(mark: CitationMark) -> CitationAppearance:
    return CitationAppearance(
        name=_short(mark.title, MAX_NAME),
        abstract=_short(" ".join(mark.citation.quote.split()), MAX_ABSTRACT),
        url=mark.citation.href,
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
