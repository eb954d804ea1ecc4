import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest
import uvicorn

from eval.errors import AskError
from eval.records import JudgedQuestion
from eval.runs.pipelines import InProcess, OverHttp
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings

TRAM = JudgedQuestion("q1", "How often does the tram run?", "en", is_answerable=True)


@pytest.fixture(scope="module")
def settings(_built: IndexerSettings) -> Settings:
    return Settings(corpus=_built.corpus, index=_built.index_dir, top_k=3, threads=1)


@pytest.fixture(scope="module")
def in_process(settings: Settings) -> InProcess:
    return InProcess(open_index(settings.index_dir), settings)


@pytest.fixture(scope="module")
def url(settings: Settings) -> Iterator[str]:
    """The address of the real service on that index."""
    library = Library(settings)
    library.look()
    app = create_app(QAService(settings, library))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join()


def test_a_question_brings_passages_quotes_and_its_time(in_process: InProcess) -> None:
    row = in_process.ask(TRAM)

    assert "The tram line reaches the reception centre" in row.quotes[0].text
    assert row.passages[0].doc == row.quotes[0].doc == "transport"
    assert [passage.rank for passage in row.passages] == list(range(1, len(row.passages) + 1))
    assert row.took_ms > 0
    assert 0 <= row.confidence <= 1
    assert (row.refusal_code is None) == row.answered


def test_a_question_that_is_refused_is_quoted_nevertheless(in_process: InProcess) -> None:
    row = in_process.ask(replace(TRAM, text="Which pizza does Naples like best?"))

    assert not row.answered
    assert row.refusal_code in {"nothing_relevant", "outside_corpus", "not_answered_by_reports"}
    assert row.quotes


def test_quotes_are_those_of_the_documents(in_process: InProcess) -> None:
    row = in_process.ask(TRAM)

    for quote in row.quotes:
        document = in_process.document(quote.doc)
        assert document is not None
        assert document.text[quote.start : quote.end] == quote.text
        assert document.passages
    assert in_process.document("nowhere") is None


def test_every_knob_that_decides_answers_is_told(in_process: InProcess, settings: Settings) -> None:
    assert in_process.knobs["top_k"] == 3
    assert in_process.knobs["lexical"] == 0.4
    assert in_process.index_place == str(settings.index_dir)
    assert set(in_process.doc_ids) == {"housing", "transport"}


def test_a_question_that_the_service_does_not_take_is_an_error(in_process: InProcess) -> None:
    with pytest.raises(AskError, match="q1 cannot be asked: it has 2000 characters"):
        in_process.ask(replace(TRAM, text="?" * 2000))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TRAM.text, id="plain"),
        pytest.param("How often does the tra m run?", id="a space in a wrong place"),
        pytest.param("How often does the tra\u200b m\u200b run?", id="and what is not seen"),
        pytest.param(
            "How often does the tram run? Who was offered the rental subsidy?", id="two questions"
        ),
        pytest.param("What do the Harbour and Lagos offer to tenants?", id="two sides"),
        pytest.param("Is legal advice refused by the municipal office?", id="yes or no"),
        pytest.param("Combien de bus circulent la nuit dans la zone ?", id="in French"),
    ],
)
def test_a_server_says_what_the_pipeline_says(in_process: InProcess, url: str, text: str) -> None:
    server, question = OverHttp(url), replace(TRAM, text=text)

    asked, expected = server.ask(question), in_process.ask(question)

    assert asked.confidence == pytest.approx(expected.confidence, abs=1e-3)
    assert asked.quotes == expected.quotes
    assert (asked.answered, asked.refusal_code) == (expected.answered, expected.refusal_code)
    assert [p.passage_id for p in asked.passages] == [p.passage_id for p in expected.passages]
    assert [p.text for p in asked.passages] == [p.text for p in expected.passages]
    assert (server.name, server.index_place) == (url.rstrip("/"), None)
    assert (server.fingerprint, server.doc_ids) == (in_process.fingerprint, in_process.doc_ids)


def test_a_servers_documents_are_those_of_the_index(in_process: InProcess, url: str) -> None:
    server = OverHttp(url)

    document, expected = server.document("housing"), in_process.document("housing")

    assert expected is not None
    assert document == replace(expected, passages=None)
    assert server.document("nowhere") is None


def test_a_servers_problem_is_told(url: str) -> None:
    with pytest.raises(AskError, match="/v1/ask said 422"):
        OverHttp(url).ask(replace(TRAM, text="?" * 2000))


class Impostor(BaseHTTPRequestHandler):
    """Answers everything with `said`, or with one thing after another."""

    said: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        body = (self.said.pop(0) if len(self.said) > 1 else self.said[0]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def impostor() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Impostor)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("said", "told"),
    [("<html>", "sent no JSON"), ('{"index": {}}', "no index.fingerprint; want Cita's API v1")],
)
def test_another_server_is_told_apart(impostor: str, said: str, told: str) -> None:
    Impostor.said = [said]

    with pytest.raises(AskError, match=told):
        OverHttp(impostor)


def test_an_index_that_is_changed_during_a_run_stops_it(impostor: str) -> None:
    listed = {"index": {"fingerprint": "one"}, "total": 0}
    Impostor.said = [json.dumps(listed), json.dumps({"index": {"fingerprint": "two"}})]
    server = OverHttp(impostor)

    with pytest.raises(AskError, match="changed its index during the run"):
        server.ask(TRAM)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_is_not_there_is_told(impostor: str, scheme: str) -> None:
    port = impostor.rsplit(":", 1)[1] if scheme == "https" else "1"

    with pytest.raises(AskError, match=r"cannot be asked: .*; is it running"):
        OverHttp(f"{scheme}://127.0.0.1:{port}")
