"""Prometheus metrics of the service, in the text format at ``/metrics``.

Several worker processes share theirs through the folder that ``PROMETHEUS_MULTIPROC_DIR`` names,
which `service.interfaces.workers` makes; a process alone keeps them in memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
    values,
)

from service.library import Edition
from service.records import Answer, Refusal

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_CONFIDENCES = tuple(step / 10 for step in range(1, 11))


class Metrics:
    """All metrics of one process; safe to use from several threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        registry = self._registry
        self.requests = Counter(
            "cita_requests",
            "Requests answered, by route, method and status.",
            ["route", "method", "status"],
            registry=registry,
        )
        self.request_seconds = Histogram(
            "cita_request_seconds",
            "Seconds from the request to the last byte of the response, waiting included.",
            ["route"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.stage_seconds = Histogram(
            "cita_stage_seconds",
            "Seconds of each stage of answering a question.",
            ["stage"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.outcomes = Counter(
            "cita_outcomes",
            "Questions answered, and refused by the code of the refusal.",
            ["status", "code"],
            registry=registry,
        )
        self.confidence = Histogram(
            "cita_confidence",
            "Confidence that the reports answer, of every question.",
            buckets=_CONFIDENCES,
            registry=registry,
        )
        self.waiting = Gauge(
            "cita_waiting_requests",
            "Requests that wait for their turn.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self.working = Gauge(
            "cita_working_requests",
            "Requests that are worked on.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self.turned_away = Counter(
            "cita_turned_away",
            "Requests not answered: queue_full, too_slow, client_left, rate_limited.",
            ["reason"],
            registry=registry,
        )
        self.errors = Counter(
            "cita_errors", "Requests that failed by a fault of the service.", registry=registry
        )
        self._index_info = Gauge(
            "cita_index_info",
            "1 for the generation of the index that answers, by name and fingerprint.",
            ["generation", "fingerprint"],
            multiprocess_mode="livemostrecent",
            registry=registry,
        )
        self._index_built = self._index_gauge(
            "cita_index_built_timestamp_seconds", "When the index that answers was built."
        )
        self._index_documents = self._index_gauge("cita_index_documents", "Reports in the index.")
        self._index_passages = self._index_gauge("cita_index_passages", "Passages in the index.")
        self._ready = self._index_gauge("cita_ready", "1 while questions are answered, else 0.")
        self._trouble = self._index_gauge(
            "cita_index_trouble", "1 while the newest index cannot be used, else 0."
        )
        self._shown: tuple[str, str] | None = None

    def _index_gauge(self, name: str, text: str) -> Gauge:
        return Gauge(name, text, multiprocess_mode="livemostrecent", registry=self._registry)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what is inside as stage ``name``."""
        with self.stage_seconds.labels(name).time():
            yield

    def concluded(self, result: Answer | Refusal) -> None:
        """Count an answer or a refusal."""
        if isinstance(result, Refusal):
            self.outcomes.labels("refused", str(result.code)).inc()
        else:
            self.outcomes.labels("answered", "").inc()
        self.confidence.observe(result.confidence)

    def show_index(self, edition: Edition | None, *, trouble: str | None) -> None:
        """Show which index answers, and whether the newest one cannot be used."""
        self._ready.set(edition is not None)
        self._trouble.set(trouble is not None)
        if edition is None:
            return
        manifest = edition.index.manifest
        shown = (edition.generation, manifest.fingerprint)
        if self._shown is not None and self._shown != shown:
            self._index_info.labels(*self._shown).set(0)
        self._shown = shown
        self._index_info.labels(*shown).set(1)
        self._index_built.set(datetime.fromisoformat(manifest.built_at).timestamp())
        self._index_documents.set(manifest.n_documents)
        self._index_passages.set(manifest.n_passages)

    def text(self) -> bytes:
        """Return all metrics, of all workers, in the Prometheus text format."""
        if values.ValueClass.__name__ != "MmapedValue":
            return generate_latest(self._registry)
        shared = CollectorRegistry()
        multiprocess.MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        return generate_latest(shared)
