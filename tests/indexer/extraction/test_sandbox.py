"""One hostile file costs its own time and memory, nobody else's."""

import hashlib
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest
from markdown_it import MarkdownIt

from indexer.errors import IndexerError, Reason, UnreadableError
from indexer.extraction import sandbox
from indexer.extraction.sandbox import Bounds, extract_all, read_fronts
from indexer.records import Extraction
from tests.conftest import ROOT
from tests.indexer.extraction.pdf.test_pages import made
from tests.indexer.extraction.pdf.test_pages import written as drawn

BOUNDS = Bounds(timeout_s=60, memory_mb=1024, workers=2)


def with_hash(path: Path) -> tuple[Path, str]:
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def written(path: Path, text: str) -> tuple[Path, str]:
    path.write_text(text, "utf-8")
    return with_hash(path)


def told(outcomes: Sequence[Extraction | UnreadableError]) -> list[str]:
    """Return each outcome's reason, or the last block of what was read."""
    return [
        outcome.reason if isinstance(outcome, UnreadableError) else outcome.blocks[-1].text
        for outcome in outcomes
    ]


def refusal(file: tuple[Path, str], bounds: Bounds = BOUNDS) -> UnreadableError:
    (outcome,) = extract_all([file], bounds)
    assert isinstance(outcome, UnreadableError)
    return outcome


@pytest.fixture
def endless(tmp_path: Path) -> tuple[Path, str]:
    """A file that never ends to open: a pipe that nobody writes to."""
    os.mkfifo(tmp_path / "endless.md")
    return tmp_path / "endless.md", ""


def test_outcomes_come_in_the_order_of_the_files(tmp_path: Path, endless: tuple[Path, str]) -> None:
    long = written(tmp_path / "long.md", "A long one. " * 50_000 + "\n\nlong")
    short = [written(tmp_path / f"{n}.md", f"# Short\n\nnumber {n}") for n in range(4)]
    empty = written(tmp_path / "empty.pdf", "")

    outcomes = list(
        extract_all([long, short[0], endless, short[1], empty, *short[2:]], Bounds(2, 1024, 3))
    )

    assert told(outcomes) == [
        "long",
        "number 0",
        Reason.TIMEOUT,
        "number 1",
        Reason.EMPTY,
        "number 2",
        "number 3",
    ]


def test_nothing_is_read_of_no_files() -> None:
    assert list(extract_all([], BOUNDS)) == []


def test_a_file_without_end_costs_its_time_and_leaves_no_process(
    endless: tuple[Path, str],
) -> None:
    begun = time.monotonic()

    error = refusal(endless, Bounds(timeout_s=0.5, memory_mb=1024, workers=1))

    assert time.monotonic() - begun < 20
    assert error.reason is Reason.TIMEOUT
    assert "more than 0.5 s; raise CITA_BUILD_TIMEOUT_S" in error.detail
    assert multiprocessing.active_children() == []


def test_a_file_of_much_memory_is_refused_with_the_setting_that_raises_it(tmp_path: Path) -> None:
    with (tmp_path / "vast.txt").open("wb") as file:
        file.truncate(300 << 20)

    error = refusal((tmp_path / "vast.txt", ""), Bounds(timeout_s=60, memory_mb=64, workers=1))

    assert error.reason is Reason.OUT_OF_MEMORY
    assert "more than 64 MB; raise CITA_BUILD_MEMORY_MB" in error.detail


def test_a_file_of_more_than_a_gigabyte_is_not_even_opened(tmp_path: Path) -> None:
    with (tmp_path / "vast.txt").open("wb") as file:
        file.truncate((1 << 30) + 1)

    error = refusal((tmp_path / "vast.txt", ""))

    assert error.reason is Reason.TOO_LARGE
    assert "at most 1024 are read" in error.detail


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    error = refusal((tmp_path / "gone.md", ""))

    assert (error.reason, error.detail) == (
        Reason.DAMAGED,
        "the file cannot be opened: No such file or directory",
    )


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()

    assert refusal((tmp_path / "folder.md", "")).detail.startswith("the file cannot be opened")


def test_a_file_that_changed_since_it_was_hashed_is_not_read(tmp_path: Path) -> None:
    path, sha256 = written(tmp_path / "a.md", "# Before")
    path.write_text("# After", "utf-8")

    assert "changed while it was read; build again" in refusal((path, sha256)).detail


