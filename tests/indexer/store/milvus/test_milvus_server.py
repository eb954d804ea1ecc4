"""An index on a server that several processes share, as they would a cluster."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import build
from indexer.errors import IndexerError
from indexer.index_place import MilvusPlace
from indexer.settings import IndexerSettings
from indexer.store.generations import store_at
from tests.conftest import ROOT

_READY_S = 60.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Address and process of a server of milvus-lite."""
    pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
    options = ["--data-dir", str(tmp_path / "data"), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        [sys.executable, "-m", "milvus_lite.cmdline", "server", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        await_port(port)
        yield f"http://127.0.0.1:{port}", process
        process.terminate()


def await_port(port: int) -> None:
    until = time.monotonic() + _READY_S
    while time.monotonic() < until:
        with closing(socket.socket()) as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")


def test_what_one_process_publishes_another_opens_until_the_server_is_gone(
    server: tuple[str, subprocess.Popen[bytes]], in_milvus: IndexerSettings
) -> None:
    uri, process = server
    assert isinstance(in_milvus.index, MilvusPlace)
    place = replace(in_milvus.index, uri=uri)
    settings = in_milvus.model_copy(update={"index": place})
    built = build(settings, source=in_milvus.index_place)

    environ = {**os.environ, "CITA_INDEX": f"milvus:{uri}", "CITA_MODELS": str(in_milvus.models)}
    reported = subprocess.run(
        [sys.executable, "-m", "indexer", "inspect", "transport"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    process.terminate()
    process.wait()

    assert built.generation.startswith("000001-")
    assert "The tram line reaches the reception centre" in reported.stdout
    with pytest.raises(IndexerError, match=uri):
        store_at(settings.index_place).current()
