"""What was written stays after a power cut: files and names are flushed to the disk."""

import os
from pathlib import Path


def flush(path: Path) -> None:
    """Have the disk hold what was written to a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_all(folder: Path) -> None:
    """Flush a folder and all below it: a name that is not flushed may be lost with the power."""
    for path in folder.rglob("*"):
        flush(path)
    flush(folder)
