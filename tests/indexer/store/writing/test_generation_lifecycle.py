"""A generation is whole or it is not there, and whatever stops a builder leaves no mess."""

import errno
import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from indexer.errors import (
    IndexBusyError,
    IndexerError,
    IndexMismatchError,
    IndexMissingError,
    IndexWriteError,
)
from indexer.settings import IndexerSettings
from indexer.store.generations import CURRENT, current_generation, generations, open_index
from indexer.store.manifest import MANIFEST, hash_file, read_manifest
from indexer.store.model_folders import ENCODER, READER
from indexer.store.writing.generation_lifecycle import (
    checksums,
    is_held,
    locked,
    make_current,
    partial_generation,
    prune,
    publish,
    rollback,
)
from tests.conftest import ROOT


def publish_again(index_dir: Path, *, fingerprint: str) -> str:
    """Publish a copy of the current generation, without its models, under another fingerprint."""
    folder = index_dir / "generations" / str(current_generation(index_dir))
    with partial_generation(index_dir) as partial:
        left_out = shutil.ignore_patterns(ENCODER, READER, MANIFEST)
        shutil.copytree(folder, partial, dirs_exist_ok=True, ignore=left_out)
        manifest = replace(read_manifest(folder), fingerprint=fingerprint, files=checksums(partial))
        return publish(index_dir, partial, manifest)


def hidden(index_dir: Path) -> list[str]:
    """Return whatever is left of unfinished work."""
    places = (index_dir, index_dir / "generations")
    return [path.name for place in places for path in place.glob(".*")]


def test_a_reader_never_sees_a_broken_index_while_generations_are_published(
    built: IndexerSettings,
) -> None:
    seen: list[str] = []
    broken: list[IndexerError] = []
    is_done = threading.Event()

    def read() -> None:
        while not is_done.is_set():
            try:
                index = open_index(built.index_dir)
                texts = [index.document(entry.doc_id).text for entry in index.documents]
                assert all(texts)
                seen.append(index.folder.name)
            except IndexerError as error:
                broken.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    number = 0
    while reader.is_alive() and (number < 40 or len(set(seen)) < 4):
        publish_again(built.index_dir, fingerprint=f"{number:08x}")
        prune(built.index_dir, keep=5)
        number += 1
    is_done.set()
    reader.join()

    assert broken == []
    assert len(set(seen)) > 3
    assert seen == sorted(seen)
    assert len(generations(built.index_dir)) == 5


def test_a_generation_that_is_pruned_while_it_is_opened_gives_way_to_the_one_that_took_its_place(
    built: IndexerSettings,
) -> None:
    second = publish_again(built.index_dir, fingerprint="b" * 8)
    manifest = built.index_dir / "generations" / second / MANIFEST
    whole = manifest.read_text("utf-8")
    manifest.unlink()
    os.mkfifo(manifest)  # whoever opens the generation waits here until we let them go on

    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(open_index, built.index_dir)
        with manifest.open("w", encoding="utf-8") as gate:
            rollback(built.index_dir)  # the second cannot be copied now
            third = publish_again(built.index_dir, fingerprint="c" * 8)
            prune(built.index_dir, keep=1)
            gate.write(whole)

        assert opening.result().folder.name == third


def test_a_generation_is_taken_whole_and_what_a_dead_builder_left_of_one_goes_too(
    built: IndexerSettings,
) -> None:
    first = str(current_generation(built.index_dir))
    publish_again(built.index_dir, fingerprint="b" * 8)
    left_over = built.index_dir / "generations" / f".removed-{first}"
    left_over.mkdir()
    (left_over / "passages.npy").write_bytes(b"half")

    prune(built.index_dir, keep=1)

    assert hidden(built.index_dir) == []
    assert first not in generations(built.index_dir)


