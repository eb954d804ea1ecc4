r"""Names of report files as the index shows them, and the way back to the files.

A disk may hold ``Bogotá`` as ``a`` and an accent, or in bytes that are no UTF-8; the index shows
the first as one letter (NFC) and the others as ``\xe1``.
"""

import os
import re
import unicodedata
from pathlib import Path, PurePath, PurePosixPath


def shown_name(path: PurePath) -> str:
    """Return a relative path as the index shows it, with forward slashes."""
    name = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", name)


def readable_name(stem: str) -> str:
    """Return a file's stem as a title: its words, the first with a capital."""
    words = " ".join(re.sub(r"[_\-.]+", " ", stem).split()) or stem
    return words[:1].upper() + words[1:]


def find_file(folder: Path, name: str) -> Path:
    """Return the path below ``folder`` that is shown as ``name``, whether or not it is there."""
    path = folder
    for part in PurePosixPath(name).parts:
        path = _child(path, part)
    return path


def _child(folder: Path, part: str) -> Path:
    exact = folder / part
    if exact.exists() or not folder.is_dir():
        return exact
    alike = (child for child in folder.iterdir() if shown_name(PurePath(child.name)) == part)
    return next(alike, exact)
