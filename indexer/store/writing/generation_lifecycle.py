"""The life of a generation: written aside, flushed, checksummed, made current by one rename.

A generation that was not finished, or not wholly removed, has a hidden name and is swept away by
the next build.
"""

import fcntl
import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import BufferedRandom
from pathlib import Path

from indexer.errors import IndexBusyError, IndexMismatchError, IndexMissingError, IndexWriteError
from indexer.store.disk_flush import flush, flush_all
from indexer.store.generations import CURRENT, GENERATIONS, current_generation, generations
from indexer.store.manifest import MANIFEST, Manifest, hash_file, read_manifest

_PARTIAL = ".partial-"
_REMOVED = ".removed-"
_HELD = "held"
"""File that names the generation that a rollback holds."""

_LOCK = "lock"
_READ_ONLY, _WRITABLE = 0o444, 0o222


@contextmanager
def locked(index_dir: Path) -> Iterator[None]:
    """Keep other builders away from ``index_dir``; freed by the system if this process dies.

    The lock file says who holds it and since when. Folders that were made for work that then
    failed are removed again, so that a mistyped name leaves nothing.

    Raises:
        IndexBusyError: Another builder is at work.
        IndexWriteError: The folder cannot be written.
    """
    missing = [folder for folder in (index_dir, *index_dir.parents) if not folder.exists()]
    try:
        if missing:
            index_dir.mkdir(parents=True, exist_ok=True)
            flush(index_dir.parent)
        lock = (index_dir / _LOCK).open("a+b")
    except OSError as error:
        raise IndexWriteError(
            f"the index folder {index_dir} cannot be written: {error.strerror}; let this user "
            "write there, or set CITA_INDEX; an index that is there still serves"
        ) from error
    with lock:
        _take(lock, index_dir)
        with suppress(OSError):  # a full disk hinders nobody from holding the lock
            os.truncate(lock.fileno(), 0)
            os.write(lock.fileno(), f"{_owner()}\n".encode())
        try:
            yield
        except BaseException:
            _remove_empty(index_dir, missing)
            raise


def _take(lock: BufferedRandom, index_dir: Path) -> None:
    """Hold the lock of ``index_dir``, which is open.

    Raises:
        IndexBusyError: Another builder has it, or has just removed it.
    """
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.seek(0)
        owner = lock.read().decode("utf-8", "replace").strip() or "of an unknown owner"
        raise IndexBusyError(
            f"another build is at work in {index_dir} ({owner}); wait until it has finished"
        ) from error
    if os.fstat(lock.fileno()).st_nlink == 0:  # see `_remove_empty`
        raise IndexBusyError(f"another build has just failed in {index_dir}; try again")


def _remove_empty(index_dir: Path, made: Sequence[Path]) -> None:
    """Remove folders that were ``made``, innermost first, unless something came into them."""
    if not made:
        return
    with suppress(OSError):
        (index_dir / GENERATIONS).rmdir()
    if [path.name for path in index_dir.iterdir()] == [_LOCK]:
        (index_dir / _LOCK).unlink()
        with suppress(OSError):
            for folder in made:
                folder.rmdir()


def _owner() -> str:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return f"process {os.getpid()} on {socket.gethostname()}, since {since}"