def test_generations_are_numbered_and_named_after_their_fingerprint(
    built: IndexerSettings,
) -> None:
    name = publish_again(built.index_dir, fingerprint="0123456789abcdef")

    assert name == "000002-01234567"
    assert current_generation(built.index_dir) == name
    assert hidden(built.index_dir) == []


def test_rollback_goes_back_one_generation_at_a_time(built: IndexerSettings) -> None:
    first = current_generation(built.index_dir)
    second = publish_again(built.index_dir, fingerprint="b" * 8)
    publish_again(built.index_dir, fingerprint="c" * 8)

    went_to = [rollback(built.index_dir), rollback(built.index_dir)]

    assert went_to == [second, first]
    assert current_generation(built.index_dir) == first


def test_rollback_refuses_a_generation_of_another_format(built: IndexerSettings) -> None:
    first = (built.index_dir / CURRENT).resolve()
    second = publish_again(built.index_dir, fingerprint="b" * 8)
    older = replace(read_manifest(first), format=1)
    (first / MANIFEST).unlink()
    (first / MANIFEST).write_text(older.to_json(), "utf-8")

    with pytest.raises(IndexMismatchError, match=r"format 1, .*rebuild it .*nothing was changed"):
        rollback(built.index_dir)

    assert current_generation(built.index_dir) == second
    assert not is_held(built.index_dir)


def test_a_generation_after_a_rollback_takes_a_new_number(built: IndexerSettings) -> None:
    publish_again(built.index_dir, fingerprint="b" * 8)
    rollback(built.index_dir)

    name = publish_again(built.index_dir, fingerprint="c" * 8)

    assert name == "000003-cccccccc"


def test_a_first_generation_has_none_to_roll_back_to(built: IndexerSettings) -> None:
    first = current_generation(built.index_dir)

    with pytest.raises(IndexMissingError, match=f"no generation before {first} .*CITA_BUILD_KEEP"):
        rollback(built.index_dir)

    assert current_generation(built.index_dir) == first


def test_without_an_index_there_is_nothing_to_roll_back_to(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="no generation before the first"):
        rollback(tmp_path)


def test_pruning_never_takes_the_current_generation(built: IndexerSettings) -> None:
    first = str(current_generation(built.index_dir))
    names = [publish_again(built.index_dir, fingerprint=letter * 8) for letter in "bcd"]
    make_current(built.index_dir, first)

    prune(built.index_dir, keep=1)

    assert generations(built.index_dir) == (first, names[-1])
    assert open_index(built.index_dir).folder.name == first


def test_what_a_dead_builder_left_is_swept_by_the_next(built: IndexerSettings) -> None:
    for name in (".partial-4711", ".removed-000001-aaaaaaaa"):
        left_over = built.index_dir / "generations" / name
        left_over.mkdir()
        (left_over / "passages.npy").write_bytes(b"half")
    (built.index_dir / f".current-{os.getpid()}").symlink_to("nowhere")

    publish_again(built.index_dir, fingerprint="b" * 8)

    assert hidden(built.index_dir) == []
    assert open_index(built.index_dir).documents


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        sqlite3.OperationalError("database or disk is full"),
        RuntimeError("faiss: write error"),
        ValueError("tantivy: write error"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_cannot_be_written_leaves_the_previous_index_and_says_so(
    built: IndexerSettings, error: Exception
) -> None:
    before = current_generation(built.index_dir)

    def write() -> NoReturn:
        with partial_generation(built.index_dir) as partial:
            (partial / "passages.npy").write_bytes(b"half")
            raise error

    with pytest.raises(IndexWriteError, match=r"make room there.* the previous index still serves"):
        write()

    assert current_generation(built.index_dir) == before
    assert hidden(built.index_dir) == []


def test_an_interrupted_builder_sweeps_what_it_wrote(built: IndexerSettings) -> None:
    with pytest.raises(KeyboardInterrupt), partial_generation(built.index_dir):
        raise KeyboardInterrupt

    assert hidden(built.index_dir) == []


def test_checksums_name_every_file_but_locks(tmp_path: Path) -> None:
    (tmp_path / "lexical").mkdir()
    (tmp_path / "b.npy").write_bytes(b"abc")
    (tmp_path / "lexical" / "a.json").write_bytes(b"")
    (tmp_path / "lexical" / ".tantivy-writer.lock").write_bytes(b"")

    assert checksums(tmp_path) == (
        ("b.npy", 3, hash_file(tmp_path / "b.npy")),
        ("lexical/a.json", 0, hash_file(tmp_path / "lexical" / "a.json")),
    )


def test_a_folder_that_cannot_be_written_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"a file")

    with pytest.raises(IndexWriteError, match="let this user write"), locked(tmp_path / "index"):
        pytest.fail("locked what is no folder")


