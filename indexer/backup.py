"""Backs up all that an operator cannot get anew, into one file, and puts it back.

A backup is a tar file: ``corpus/``, ``index/`` (the current generation), ``state/``, and as its
last member ``backup.json`` with the SHA-256 of every file; one that was cut short lacks it.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from indexer.errors import BackupError
from indexer.settings import IndexerSettings
from indexer.store.disk_flush import flush, flush_all
from indexer.store.generations import open_index
from indexer.store.manifest import hash_file, read_manifest
from indexer.store.writing.generation_lifecycle import locked, take_in

_CONTENTS = "backup.json"
_CORPUS, _INDEX, _STATE = "corpus", "index", "state"
_ASIDE = ".restore-"
_DATABASES = {".sqlite", ".db"}


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """What a backup holds.

    Attributes:
        made_at: ISO 8601 in UTC.
        generation: Of the index.
        n_files: Files in all.
    """

    made_at: str
    generation: str
    n_files: int


def back_up(settings: IndexerSettings, target: Path) -> BackupSummary:
    """Write corpus, current generation and state into ``target``, beside which it is made first.

    Databases of the state are copied by SQLite, so that the service may go on writing them.

    Raises:
        IndexerError: There is no whole index.
        OSError: Something cannot be read or written.
    """
    aside = target.with_name(f".{target.name}-{os.getpid()}")
    hashes: dict[str, str] = {}
    try:
        with locked(settings.index_dir), _new_archive(aside) as archive:
            index = open_index(settings.index_dir)
            own = {aside.resolve(), target.resolve()}
            for name, path in _files(settings, index.folder):
                if path.resolve() not in own:
                    hashes[name] = _add(archive, name, path)
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            contents = {"made_at": made_at, "generation": index.folder.name, "files": hashes}
            text = json.dumps(contents, indent=1, ensure_ascii=False).encode()
            member = tarfile.TarInfo(_CONTENTS)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
        flush(aside)
        aside.replace(target)
        flush(target.parent)
    finally:
        aside.unlink(missing_ok=True)
    return BackupSummary(made_at, index.folder.name, len(hashes))


def restore(settings: IndexerSettings, source: Path) -> BackupSummary:
    """Put back what `back_up` wrote: folders that are there are moved aside, not overwritten.

    All is unpacked and checked beside its place first. The index becomes a new generation, which a
    running service takes up by itself, when corpus and state are on the disk.

    Raises:
        BackupError: The file is no backup, or was changed or cut short; nothing was touched.
        IndexerError: Its index has another format; nothing was touched.
        OSError: Something cannot be written.
    """
    with locked(settings.index_dir), _unpacked(source, settings.index_dir) as unpacked:
        summary = _checked(unpacked, source)
        read_manifest(unpacked / _INDEX)  # one of another format is refused while all is in place
        for place in (settings.corpus, settings.state):
            _check_place(place)
        _put(unpacked / _CORPUS, settings.corpus)
        _put(unpacked / _STATE, settings.state)
        take_in(settings.index_dir, unpacked / _INDEX)
    return summary


def _files(settings: IndexerSettings, generation: Path) -> Iterator[tuple[str, Path]]:
    """Yield name in the archive and place of every file, links followed."""
    for room, folder in (
        (_CORPUS, settings.corpus),
        (_INDEX, generation),
        (_STATE, settings.state),
    ):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.endswith(("-wal", "-shm", "-journal")):
                yield f"{room}/{path.relative_to(folder).as_posix()}", path


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    """Add a file and return its SHA-256."""
    if name.startswith(f"{_STATE}/") and path.suffix in _DATABASES:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / path.name
            with closing(sqlite3.connect(path)) as database, closing(sqlite3.connect(copy)) as into:
                database.backup(into)
            return _add_hashed(archive, name, copy)
    return _add_hashed(archive, name, path.resolve())


@contextmanager
def _new_archive(path: Path) -> Iterator[tarfile.TarFile]:
    """Give an archive that holds every file whole, also one that has two names.

    Its owner alone reads it, as with the keys' hashes that it holds.
    """
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with (
        os.fdopen(descriptor, "wb") as file,
        tarfile.open(fileobj=file, mode="w", dereference=True) as archive,
    ):
        yield archive


def _add_hashed(archive: tarfile.TarFile, name: str, path: Path) -> str:
    """Add a file and return the SHA-256 of what was added, even if it changes just now."""
    with path.open("rb") as file:
        hashed = _Hashed(file)
        archive.addfile(archive.gettarinfo(arcname=name, fileobj=file), hashed)
    return hashed.sha256


class _Hashed(io.RawIOBase):
    """A file that hashes what is read from it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of what was read, in lower-case hexadecimal."""
        return self._hash.hexdigest()

    def read(self, size: int = -1) -> bytes:
        """Read up to ``size`` bytes."""
        data = self._file.read(size)
        self._hash.update(data)
        return data


@contextmanager
def _unpacked(source: Path, index_dir: Path) -> Iterator[Path]:
    """Give a folder inside ``index_dir`` with an unpacked backup; it is removed in the end."""
    for left_over in index_dir.glob(f"{_ASIDE}*"):
        shutil.rmtree(left_over)
    folder = index_dir / f"{_ASIDE}{os.getpid()}"
    folder.mkdir()
    try:
        try:
            with tarfile.open(source) as archive:
                _unpack(archive, folder)
        except (tarfile.TarError, OSError, EOFError) as error:
            reason = str(error).splitlines()[0].rstrip(":")  # tarfile tells of every compression
            raise BackupError(
                f"{source} cannot be unpacked: {reason}; nothing was touched"
            ) from error
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Write the files of an archive into ``folder``, which none may leave.

    `tarfile` does so itself from Python 3.11.4 on; Debian 12 has 3.11.2.

    Raises:
        tarfile.TarError: There is something that `back_up` does not write.
    """
    for member in archive:
        path = folder / member.name
        content = archive.extractfile(member) if member.isfile() else None
        if content is None or ".." in path.parts or not path.is_relative_to(folder):
            raise tarfile.TarError(f"{member.name!r} is no file of a backup")
        path.parent.mkdir(parents=True, exist_ok=True)
        with content, path.open("xb") as file:
            shutil.copyfileobj(content, file)
        path.chmod((member.mode & 0o755) | 0o600)
        os.utime(path, (member.mtime, member.mtime))


