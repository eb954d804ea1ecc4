import os
from pathlib import Path

import pytest

from eval.errors import MeasurementError
from eval.speed.building import BuildSpeed, embedded_texts
from eval.speed.growth import measure_size
from eval.speed.machine import this_machine
from eval.speed.peer_comparison import PeerResult, Worth
from eval.speed.processes import memory_of, run_measured
from eval.speed.serving import index_settings, measure_service
from eval.speed.summary import Results, summary
from indexer.store.generations import open_index
from service.settings import Settings

BUILD = BuildSpeed(
    n_documents=2,
    n_pages=10,
    n_passages=40,
    n_texts=100,
    seconds=20.0,
    cpu_s=30.0,
    peak_mb=700.0,
    stages_s={"extract": 2.0, "embed": 10.0},
    precision="bf16",
    bare_s=9.0,
    bare_cpu_s=17.0,
)


def test_a_build_is_compared_with_the_bare_encoder() -> None:
    assert BUILD.ratio == pytest.approx(0.45)
    assert BUILD.embed_ratio == pytest.approx(0.9)


def test_memory_that_is_shared_counts_less() -> None:
    memory = memory_of(os.getpid())

    assert 10 < memory.private_mb <= memory.proportional_mb <= memory.resident_mb


def test_a_program_is_measured_to_its_end() -> None:
    usage = run_measured(["-c", "sum(range(10**6))"], os.environ)

    assert usage.cpu_s > 0
    assert usage.peak_mb > 1


def test_a_program_that_fails_is_no_measurement() -> None:
    with pytest.raises(MeasurementError, match="ended with 3"):
        run_measured(["-c", "raise SystemExit(3)"], os.environ)


def test_every_sentence_and_passage_was_embedded(settings: Settings) -> None:
    index = open_index(settings.index_dir)

    texts = embedded_texts(index)

    assert len(texts) == index.manifest.n_sentences + index.manifest.n_passages
    assert "The tram line reaches the reception centre every ten minutes." in texts


def test_a_running_service_is_measured_and_summarised(settings: Settings, tmp_path: Path) -> None:
    own = {key: value for key, value in os.environ.items() if not key.startswith("CITA_")}
    environ = own | index_settings(settings.corpus, settings.index_dir, tmp_path)

    service = measure_service(environ, ["How often does the tram run?"], n_requests=2, n_starts=1)

    assert [asking.path for asking in service.asking] == ["/v1/ask", "/v1/search"]
    assert [latency.n_clients for latency in service.asking[0].by_clients] == [1, 8, 32]
    peer = PeerResult(
        name="txtai",
        versions={"txtai": "9"},
        build_s=1.0,
        build_cpu_s=2.0,
        peak_mb=800.0,
        search_p50_ms=9.0,
        search_cpu_ms=12.0,
        answer_p50_ms=None,
        answer_cpu_ms=None,
        searches_per_second=50.0,
        judged=Worth(0.9, None, None),
    )
    size = measure_size(settings.index_dir, ["trams"], environ, written_s=3.0)
    page = summary(Results(this_machine(), "reports", BUILD, service, (size,), (peer,)))
    assert size.recall_at_10 == 1.0
    assert f"| {size.n_passages} | {size.bytes_per_passage:.0f} | exact | 1.000 | 3 |" in page
    assert "| texts a second, whole build over bare encode | 0.45 |" in page
    assert f"| start to ready | {service.ready_s:.2f} s |" in page
    assert "| txtai (txtai 9) | 1.0, 2.0 | 800 | 9.0, 12.0 | 50.0 |  | 0.900 |  |  |" in page
