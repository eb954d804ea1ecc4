import http.server
import threading
from collections.abc import Iterator

import pytest

from eval.errors import MeasurementError
from eval.speed.latency import Latency, measure_latency, measure_paired, percentile


class _Echo(http.server.BaseHTTPRequestHandler):
    """Answers every POST at once, one to ``/broken`` with an error; the log says what came."""

    protocol_version = "HTTP/1.1"
    came: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.came.append((self.path, body))
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def echo() -> Iterator[tuple[int, list[tuple[str, bytes]]]]:
    came: list[tuple[str, bytes]] = []
    handler = type("Handler", (_Echo,), {"came": came})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], came
    server.shutdown()
    server.server_close()


def test_percentiles_are_of_what_took_longest() -> None:
    took_s = [0.001 * number for number in range(1, 101)]

    latency = Latency.of(took_s, n_clients=4, seconds=2.0)

    assert (latency.p50_ms, latency.p95_ms, latency.p99_ms) == (51.0, 96.0, 100.0)
    assert (latency.n_requests, latency.per_second) == (100, 50.0)


def test_the_largest_percentile_is_the_last_value() -> None:
    assert percentile([3.0, 7.0], 0.99) == 7.0
    assert percentile([3.0], 0.5) == 3.0


def test_every_request_is_sent_once_however_many_clients_share_them(
    echo: tuple[int, list[tuple[str, bytes]]],
) -> None:
    port, came = echo
    bodies = [b"%d" % number for number in range(10)]

    latency = measure_latency(port, "/v1/ask", bodies, n_clients=4)

    assert sorted(body for _, body in came) == sorted(bodies)
    assert (latency.n_clients, latency.n_requests) == (4, 10)


def test_each_request_is_followed_by_its_bare_encoding(
    echo: tuple[int, list[tuple[str, bytes]]],
) -> None:
    port, came = echo
    encodings = [lambda: came.append(("bare", b""))] * 2

    paired = measure_paired(port, "/v1/ask", [b"1", b"2"], encodings)

    assert [path for path, _ in came] == ["/v1/ask", "bare"] * 4  # twice: once to warm up
    assert paired.request.n_requests == 2


def test_an_answer_that_is_no_success_ends_the_measurement(
    echo: tuple[int, list[tuple[str, bytes]]],
) -> None:
    port, _ = echo

    with pytest.raises(MeasurementError, match="/broken gave 500"):
        measure_latency(port, "/broken", [b"{}"], n_clients=1)
