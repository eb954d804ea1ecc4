"""What happened lately, kept in memory for a while and never on disk."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")


class RecentItems(Generic[V]):
    """Values by key, forgotten after some seconds; safe to use from several threads.

    Each process has its own.
    """

    def __init__(
        self, *, seconds: float, most: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep at most ``most`` values, the newest, for ``seconds`` each."""
        self._seconds = seconds
        self._most = most
        self._clock = clock
        self._items: OrderedDict[str, tuple[float, V]] = OrderedDict()  # oldest first
        self._lock = threading.Lock()

    def get(self, key: str) -> V | None:
        """Return the value of ``key``; ``None`` where there is none any more."""
        with self._lock:
            self._forget()
            found = self._items.get(key)
        return found[1] if found else None

    def put(self, key: str, value: V) -> None:
        """Keep ``value`` from now on."""
        with self._lock:
            self._put(key, value)

    def put_new(self, key: str, value: V) -> bool:
        """Keep ``value`` unless ``key`` has one; tell whether it had none."""
        with self._lock:
            self._forget()
            if key in self._items:
                return False
            self._put(key, value)
            return True

    def _put(self, key: str, value: V) -> None:
        self._items.pop(key, None)
        self._items[key] = (self._clock() + self._seconds, value)
        self._forget()

    def _forget(self) -> None:
        now = self._clock()
        while self._items:
            key, (until, _) = next(iter(self._items.items()))
            if until > now and len(self._items) <= self._most:
                return
            del self._items[key]
