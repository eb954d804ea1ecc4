"""How fast a running service is: start, memory, answers and searches from several clients."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from eval.speed.latency import Latency, PairedLatency, json_body, measure_latency, measure_paired
from eval.speed.processes import Memory, memory_of, serve
from indexer.encoder.building.text_encoder import PACKAGED, load_unadapted, model_folder

N_CLIENTS = (1, 8, 32)
"""Clients that ask at the same time."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How one endpoint answers.

    Attributes:
        path: The endpoint.
        paired: One client, beside encoding the bare question with sentence-transformers.
        by_clients: For each of `N_CLIENTS`, nothing else at work.
    """

    path: str
    paired: PairedLatency
    by_clients: tuple[Latency, ...]


@dataclass(frozen=True, slots=True)
class ServiceSpeed:
    """How fast a service is.

    Attributes:
        ready_s: Seconds from its start until it was ready, the median of several starts.
        memory_ready: Of one worker, as soon as it is ready.
        memory_after: Of it after all questions were asked.
        asking: Of ``/v1/ask`` and ``/v1/search``.
    """

    ready_s: float
    memory_ready: Memory
    memory_after: Memory
    asking: tuple[Asking, ...]


def measure_service(
    settings: Mapping[str, str], questions: Sequence[str], *, n_requests: int, n_starts: int = 3
) -> ServiceSpeed:
    """Start a service several times and ask the last one.

    Args:
        settings: Its whole environment.
        questions: What is asked, in turn.
        n_requests: Requests of each measurement.
        n_starts: Starts, at least 1.

    Raises:
        MeasurementError: It does not start, or a question is not answered.
    """
    starts_s = []
    for _ in range(n_starts - 1):
        with serve(settings) as service:
            starts_s.append(service.ready_s)
    with serve(settings) as service:
        starts_s.append(service.ready_s)
        (worker, *_) = service.workers
        memory_ready = memory_of(worker)
        texts = list(islice(cycle(questions), n_requests))
        asking = (
            _measure_asking(service.port, "/v1/ask", "question", texts),
            _measure_asking(service.port, "/v1/search", "query", texts),
        )
        memory_after = memory_of(worker)
    return ServiceSpeed(sorted(starts_s)[n_starts // 2], memory_ready, memory_after, asking)


def measure_searches(
    settings: Mapping[str, str], questions: Sequence[str]
) -> tuple[float, Memory, Latency]:
    """Return seconds to ready, a worker's memory after all searches, and how long they took."""
    with serve(settings) as service:
        bodies = [json_body(query=text) for text in questions]
        measure_latency(service.port, "/v1/search", bodies[:10], n_clients=1)
        latency = measure_latency(service.port, "/v1/search", bodies, n_clients=1)
        return service.ready_s, memory_of(service.workers[0]), latency


def _measure_asking(port: int, path: str, field: str, texts: Sequence[str]) -> Asking:
    bodies = [json_body(**{field: text}) for text in texts]
    by_clients = tuple(
        measure_latency(port, path, bodies, n_clients=n_clients) for n_clients in N_CLIENTS
    )
    # Last, as PyTorch's threads wait on the cores for what comes next.
    encoder = load_unadapted(model_folder(PACKAGED), precision="fp32")
    bare = [partial(encoder.encode, [text], show_progress_bar=False) for text in texts]
    paired = measure_paired(port, path, bodies, bare)
    return Asking(path, paired, by_clients)


def index_settings(corpus: Path, index_dir: Path, state: Path) -> dict[str, str]:
    """Return the settings of a service of one index that nothing else uses."""
    return {
        "CITA_CORPUS": str(corpus),
        "CITA_INDEX": str(index_dir),
        "CITA_STATE": str(state),
        "CITA_QUEUE": "256",
        "CITA_TIMEOUT_S": "300",  # a machine that is busy shall be slow, not fail
    }
