"""How long answers over HTTP take, and how many come in a second."""

import http.client
import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from statistics import median
from typing import Self

from eval.errors import MeasurementError

_TIMEOUT_S = 120.0
_N_WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Latency:
    """How long requests took that several clients sent, each one after the other.

    Attributes:
        n_clients: Clients that asked at the same time.
        n_requests: What they asked together.
        per_second: Answers a second.
        p50_ms: Half of the requests took no longer, in milliseconds.
        p95_ms: 95 of 100.
        p99_ms: 99 of 100.
    """

    n_clients: int
    n_requests: int
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float

    @classmethod
    def of(cls, took_s: Sequence[float], *, n_clients: int, seconds: float) -> Self:
        """Return the latency of requests, at least one, that all clients sent in ``seconds``."""
        ordered = sorted(took_s)
        p50, p95, p99 = (round(percentile(ordered, share) * 1e3, 2) for share in (0.5, 0.95, 0.99))
        return cls(n_clients, len(ordered), round(len(ordered) / seconds, 2), p50, p95, p99)


@dataclass(frozen=True, slots=True)
class PairedLatency:
    """Requests of one client, and encoding the same question bare, in turn.

    Attributes:
        request: Of the requests.
        bare_p50_ms: Median of encoding the bare question, in milliseconds.
        ratio: Median over questions of the one over the other: what answering costs, in units of
            what nobody can do without.
    """

    request: Latency
    bare_p50_ms: float
    ratio: float


class Client:
    """One client on one connection, which stays open while it is used as a context."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def post(self, path: str, body: bytes) -> bytes:
        """Send JSON and return the body of the response.

        Raises:
            MeasurementError: It is not a success.
        """
        self._connection.request("POST", path, body, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        content = response.read()
        if response.status != HTTPStatus.OK:
            raise MeasurementError(f"{path} gave {response.status}: {content[:200]!r}")
        return content


def measure_paired(
    port: int, path: str, bodies: Sequence[bytes], bare: Sequence[Callable[[], object]]
) -> PairedLatency:
    """Send requests one after the other, each followed by its bare encoding."""
    requests_s, bare_s = [], []
    with Client(port) as client:
        for body, encode in zip(bodies[:_N_WARM_UP], bare, strict=False):
            client.post(path, body)
            encode()
        for body, encode in zip(bodies, bare, strict=True):
            requests_s.append(_seconds(partial(client.post, path, body)))
            bare_s.append(_seconds(encode))
    ratios = [request / encoding for request, encoding in zip(requests_s, bare_s, strict=True)]
    return PairedLatency(
        request=Latency.of(requests_s, n_clients=1, seconds=sum(requests_s)),
        bare_p50_ms=round(median(bare_s) * 1e3, 2),
        ratio=round(median(ratios), 2),
    )


def measure_latency(port: int, path: str, bodies: Sequence[bytes], *, n_clients: int) -> Latency:
    """Send requests from ``n_clients`` at the same time, each on a connection of its own."""
    shares = [bodies[first::n_clients] for first in range(n_clients)]

    def ask(share: Sequence[bytes]) -> list[float]:
        with Client(port) as client:
            return [_seconds(partial(client.post, path, body)) for body in share]

    with ThreadPoolExecutor(n_clients) as pool:
        began = time.perf_counter()
        took_s = [took for times in pool.map(ask, shares) for took in times]
        seconds = time.perf_counter() - began
    return Latency.of(took_s, n_clients=n_clients, seconds=seconds)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of the ``ordered`` ones, at least one, do not exceed."""
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def json_body(**fields: object) -> bytes:
    """Return a JSON object as it is sent."""
    return json.dumps(fields).encode()


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began
