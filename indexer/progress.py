"""Progress of a build: bars on the terminal, and the seconds of each stage."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Progress:
    """Progress of one build.

    Attributes:
        is_shown: Whether bars are drawn on standard error.
        took_s: Seconds of each stage that is done, in order.
    """

    is_shown: bool
    took_s: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what is done inside as stage ``name``."""
        begun = time.perf_counter()
        yield
        self.took_s[name] = round(time.perf_counter() - begun, 2)