def test_all_is_on_the_disk_before_it_is_named(
    built: IndexerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: set[str] = set()
    states: list[tuple[str, set[str]]] = []
    flush = os.fsync

    def fsync(descriptor: int) -> None:
        flushed.add(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        flush(descriptor)

    def look(event: str, values: tuple[object, ...]) -> None:
        if event == "os.rename" and is_watched:
            states.append((Path(str(values[1])).name, set(flushed)))

    is_watched = True
    sys.addaudithook(look)
    monkeypatch.setattr(os, "fsync", fsync)
    name = publish_again(built.index_dir, fingerprint="b" * 8)
    rollback(built.index_dir)
    is_watched = False

    whole = {path.name for path in (built.index_dir / "generations" / name).rglob("*")}
    assert [place for place, _ in states] == [name, CURRENT, "held", CURRENT]
    assert {each for each in whole if not each.endswith(".lock")} <= states[0][1]
    assert "generations" in states[1][1] - states[0][1]
    assert any("held" in each for each in states[2][1])


def test_the_files_of_a_generation_are_read_only(built: IndexerSettings) -> None:
    name = publish_again(built.index_dir, fingerprint="b" * 8)

    files = (built.index_dir / "generations" / name).rglob("*")

    assert {path.stat().st_mode & 0o222 for path in files if path.is_file()} == {0}


def test_a_lock_is_free_again_when_its_builder_is_done(tmp_path: Path) -> None:
    first, second = locked(tmp_path / "new"), locked(tmp_path / "new")

    owner = rf"process {os.getpid()} on .+, since 2\d{{3}}-.+ wait until it has"
    with first, pytest.raises(IndexBusyError, match=owner), second:
        pytest.fail("two builders at once")

    with locked(tmp_path / "new"):
        assert (tmp_path / "new").is_dir()


def fail_in(index_dir: Path, *, file: str) -> None:
    with locked(index_dir):
        (index_dir / file).touch()
        raise IndexMissingError("nothing to do")


@pytest.mark.parametrize(
    ("file", "kept"),
    [("lock", []), ("notes.txt", ["new", "new/index", "new/index/lock", "new/index/notes.txt"])],
)
def test_a_folder_made_for_what_failed_goes_unless_something_came_into_it(
    tmp_path: Path, file: str, kept: list[str]
) -> None:
    with pytest.raises(IndexMissingError):
        fail_in(tmp_path / "new" / "index", file=file)

    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == kept


def test_a_lock_that_another_builder_removes_meanwhile_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fcntl, "flock", lambda *_: (tmp_path / "lock").unlink())

    with pytest.raises(IndexBusyError, match="has just failed"), locked(tmp_path):
        pytest.fail("a lock that nobody else can see")


def test_a_lock_dies_with_its_builder(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from indexer.store.writing.generation_lifecycle import locked\n"
        "with locked(Path(sys.argv[1])): print('locked', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
    ) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == b"locked\n"
        with pytest.raises(IndexBusyError), locked(tmp_path):
            pytest.fail("two builders at once")
        builder.send_signal(signal.SIGKILL)

    with locked(tmp_path):
        assert not list(tmp_path.glob(CURRENT))
