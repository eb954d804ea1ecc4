"""The command line."""

import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.__main__ import main
from service.interfaces.cli import ask_once
from service.settings import Settings
from tests.service.conftest import ROOT

QUESTION = "How much is the rent subsidy that Chile pays to migrants?"


@pytest.fixture
def environ(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of an operator."""
    for name in [name for name in os.environ if name.startswith("CITA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CITA_CORPUS", str(settings.corpus))
    monkeypatch.setenv("CITA_INDEX", str(settings.index_dir))


@pytest.mark.usefixtures("environ")
def test_ask_prints_quotes_and_citations(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["ask", QUESTION, "--min-confidence", "0"])

    said = capsys.readouterr().out
    assert code == 0
    assert "170,000 pesos" in said
    assert "[1] Housing Ministry, Renting in Chile, 2021" in said


@pytest.mark.usefixtures("environ")
def test_ask_json_prints_what_the_api_returns(
    capsys: pytest.CaptureFixture[str], client: TestClient
) -> None:
    main(["ask", QUESTION, "--json", "--top-k", "5", "--max-quotes", "2"])
    printed = json.loads(capsys.readouterr().out)

    body = {"question": QUESTION, "top_k": 5, "max_quotes": 2}
    returned = client.post("/v1/ask", json=body).json()

    assert {**printed, "took_ms": 0} == {**returned, "took_ms": 0}


@pytest.mark.usefixtures("environ")
def test_a_refusal_has_an_exit_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["ask", "Which wine goes with grilled octopus?", "--min-confidence", "1"])

    assert code == 3
    assert "3 reports" in capsys.readouterr().out


@pytest.mark.usefixtures("environ")
def test_a_refusal_shows_what_may_answer_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["ask", "Who counts passengers?"])

    said = capsys.readouterr().out
    assert code == 3
    assert "not sure enough to answer" in said
    assert "“The trolleybus of Quito carries 250,000 passengers a day.”\n" in said
    assert re.search(r"\nTransit Office, Moving <b>around</b> Quito, .*p\. 1\. /documents/", said)


def test_a_refusal_says_how_the_question_was_understood(settings: Settings) -> None:
    fields = {"question": "And in Lagos?", "turns": ["How much is the rent subsidy in Chile?"]}

    said, is_answer = ask_once(settings, fields, as_json=False)

    assert not is_answer
    assert "\n\nUnderstood as: How much is the rent subsidy in Lagos?" in said


@pytest.mark.usefixtures("environ")
def test_a_blank_question_is_unclear_as_through_the_api(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["ask", " ", "--json"])

    assert code == 3
    assert '"question_unclear"' in capsys.readouterr().out


@pytest.mark.usefixtures("environ")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(
            ["ask", ""], "question: string should have at least 1 character", id="empty question"
        ),
        pytest.param(["ask", "Rent?", "--top-k", "0"], "top_k: want 1 to 50", id="top_k 0"),
        pytest.param(
            ["ask", "Rent?", "--min-confidence", "2"],
            "min_confidence: want 0 to 1",
            id="confidence",
        ),
    ],
)
def test_an_error_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    code = main(arguments)

    told = capsys.readouterr().err
    assert code == 2
    assert says in told
    assert told.count("\n") == 1


@pytest.mark.usefixtures("environ")
def test_a_missing_index_is_an_error_with_the_command_that_mends_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CITA_INDEX", str(tmp_path / "nothing"))

    code = main(["ask", "Rent?"])

    assert code == 2
    assert "python -m indexer build" in capsys.readouterr().err


@pytest.mark.usefixtures("environ")
def test_an_unknown_variable_stops_the_program(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITA_PROT", "1")

    code = main(["ask", "Rent?"])

    assert code == 2
    assert "CITA_PROT; known are" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_is_checked(capsys: pytest.CaptureFixture[str], port: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["serve", "--port", port])

    assert stopped.value.code == 2
    assert "want 1 to 65535" in capsys.readouterr().err


@pytest.fixture
def _log_as_before() -> Iterator[None]:
    """Take away afterwards the log that a command set up, which writes where one test reads."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("environ", "_log_as_before")
def test_a_port_in_use_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code = main(["serve", "--port", str(port)])

    assert code == 2
    assert f"cannot listen on 127.0.0.1:{port}" in capsys.readouterr().err


@pytest.mark.usefixtures("environ")
def test_serve_answers_at_once_is_ready_soon_and_stops_when_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "service", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as server:
        try:
            alive = wait_for(f"http://127.0.0.1:{port}/healthz")
            ready = wait_for(f"http://127.0.0.1:{port}/readyz?secret=word")
        finally:
            server.send_signal(signal.SIGTERM)
        _, log = server.communicate(timeout=60)

    assert json.loads(alive) == {"status": "alive"}
    assert json.loads(ready)["status"] == "ready"
    assert "/readyz 200" in log
    assert "secret" not in log
    assert "Traceback" not in log


def wait_for(url: str) -> str:
    deadline = time.monotonic() + 90
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310
                return str(response.read().decode())
        except OSError:  # not there yet, or not ready
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
