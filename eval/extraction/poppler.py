"""The words of a PDF as poppler's `pdftotext` reads them."""

import shutil
import subprocess
from pathlib import Path

from eval.errors import ExtractorError
from eval.extraction.words import Word, words_of

_TIMEOUT_S = 300


def poppler_pages(path: Path) -> list[list[Word]]:
    """Return the words of each page, in the order that poppler takes them to be read.

    Raises:
        ExtractorError: `pdftotext` is not there, or cannot read the file.
    """
    program = shutil.which("pdftotext")
    if program is None:
        raise ExtractorError("pdftotext was not found; install poppler-utils")
    command = [program, "-enc", "UTF-8", str(path), "-"]
    try:
        result = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=True)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise ExtractorError(f"pdftotext could not read {path.name}: {error}") from error
    text = result.stdout.decode("utf-8", errors="replace")
    return [words_of(page) for page in text.split("\f")[:-1]]
