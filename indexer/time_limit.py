"""Ends work on one report that takes too long, in this process."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_AGAIN_S = 1.0


class TimeLimitError(BaseException):
    """The time was up; no ``Exception``, so that no library on the way takes it for its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeLimitError` inside when ``seconds`` have passed.

    The alarm is the process's one, so limits are not nested; it interrupts Python and its regular
    expressions. Python drops what is raised in a finaliser or a callback of its garbage collector,
    so the alarm comes again every second until the work has ended, in what cleans up, too, and the
    error is raised behind work that ended meanwhile. Only a program's main thread can set it, which
    is where the builder works; in another thread, as in a test, nothing is limited.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    alarms: list[int] = []

    def sound(number: int, _frame: FrameType | None) -> NoReturn:
        alarms.append(number)
        raise TimeLimitError

    before = signal.signal(signal.SIGALRM, sound)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_S)
    try:
        try:
            yield
        finally:
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
        if alarms:
            raise TimeLimitError
    finally:  # also where the alarm came in between
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
