"""The original files of the reports, served only as they were indexed."""

import hashlib
from pathlib import Path

from indexer.report_file_names import find_file
from indexer.store.records import DocumentEntry
from service.errors import FileChangedError, FileGoneError


def original_path(corpus_dir: Path, entry: DocumentEntry) -> Path:
    """Return where the original of ``entry`` lies.

    Raises:
        FileGoneError: It is no longer there, or no longer inside the corpus folder.
        FileChangedError: Its bytes are not those that were indexed.
    """
    root = corpus_dir.resolve()
    path = find_file(root, entry.file).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise FileGoneError(entry.file)
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != entry.sha256:
            raise FileChangedError(entry.file)
    return path
