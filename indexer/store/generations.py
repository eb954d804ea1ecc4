"""The generations of an index folder: which is current, and opening one of them."""

import re
import sqlite3
from pathlib import Path
from threading import Thread

from indexer.errors import IndexDamagedError, IndexerError, IndexMissingError
from indexer.index_place import IndexPlace, MilvusPlace
from indexer.store.file_seal import FileSeal
from indexer.store.index import Index
from indexer.store.manifest import REBUILD, check_files, checked_later, read_manifest
from indexer.store.protocol import IndexStore

CURRENT = "current"
GENERATIONS = "generations"

_GENERATION = re.compile(r"[0-9]{6,}-[0-9a-f]{8}")


def current_generation(index_dir: Path) -> str | None:
    """Return the name of the current generation, or ``None`` if there is none; cheap to poll."""
    try:
        return (index_dir / CURRENT).readlink().name
    except OSError:
        return None


def generations(index_dir: Path) -> tuple[str, ...]:
    """Return the names of all generations, oldest first."""
    folder = index_dir / GENERATIONS
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if _GENERATION.fullmatch(path.name)))


def open_index(
    index_dir: Path,
    *,
    generation: str | None = None,
    verify: bool = True,
    at_once: bool = True,
) -> Index:
    """Open the current generation, or the one named.

    A builder may publish and prune while the current generation is being opened: one that fails
    and is not the current one any more is no loss, and the one that took its place is opened.

    Args:
        index_dir: The index folder.
        generation: Name of a generation; ``None`` for the current one.
        verify: Whether every file's checksum is recomputed; its size is checked anyway.
        at_once: Whether so are those of large files. Otherwise their blocks are compared when they
            are first read, and the whole files in the background: see `Index.changed_part`.

    Raises:
        IndexMissingError: There is no index.
        IndexDamagedError: Files are missing, cut short or changed.
        IndexMismatchError: It has another format.
    """
    if generation is not None:
        return _open(index_dir / GENERATIONS / generation, verify=verify, at_once=at_once)
    name = current_generation(index_dir)
    while name is not None:
        try:
            return _open(index_dir / GENERATIONS / name, verify=verify, at_once=at_once)
        except IndexerError:
            newer = current_generation(index_dir)
            if newer == name:
                raise
            name = newer
    raise IndexMissingError(
        f"no index in {index_dir}; build it with `make index` or `python -m indexer build`"
    )


def _open(folder: Path, *, verify: bool, at_once: bool) -> Index:
    manifest = read_manifest(folder)
    seal = FileSeal.of(folder / name for name, _, _ in manifest.files)
    problems = check_files(folder, manifest, verify=verify, at_once=at_once)
    if problems:
        raise IndexDamagedError(f"index {folder} is damaged: {'; '.join(problems)}; {REBUILD}")
    try:
        index = Index(folder, manifest, seal)
    except (OSError, ValueError, sqlite3.Error) as error:
        raise IndexDamagedError(f"index {folder} is damaged: {error}; {REBUILD}") from error
    if verify and not at_once and checked_later(manifest):
        Thread(target=index.check_rest, name="checksums", daemon=True).start()
    return index


class FolderStore:
    """The generations of an index in a folder."""

    def __init__(self, index_dir: Path) -> None:
        """Look into ``index_dir``, which need not be there."""
        self._index_dir = index_dir

    def current(self) -> str | None:
        """Return the name of the current generation, or ``None`` if there is none."""
        return current_generation(self._index_dir)

    def open(
        self, generation: str | None = None, *, verify: bool = True, at_once: bool = True
    ) -> Index:
        """Open the current generation, or the one named; see `open_index`."""
        return open_index(self._index_dir, generation=generation, verify=verify, at_once=at_once)


def store_at(place: IndexPlace) -> IndexStore:
    """Return the generations of the index at a place."""
    if isinstance(place, MilvusPlace):
        from indexer.store.milvus.milvus_store import MilvusStore  # noqa: PLC0415 (an extra)

        return MilvusStore(place)
    return FolderStore(place)
