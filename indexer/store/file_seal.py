"""Tells whether the files of an index are still those that were opened.

They are memory-mapped: what is written into one of them shows in answers at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class FileSeal:
    """How files looked at one moment.

    Attributes:
        looks: Path, inode, bytes and time of the last change in nanoseconds, of each.
    """

    looks: tuple[tuple[Path, int, int, int], ...]

    @classmethod
    def of(cls, paths: Iterable[Path]) -> Self:
        """Return how ``paths`` look now; one that is not there is left out."""
        return cls(tuple(look for path in paths if (look := _look(path)) is not None))

    def broken(self) -> Path | None:
        """Return a file that was written to since, or ``None``.

        A file that was taken away, or replaced by another, is no harm: the one that was opened
        stays as it was until it is closed.
        """
        for path, inode, n_bytes, changed_ns in self.looks:
            look = _look(path)
            if look is not None and look[1] == inode and look[2:] != (n_bytes, changed_ns):
                return path
        return None


def _look(path: Path) -> tuple[Path, int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return path, status.st_ino, status.st_size, status.st_mtime_ns
