"""Talks in chats that send a question without the turns before it."""

import logging
from collections.abc import Callable
from typing import TypeVar

from service.errors import ServiceError
from service.interfaces.chat.recent_items import RecentItems
from service.outcomes import Outcome
from service.qa_service import QAService

MAX_TURNS = 5
SECONDS = 1800.0
MAX_TALKS = 1000

BROKEN = "The request failed; the operator's log says why."

Message = TypeVar("Message")


def told(
    make: Callable[[], Message], plain: Callable[[str], Message], log: logging.Logger
) -> Message:
    """Make a message; an error becomes one, as nobody waits for a status any more.

    Args:
        make: Asks, and puts what comes of it into a message.
        plain: Makes a message of a sentence.
        log: Where an error that is nobody's fault goes.
    """
    try:
        return make()
    except ServiceError as error:
        return plain(str(error))
    except Exception:
        log.exception("a question from a chat failed")
        return plain(BROKEN)


class Talks:
    """Remembers what a person asked last in a place, so that "and in Peru?" is understood.

    In memory, for half an hour; what an operator is told of it stands in `docs/integrations/`.
    """

    def __init__(self) -> None:
        self._turns = RecentItems[tuple[str, ...]](seconds=SECONDS, most=MAX_TALKS)

    def ask(self, service: QAService, talk: str, question: str) -> Outcome:
        """Answer a question after those of its talk.

        Args:
            service: Answers.
            talk: Names person and place.
            question: As it was typed.

        Raises:
            ServiceError: As for `QAService.ask`.
        """
        earlier = self._turns.get(talk) or ()
        outcome = service.ask(question, earlier=earlier)
        self._turns.put(talk, (*earlier, question)[-MAX_TURNS:])
        return outcome
