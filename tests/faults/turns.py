"""The turns of a drill, which may be run in slices: the machine is not ours alone."""

import os
import random
import time
from collections.abc import Iterator

_MOST_S = "DRILL_MOST_S"
_SEED = "DRILL_SEED"


def turns(n: int) -> Iterator[int]:
    """Yield 0 to ``n - 1``; none begins after ``DRILL_MOST_S`` seconds, if that is set."""
    until = time.monotonic() + float(os.environ.get(_MOST_S, "inf"))
    for number in range(n):
        if time.monotonic() > until:
            return
        yield number


def seeded_chance() -> random.Random:
    """Return chance that ``DRILL_SEED`` decides; another slice wants another one."""
    return random.Random(int(os.environ.get(_SEED, "19")))  # noqa: S311
