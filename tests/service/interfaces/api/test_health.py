"""Alive and ready, whatever the index is like."""

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.interfaces.app import create_app
from service.library import Library
from service.qa_service import QAService
from service.settings import Settings


def client_of(settings: Settings) -> TestClient:
    library = Library(settings)
    library.look()
    return TestClient(create_app(QAService(settings, library)))


@pytest.fixture
def copied(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with an index of their own, which a test may harm."""
    shutil.copytree(settings.index_dir, tmp_path / "index", symlinks=True)
    return settings.model_copy(update={"index": tmp_path / "index"})


def test_ready_names_the_index(client: TestClient) -> None:
    ready = client.get("/readyz")

    assert ready.status_code == 200
    assert ready.json()["status"] == "ready"
    assert ready.json()["index"]["documents"] == 3
    assert ready.json()["trouble"] is None


def test_ready_tells_of_each_dependency(settings: Settings, library: Library) -> None:
    poor = settings.model_copy(update={"corpus": Path("/no/such/folder")})
    client = TestClient(create_app(QAService(poor, library)))

    checks = {check["name"]: check for check in client.get("/readyz").json()["checks"]}

    assert set(checks) == {"index", "newest index", "translation", "originals", "state"}
    assert checks["index"] | {"detail": ""} == {
        "name": "index", "ok": True, "required": True, "detail": ""
    }  # fmt: skip
    assert not checks["originals"]["ok"]
    assert "CITA_CORPUS" in checks["originals"]["detail"]


def test_without_an_index_the_process_is_alive_and_says_how_to_build_one(tmp_path: Path) -> None:
    client = client_of(Settings(corpus=tmp_path, index=tmp_path / "nothing"))

    ready, page = client.get("/readyz"), client.get("/", headers={"Accept": "text/html"})

    assert client.get("/healthz").json() == {"status": "alive"}
    assert ready.status_code == page.status_code == 503
    assert ready.headers["content-type"] == "application/problem+json"
    for text in (ready.json()["detail"], page.text):
        assert "python -m indexer build" in text
        assert "nothing" in text


@pytest.mark.parametrize("harm", ["cut short", "changed", "missing", "another format"])
def test_a_harmed_index_is_refused_with_the_command_that_mends_it(
    copied: Settings, harm: str
) -> None:
    generation = (copied.index_dir / "current").resolve()
    database = generation / "documents.sqlite"
    content = database.read_bytes()
    if harm == "cut short":
        database.write_bytes(content[:-1])
    elif harm == "changed":
        database.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    elif harm == "missing":
        database.unlink()
    else:
        manifest = generation / "manifest.json"
        manifest.write_text(manifest.read_text("utf-8").replace('"format": ', '"format": 9', 1))

    client = client_of(copied)

    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert "python -m indexer build" in ready.json()["detail"]
    assert client.post("/v1/ask", json={"question": "Rent?"}).status_code == 503
