"""Spans go where the operator says, as parts of the caller's trace, and carry no question."""

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from service.errors import ServiceError
from service.interfaces.telemetry import tracing
from tests.conftest import ROOT

SCRIPT = """
import sys
from service.interfaces.telemetry.tracing import flush_traces, request_span, send_traces, stage_span
send_traces(sys.argv[1])
caller = {"traceparent": "00-" + "ab" * 16 + "-" + "cd" * 8 + "-01"}
with request_span("POST request", caller, request_id="r-1"), stage_span("read"):
    pass
flush_traces()
"""


def test_spans_are_sent_as_parts_of_the_callers_trace() -> None:
    received: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Collector) as collector:
        thread = threading.Thread(target=collector.serve_forever)
        thread.start()
        subprocess.run(
            [sys.executable, "-c", SCRIPT, f"http://127.0.0.1:{collector.server_port}/v1/traces"],
            cwd=ROOT,
            check=True,
            timeout=120,
        )
        collector.shutdown()
        thread.join()

    sent = b"".join(received)
    assert bytes.fromhex("ab" * 16) in sent
    assert b"read" in sent
    assert b"r-1" in sent


def test_without_the_packages_the_operator_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)

    with pytest.raises(ServiceError, match="pip install --group traces"):
        tracing.send_traces("http://127.0.0.1:9")
