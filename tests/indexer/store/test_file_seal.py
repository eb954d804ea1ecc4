"""Writing into a file that is open is noticed; putting another in its place is not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.store.file_seal import FileSeal


def overwrite(path: Path) -> None:
    path.write_bytes(b"other")


def cut(path: Path) -> None:
    path.write_bytes(b"")


def replace(path: Path) -> None:
    aside = path.with_suffix(".new")
    aside.write_bytes(b"other")
    aside.replace(path)


@pytest.mark.parametrize(
    ("change", "is_broken"),
    [(overwrite, True), (cut, True), (replace, False), (Path.unlink, False)],
)
def test_only_what_is_written_in_place_breaks_the_seal(
    tmp_path: Path,
    change: Callable[[Path], None],
    is_broken: bool,  # noqa: FBT001
) -> None:
    path = tmp_path / "passages.npy"
    path.write_bytes(b"whole")
    seal = FileSeal.of([path, tmp_path / "missing.npy"])
    before = seal.broken()
    held_open = path.open("rb")  # as a service does: no other file gets its inode

    change(path)

    assert before is None
    assert seal.broken() == (path if is_broken else None)
    held_open.close()
