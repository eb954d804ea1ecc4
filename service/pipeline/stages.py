"""The stages of one question: who watches them, and whether anybody still waits for the answer.

A door says who watches by `watched_by`, and until when by `WANTED`. The pipeline only names its
stages; where nobody watches, that costs next to nothing.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from service.errors import NoLongerWantedError
from service.records import Answer, Refusal

STAGES = ("understand", "retrieve", "read", "choose", "decide")
"""Names of the stages, in their order."""


class Observer(Protocol):
    """Measures or traces questions; called from several threads."""

    def stage(self, name: str) -> AbstractContextManager[object]:
        """Return a context that lasts as long as a stage of `STAGES`."""

    def concluded(self, result: Answer | Refusal) -> None:
        """Take note of an answer or a refusal."""


class NoObserver:
    """Watches nothing."""

    def stage(self, _name: str) -> AbstractContextManager[object]:
        """Return a context that does nothing."""
        return nullcontext()

    def concluded(self, result: Answer | Refusal) -> None:
        """Forget it."""


@dataclass(slots=True)
class Wanted:
    """Whether somebody waits for an answer.

    Attributes:
        until: When nobody waits any more, on the monotonic clock in seconds.
    """

    until: float
    _is_given_up: threading.Event = field(default_factory=threading.Event)

    def give_up(self) -> None:
        """Say that nobody waits any more; from any thread."""
        self._is_given_up.set()

    def check(self) -> None:
        """Go on only while somebody waits.

        Raises:
            NoLongerWantedError: The time is up, or the client has left.
        """
        if self._is_given_up.is_set() or time.monotonic() > self.until:
            raise NoLongerWantedError


WANTED: ContextVar[Wanted | None] = ContextVar("wanted", default=None)
_NOBODY = NoObserver()
_OBSERVER: ContextVar[Observer] = ContextVar("observer", default=_NOBODY)


@contextmanager
def watched_by(observer: Observer) -> Iterator[None]:
    """Have ``observer`` watch the stages of the question that is answered inside."""
    token = _OBSERVER.set(observer)
    try:
        yield
    finally:
        _OBSERVER.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Do what is inside as stage ``name`` of `STAGES`, if the answer is still wanted.

    Raises:
        NoLongerWantedError: It is not.
    """
    wanted = WANTED.get()
    if wanted is not None:
        wanted.check()
    with _OBSERVER.get().stage(name):
        yield
