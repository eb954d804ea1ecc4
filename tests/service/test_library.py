"""The index in use is whole, and changes without anybody noticing."""

import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from indexer.errors import IndexDamagedError
from indexer.store import manifest
from indexer.store.index import Index
from service import library as library_module
from service.errors import NotReadyError
from service.interfaces.app import create_app
from service.library import Edition, Library, load_edition, open_edition
from service.pipeline import question_language
from service.qa_service import QAService
from service.records import Filters
from service.settings import Settings
from tests.conftest import ROOT, copy_index
from tests.fakes import edition
from tests.service.conftest import build
from tests.service.memory import own_mb


@pytest.fixture
def settings_here(tmp_path: Path) -> Settings:
    """Settings of an index folder in which generations are only names."""
    return Settings(corpus=tmp_path, index=tmp_path, poll_s=0.01)


def point_to(settings: Settings, generation: str) -> None:
    current = settings.index_dir / "current"
    current.unlink(missing_ok=True)
    current.symlink_to(Path("generations") / generation)


def load_fake(_: Settings, generation: str) -> Edition:
    if generation == "bad":
        raise IndexDamagedError("it is damaged; rebuild it")
    if generation == "odd":
        raise RuntimeError("nobody foresaw this")
    return edition(generation)


def test_before_the_first_look_the_index_is_being_loaded(settings_here: Settings) -> None:
    with pytest.raises(NotReadyError, match="being loaded"):
        Library(settings_here, load=load_fake).current()


def test_without_an_index_the_way_to_build_one_is_said(settings_here: Settings) -> None:
    library = Library(settings_here, load=load_fake)

    library.look()

    with pytest.raises(NotReadyError, match="python -m indexer build"):
        library.current()


def test_a_new_generation_is_taken_and_an_index_taken_away_is_kept(
    settings_here: Settings,
) -> None:
    library = Library(settings_here, load=load_fake)
    seen = []
    for generation in ("one", "two"):
        point_to(settings_here, generation)
        library.look()
        library.look()
        seen.append(library.current().generation)

    (settings_here.index_dir / "current").unlink()
    library.look()

    assert seen == ["one", "two"]
    assert library.current().generation == "two"


@pytest.mark.parametrize(
    ("generation", "says"), [("bad", "it is damaged"), ("odd", "RuntimeError")]
)
def test_a_generation_that_does_not_load_leaves_the_old_one_and_says_why(
    settings_here: Settings, generation: str, says: str
) -> None:
    library = Library(settings_here, load=load_fake)
    point_to(settings_here, "one")
    library.look()

    point_to(settings_here, generation)
    library.look()

    assert library.current().generation == "one"
    assert says in (library.trouble or "")
    point_to(settings_here, "one")
    library.look()
    assert library.trouble is None


