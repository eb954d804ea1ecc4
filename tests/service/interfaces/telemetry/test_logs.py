"""A line of the log is one JSON object that names its request and no question."""

import json
import logging
import subprocess
import sys

from service.interfaces.telemetry.logs import CURRENT_REQUEST, FIELDS, JsonFormatter
from tests.conftest import ROOT


def record(message: str, **fields: object) -> logging.LogRecord:
    made = logging.LogRecord("cita.access", logging.INFO, "", 0, message, None, None)
    setattr(made, FIELDS, fields)
    return made


def test_a_line_is_json_whatever_is_in_it() -> None:
    token = CURRENT_REQUEST.set("abc")

    line = JsonFormatter().format(record("two\nlines “quoted”", status=200))
    CURRENT_REQUEST.reset(token)

    assert line.count("\n") == 0
    parsed = json.loads(line)
    assert parsed.pop("time").endswith("+00:00")
    assert parsed == {
        "level": "INFO",
        "logger": "cita.access",
        "message": "two\nlines “quoted”",
        "request_id": "abc",
        "status": 200,
    }


def test_outside_a_request_no_id_is_made_up() -> None:
    assert "request_id" not in json.loads(JsonFormatter().format(record("started")))


def test_the_vector_index_is_imported_without_a_line() -> None:
    script = """
from service.interfaces.telemetry.logs import set_up_log

set_up_log("text")
import indexer.store.vector_index
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stderr == ""
