"""Talks in chats that send a question without the turns before it."""

from service.interfaces.chat.recent_items import RecentItems
from service.outcomes import Outcome
from service.qa_service import QAService

MAX_TURNS = 5
SECONDS = 1800.0
MAX_TALKS = 1000


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