def test_a_generation_that_failed_is_tried_again_later_only(
    settings_here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def load(settings: Settings, generation: str) -> Edition:
        tried.append(generation)
        return load_fake(settings, generation)

    library = Library(settings_here, load=load)
    point_to(settings_here, "bad")
    for _ in range(3):
        library.look()
    at_once = len(tried)
    monkeypatch.setattr(library_module, "RETRY_S", 0.0)
    point_to(settings_here, "odd")
    for _ in range(3):
        library.look()

    assert at_once == 1
    assert tried[1:] == ["odd"] * 3


def test_an_index_answers_before_what_tells_languages_is_there_and_not_when_that_fails(
    settings_here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(settings_here, load=load_fake)
    answered_from = []

    def fail() -> None:
        answered_from.append(library.current().generation)
        raise KeyError("its file is damaged")

    monkeypatch.setattr(question_language, "load", fail)
    point_to(settings_here, "one")
    for _ in range(2):
        library.look()

    assert answered_from == ["one"]
    with pytest.raises(NotReadyError, match="KeyError, see the log"):
        library.current()


def test_who_waits_for_an_index_goes_on_when_it_is_loaded_or_nobody_loads_it_any_more(
    settings_here: Settings,
) -> None:
    loaded, stopped = (Library(settings_here, load=load_fake) for _ in range(2))
    point_to(settings_here, "one")

    with ThreadPoolExecutor(2) as pool:
        waits = [pool.submit(library.wait) for library in (loaded, stopped)]
        time.sleep(0.1)
        were_done = [wait.done() for wait in waits]
        loaded.look()
        stopped.stop()
        are_loaded = [wait.result(timeout=60) for wait in waits]

    assert were_done == [False, False]
    assert are_loaded == [True, False]


def test_a_start_does_without_masked_arrays(settings: Settings) -> None:
    script = """
import sys
from pathlib import Path
from service.library import load_edition
from service.settings import Settings

load_edition(Settings(corpus=Path(sys.argv[1]), index=Path(sys.argv[2])), "current")
print("numpy.ma" in sys.modules)
"""
    command = [sys.executable, "-c", script, str(settings.corpus), str(settings.index_dir)]

    assert subprocess.check_output(command, cwd=ROOT, text=True) == "False\n"


def test_the_thread_notices_by_itself_and_stops_when_told(settings_here: Settings) -> None:
    before = set(threading.enumerate())
    library = Library(settings_here, load=load_fake)
    library.start()
    point_to(settings_here, "one")
    deadline = time.monotonic() + 5
    while library.trouble is not None and time.monotonic() < deadline:
        time.sleep(0.01)

    library.stop()

    assert library.current().generation == "one"
    assert set(threading.enumerate()) <= before


def test_questions_are_answered_while_the_index_is_rebuilt_and_swapped(
    settings: Settings, tmp_path: Path
) -> None:
    corpus_dir = tmp_path / "corpus"
    corpus_dir.mkdir()
    for name in ("chile-rent.md", "ciudades.md"):
        (corpus_dir / name).write_bytes((settings.corpus / name).read_bytes())
    own = settings.model_copy(update={"corpus": corpus_dir, "index": tmp_path / "index"})
    copy_index(settings.index_dir, own.index_dir)
    build(own)
    library = Library(own, load=load_edition)
    library.look()
    stop = threading.Event()

    def keep_asking(client: TestClient) -> set[tuple[int, int]]:
        seen = set()
        while not stop.is_set():
            response = client.post("/v1/ask", json={"question": "Who pays rent in Chile?"})
            seen.add((response.status_code, response.json()["index"]["documents"]))
        return seen

    with TestClient(create_app(QAService(own, library))) as client, ThreadPoolExecutor(3) as pool:
        askers = [pool.submit(keep_asking, client) for _ in range(3)]
        (corpus_dir / "ciudades.md").unlink()
        build(own)
        deadline = time.monotonic() + 20
        while len(library.current().answerer.index.documents) > 1 and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.2)
        stop.set()
        seen = set().union(*(asker.result() for asker in askers))

    assert seen == {(200, 2), (200, 1)}


def test_a_generation_that_is_overwritten_in_place_answers_nothing_until_it_is_mended(
    settings: Settings, tmp_path: Path
) -> None:
    own = settings.model_copy(update={"index": tmp_path / "index"})
    shutil.copytree(settings.index_dir, own.index_dir, symlinks=True)
    library = Library(own)
    library.look()
    file = library.current().index.models_dir / "sentence_vectors.npy"
    whole = file.read_bytes()
    file.chmod(0o644)

    with TestClient(create_app(QAService(own, library))) as client:
        codes = [ask(client)]
        with file.open("r+b") as opened:
            opened.seek(200)
            opened.write(b"\x13\x37" * 8)
        codes.append(ask(client))
        library.look()
        trouble = library.trouble or ""
        codes.append(ask(client))
        file.write_bytes(whole)
        library._failed = None
        library.look()
        codes.append(ask(client))

    assert codes == [200, 503, 503, 200]
    assert "sentence_vectors.npy does not fit its checksum" in trouble


def test_a_file_that_is_found_damaged_answers_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "LARGE_BYTES", 0)
    own = settings.model_copy(update={"index": tmp_path / "index"})
    shutil.copytree(settings.index_dir, own.index_dir, symlinks=True)
    library = Library(own, load=open_edition)
    library.look()
    index = library.current().index
    file = index.models_dir / "sentence_vectors.npy"
    status, damaged = file.stat(), bytearray(file.read_bytes())
    damaged[-1] ^= 1
    file.chmod(0o644)
    file.write_bytes(damaged)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))  # as a failing disk would

    assert isinstance(index, Index)
    index.check_rest()
    changed = pytest.raises(NotReadyError, match="was changed since it was built")
    with changed, library.current().unchanged():
        pass
    with pytest.raises(NotReadyError, match="was changed since it was built"):
        QAService(own, library).ask("Who pays rent?", filters=Filters(publisher=("Nobody",)))
    library.look()

    assert "does not fit its checksum" in (library.trouble or "")
    with pytest.raises(NotReadyError):
        library.current()


def ask(client: TestClient) -> int:
    return client.post("/v1/ask", json={"question": "Who pays rent in Chile?"}).status_code


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc is asked")
def test_memory_of_an_index_goes_back_when_its_last_request_has_ended(
    settings_here: Settings,
) -> None:
    ends = []

    def load(_: Settings, generation: str) -> Edition:
        blocks = [bytearray(1000) for _ in range(100_000 if generation == "large" else 1)]
        ends.append(bytearray(1000))  # holds the heap's end where it is
        return replace(edition(generation), find_examples=lambda: {str(len(blocks)): ()})

    library = Library(settings_here, load=load)
    point_to(settings_here, "large")
    library.look()
    asked = library.current()
    point_to(settings_here, "small")
    library.look()
    full_mb = own_mb()

    del asked
    library.look()

    assert full_mb - own_mb() > 70
