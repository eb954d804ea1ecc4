"""Work that takes too long is ended, and what comes after it is not."""

import re
import signal
import time
from collections.abc import Callable

import pytest

from indexer.time_limit import TimeLimitError, time_limit


class Finalised:
    """What is raised while its finaliser sleeps is dropped."""

    def __del__(self) -> None:
        time.sleep(0.5)


def loop() -> None:
    while True:
        time.sleep(0.01)


def match() -> None:
    re.fullmatch(r"(a|aa)+b", "a" * 60)


@pytest.mark.parametrize("work", [loop, match])
def test_work_in_python_and_in_a_pattern_is_ended(work: Callable[[], None]) -> None:
    began = time.monotonic()

    with pytest.raises(TimeLimitError), time_limit(0.2):
        work()

    assert time.monotonic() - began < 30


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_alarm_that_a_finaliser_swallowed_comes_again() -> None:
    def work() -> None:
        Finalised()
        while time.monotonic() - began < 30:
            time.sleep(0.01)

    began = time.monotonic()

    with pytest.raises(TimeLimitError), time_limit(0.1):
        work()

    assert time.monotonic() - began < 30


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_work_that_ends_after_an_alarm_was_swallowed_took_too_long_all_the_same() -> None:
    with pytest.raises(TimeLimitError), time_limit(0.1):
        Finalised()


def test_the_clock_stops_with_the_work() -> None:
    before = signal.getsignal(signal.SIGALRM)

    with time_limit(0.05):
        pass
    time.sleep(0.1)

    assert signal.getsignal(signal.SIGALRM) is before
