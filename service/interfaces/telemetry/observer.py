"""Watches questions: measures their stages and makes spans of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from service.interfaces.telemetry.metrics import Metrics
from service.interfaces.telemetry.tracing import stage_span
from service.records import Answer, Refusal


class TelemetryObserver:
    """The observer of a service that is served."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure and trace what is inside."""
        with stage_span(name), self._metrics.stage(name):
            yield

    def concluded(self, result: Answer | Refusal) -> None:
        """Count an answer or a refusal."""
        self._metrics.concluded(result)