def _checked(folder: Path, source: Path) -> BackupSummary:
    """Return what an unpacked backup says of itself, after comparing every file with it."""
    try:
        contents = json.loads((folder / _CONTENTS).read_text("utf-8"))
        hashes: dict[str, str] = contents["files"]
        summary = BackupSummary(contents["made_at"], contents["generation"], len(hashes))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(
            f"{source} is no whole backup ({_CONTENTS}: {error}); nothing was touched"
        ) from error
    there = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and path != folder / _CONTENTS
    }
    changed = {name for name, path in there.items() if hashes.get(name) != hash_file(path)}
    amiss = sorted(changed | (hashes.keys() - there.keys()))
    if amiss:
        raise BackupError(
            f"{source} was changed or cut short ({amiss[0]} and {len(amiss) - 1} others do not fit "
            "their checksums); nothing was touched"
        )
    return summary


def _check_place(place: Path) -> None:
    """Refuse a folder that cannot be moved aside, or be made.

    Raises:
        BackupError: It is mounted and not empty, or we may not write where it stands.
    """
    if place.is_mount() and any(place.iterdir()):
        raise BackupError(f"{place} is mounted and not empty; empty it first. Nothing was touched")
    holder = _nearest_folder(place)
    if not os.access(holder, os.W_OK | os.X_OK):
        raise BackupError(
            f"{place} cannot be moved aside or made, as {holder} may not be written to; give that "
            "to the user who restores. Nothing was touched"
        )


def _nearest_folder(place: Path) -> Path:
    """Return the nearest folder above a place that is there."""
    return next(folder for folder in place.absolute().parents if folder.is_dir())


def _put(unpacked: Path, place: Path) -> None:
    """Move what is in a folder to its place; what is there already gets another name."""
    if not unpacked.is_dir():
        return
    if place.is_dir() and any(place.iterdir()):
        moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        place.rename(place.with_name(f"{place.name}.before-restore-{moment}"))
    holder = _nearest_folder(place)
    place.mkdir(parents=True, exist_ok=True)
    for path in unpacked.iterdir():
        shutil.move(path, place / path.name)
    flush_all(place)
    for folder in place.absolute().parents:
        flush(folder)
        if folder == holder:
            return