@contextmanager
def partial_generation(index_dir: Path) -> Iterator[Path]:
    """Give an empty folder to write a generation into; it is removed unless it was published.

    Raises:
        IndexWriteError: Something in it cannot be written.
    """
    folder = index_dir / GENERATIONS
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    for left_over in (*index_dir.glob(f".{CURRENT}-*"), *index_dir.glob(f".{_HELD}-*")):
        left_over.unlink()
    partial = folder / f"{_PARTIAL}{os.getpid()}"
    partial.mkdir()
    try:
        yield partial
    except (OSError, sqlite3.Error, RuntimeError, ValueError) as error:
        raise IndexWriteError(  # the libraries report a full disk each in its own way
            f"the index could not be written to {folder}: {error}; make room there, then build "
            "again; the previous index still serves"
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def checksums(folder: Path) -> tuple[tuple[str, int, str], ...]:
    """Flush all of ``folder`` to the disk and return path, bytes and SHA-256 of every file.

    The files become read-only: what is copied over one that a service has mapped would change
    answers under way, or end the service.
    """
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_mode & _WRITABLE:  # a linked one may be another's
            path.chmod(_READ_ONLY)
    flush_all(folder)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(
        (path.relative_to(folder).as_posix(), path.stat().st_size, hash_file(path))
        for path in paths
        if not path.name.endswith(".lock")
    )


def publish(index_dir: Path, partial: Path, manifest: Manifest) -> str:
    """Complete ``partial`` with its manifest, make it the current generation, return its name."""
    path = partial / MANIFEST
    path.unlink(missing_ok=True)
    path.write_text(manifest.to_json(), encoding="utf-8")
    path.chmod(_READ_ONLY)
    flush(path)
    flush(partial)
    name = f"{_next_number(index_dir):06d}-{manifest.fingerprint[:8]}"
    partial.rename(index_dir / GENERATIONS / name)
    flush(index_dir / GENERATIONS)
    make_current(index_dir, name)
    return name


def take_in(index_dir: Path, folder: Path) -> str:
    """Make a whole generation that lies in ``folder`` the current one, and return its name.

    The folder is moved, so it lies on the same disk.

    Raises:
        IndexerError: It has no manifest of this format.
        IndexWriteError: The index cannot be written.
    """
    manifest = read_manifest(folder)
    with partial_generation(index_dir) as partial:
        folder.rename(partial)  # in place of the empty folder
        checksums(partial)
        return publish(index_dir, partial, manifest)


def make_current(index_dir: Path, name: str) -> None:
    """Point the index at generation ``name`` by one atomic rename."""
    aside = index_dir / f".{CURRENT}-{os.getpid()}"
    aside.unlink(missing_ok=True)
    aside.symlink_to(Path(GENERATIONS) / name)
    aside.replace(index_dir / CURRENT)
    flush(index_dir)


def rollback(index_dir: Path) -> str:
    """Make the generation before the current one current again, hold it, and return its name.

    It is held until `release`: a build would bring back what was rolled back.

    Raises:
        IndexMissingError: There is none.
        IndexMismatchError: It has another format, which this program could not open.
        IndexDamagedError: Its manifest is cut short or was changed.
    """
    names = generations(index_dir)
    current = current_generation(index_dir)
    earlier = [name for name in names if current is not None and name < current]
    if not earlier:
        raise IndexMissingError(
            f"no generation before {current or 'the first'} in {index_dir}; "
            "it keeps as many as CITA_BUILD_KEEP says"
        )
    _check_readable(index_dir, earlier[-1])
    _hold(index_dir, earlier[-1])
    make_current(index_dir, earlier[-1])
    return earlier[-1]


def _check_readable(index_dir: Path, name: str) -> None:
    """Refuse a generation whose manifest this program cannot read.

    Raises:
        IndexerError: It has another format, or its manifest is missing, cut short or changed.
    """
    try:
        read_manifest(index_dir / GENERATIONS / name)
    except IndexMismatchError as error:
        raise IndexMismatchError(
            f"generation {name} cannot be made current: {error}, and nothing was changed"
        ) from error


def _hold(index_dir: Path, name: str) -> None:
    """Write down that generation ``name`` is held; it is on the disk before the name is current."""
    aside = index_dir / f".{_HELD}-{os.getpid()}"
    aside.write_text(name, encoding="utf-8")
    flush(aside)
    aside.replace(index_dir / _HELD)
    flush(index_dir)


def is_held(index_dir: Path) -> bool:
    """Tell whether the current generation is held since a rollback."""
    held = index_dir / _HELD
    return held.is_file() and held.read_text(encoding="utf-8") == current_generation(index_dir)


def release(index_dir: Path) -> None:
    """Hold no generation any more."""
    (index_dir / _HELD).unlink(missing_ok=True)


def prune(index_dir: Path, *, keep: int) -> None:
    """Remove all but the last ``keep`` generations; the current one always stays.

    Each is renamed before it is deleted: under its name it is whole or not there.
    """
    current = current_generation(index_dir)
    folder = index_dir / GENERATIONS
    _sweep(folder)
    for name in generations(index_dir)[:-keep]:
        if name != current:
            shutil.rmtree((folder / name).rename(folder / f"{_REMOVED}{name}"))


def _sweep(folder: Path) -> None:
    """Remove what a builder that died left unfinished among the generations."""
    for left_over in (*folder.glob(f"{_PARTIAL}*"), *folder.glob(f"{_REMOVED}*")):
        shutil.rmtree(left_over)


def _next_number(index_dir: Path) -> int:
    names = generations(index_dir)
    return 1 + max((int(name.partition("-")[0]) for name in names), default=0)