def test_a_process_that_the_system_kills_counts_as_out_of_memory(
    endless: tuple[Path, str],
) -> None:
    def kill() -> None:
        while not (children := multiprocessing.active_children()) or children[0].pid is None:
            time.sleep(0.01)
        os.kill(children[0].pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()

    error = refusal(endless)
    killer.join()

    assert error.reason is Reason.OUT_OF_MEMORY


BUILDER = """
import sys
from pathlib import Path
from indexer.extraction.sandbox import Bounds, extract_all

if __name__ == "__main__":
    list(extract_all([(Path(sys.argv[1]), "")], Bounds(timeout_s=600, memory_mb=1024, workers=1)))
"""


def descendants(pid: int) -> set[int]:
    lists = [path.read_text("ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    children = {int(child) for child in " ".join(lists).split()}
    return children.union(*map(descendants, children))


def is_running(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of a parent's death")
def test_a_builder_that_is_killed_leaves_no_process(
    tmp_path: Path, endless: tuple[Path, str]
) -> None:
    script = tmp_path / "builder.py"
    script.write_text(BUILDER, "utf-8")
    command = [sys.executable, str(script), str(endless[0])]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}) as builder:
        writer = os.open(endless[0], os.O_WRONLY)  # waits until somebody reads
        started = descendants(builder.pid)
        builder.kill()
    deadline = time.monotonic() + 20
    while any(map(is_running, started)) and time.monotonic() < deadline:
        time.sleep(0.05)
    left = [pid for pid in started if is_running(pid)]
    os.close(writer)

    assert len(started) >= 2  # the fork server, and who reads
    assert left == []


def test_a_process_that_cannot_even_begin_stops_the_build(tmp_path: Path) -> None:
    file = written(tmp_path / "a.md", "# A")

    with pytest.raises(IndexerError, match=r"to read .*a\.md; free memory, then retry"):
        list(extract_all([file], Bounds(timeout_s=60, memory_mb=-(1 << 60), workers=1)))


def test_an_unreadable_file_crosses_between_processes_with_its_reason() -> None:
    error = UnreadableError(Reason.NO_TEXT, "it is a scan")

    found = pickle.loads(pickle.dumps(error))  # noqa: S301  (our own)

    assert (found.reason, found.detail, str(found)) == (error.reason, error.detail, str(error))


@pytest.mark.parametrize(
    ("error", "reason", "says"),
    [
        pytest.param(
            ZeroDivisionError("by zero"),
            Reason.DAMAGED,
            "its reader failed (ZeroDivisionError: by zero); report the file",
            id="a fault of the reader",
        ),
        pytest.param(RecursionError(), Reason.DAMAGED, "contain each other", id="without end"),
        pytest.param(
            OSError(5, "Input/output error"), Reason.DAMAGED, "cannot be opened: Input", id="disk"
        ),
        pytest.param(MemoryError(), Reason.OUT_OF_MEMORY, "CITA_BUILD_MEMORY_MB", id="memory"),
        pytest.param(
            UnreadableError(Reason.NO_TEXT, "it is a scan"), Reason.NO_TEXT, "a scan", id="refused"
        ),
    ],
)
def test_whatever_a_reader_raises_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: Reason, says: str
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    monkeypatch.setattr(MarkdownIt, "parse", fail)

    outcome = sandbox._outcome(
        partial(sandbox._extract, *written(tmp_path / "a.md", "# A")), BOUNDS
    )

    assert isinstance(outcome, UnreadableError)
    assert outcome.reason is reason
    assert says in outcome.detail


def printed(path: Path, line: str) -> tuple[Path, str]:
    path.write_bytes(made(drawn(line)))
    return with_hash(path)


def test_a_first_page_that_ends_its_process_costs_the_others_nothing(tmp_path: Path) -> None:
    pages = [printed(tmp_path / f"{n}.pdf", f"Page of {n}") for n in range(4)]
    os.mkfifo(tmp_path / "endless.pdf")  # opening it waits for someone who writes
    endless, gone = (tmp_path / "endless.pdf", ""), (tmp_path / "gone.pdf", "")
    files = [*pages[:2], endless, pages[2], gone, pages[3]]

    outcomes = list(read_fronts(files, Bounds(timeout_s=5, memory_mb=1024, workers=1)))

    assert [
        outcome.reason if isinstance(outcome, UnreadableError) else outcome.pages[0].lines[0].text
        for outcome in outcomes
    ] == ["Page of 0", "Page of 1", Reason.TIMEOUT, "Page of 2", Reason.DAMAGED, "Page of 3"]
    assert multiprocessing.active_children() == []


def test_first_pages_of_several_files_are_read_by_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [printed(tmp_path / f"{n}.pdf", f"Page of {n}") for n in range(3)]
    n_together: list[int] = []
    read_apart = sandbox._read_apart

    def counted(tasks: Sequence[Any], *others: Any) -> Any:
        n_together.append(len(tasks))
        return read_apart(tasks, *others)

    monkeypatch.setattr(sandbox, "_read_apart", counted)

    list(read_fronts(files, Bounds(timeout_s=60, memory_mb=1024, workers=1)))

    assert n_together == [3]


def test_a_first_page_of_much_memory_costs_the_others_nothing(tmp_path: Path) -> None:
    pages = [printed(tmp_path / f"{n}.pdf", f"Page of {n}") for n in range(2)]
    with (tmp_path / "vast.pdf").open("wb") as file:
        file.truncate(300 << 20)

    outcomes = list(
        read_fronts(
            [pages[0], (tmp_path / "vast.pdf", ""), pages[1]],
            Bounds(timeout_s=60, memory_mb=128, workers=1),
        )
    )

    assert [getattr(outcome, "reason", None) for outcome in outcomes] == [
        None,
        Reason.OUT_OF_MEMORY,
        None,
    ]
