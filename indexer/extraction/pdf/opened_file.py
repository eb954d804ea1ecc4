"""Opens a PDF, unlocks it, and tells its own title; refuses what cannot be opened, and says why."""

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from pypdf import PasswordType, PdfReader
from pypdf.errors import (
    DependencyError,
    DeprecationError,
    FileNotDecryptedError,
    LimitReachedError,
    PyPdfError,
    WrongPasswordError,
)

from indexer.errors import Reason, UnreadableError
from indexer.extraction.text_cleaning import clean

MAX_PAGES = 5_000
_HEADER_WITHIN = 1024

DAMAGE = (
    PyPdfError,
    DependencyError,
    DeprecationError,
    LookupError,
    TypeError,
    AttributeError,
    ValueError,
    ArithmeticError,
    RecursionError,
    AssertionError,
    NotImplementedError,
    OSError,
    EOFError,
    zlib.error,
    struct.error,
)
"""Errors of pypdf on files that do not keep the standard: its own errors, and whatever
its code ran into."""

_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|rtf|odt|pptx?|xlsx?|tmp|wpd|pages|ai|tex|dvi)$", re.I
)
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|(?:sin|sem) t[ií]tulo.*|document\d*"
    r"|slide \d+|presentation\d*|title|layout \d+|\(anonymous\)|\(unspecified\)|[\W\d_]*)",
    re.IGNORECASE,
)


def refuse_what_is_no_pdf(data: bytes) -> None:
    """Raise an error that says what ``data`` is in place of a PDF."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableError(Reason.EMPTY, "The file is empty; copy it again from its source.")
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise UnreadableError(
            Reason.MISLABELLED,
            f"A PDF begins with %PDF-, this file with {data[:8]!r}; "
            "save it as PDF, or give it the file name extension of what it is.",
        )


def open_pdf(data: bytes) -> PdfReader:
    """Open the file, unlock it and check its number of pages."""
    try:
        pdf = PdfReader(BytesIO(data))
        if pdf.is_encrypted and pdf.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise _locked("needs a password")
        n_pages = len(pdf.pages)
    except (FileNotDecryptedError, WrongPasswordError) as error:
        raise _locked("needs a password") from error
    except DependencyError as error:
        raise _locked(f"uses a cipher that cannot be read here ({error})") from error
    except LimitReachedError as error:
        raise too_large(str(error)) from error
    except DAMAGE as error:
        raise damaged(error) from error
    if n_pages > MAX_PAGES:
        raise too_large(f"it has {n_pages} pages, and {MAX_PAGES} are the most")
    if n_pages == 0:
        raise damaged(ValueError("it has no pages"))
    return pdf


def title_of(pdf: PdfReader) -> str | None:
    """Return the title in the metadata, unless a program and not the author put it there."""
    try:
        title = clean(str((pdf.metadata and pdf.metadata.title) or ""))
    except DAMAGE:
        return None
    if _NO_TITLE.fullmatch(title) or _FILE_NAME.search(title) or "\ufffd" in title:
        return None
    return title


@contextmanager
def quiet_pypdf() -> Iterator[None]:
    """Keep pypdf's remarks on every oddity of a file out of the log; what is lost is noted."""
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(level)


def _locked(why: str) -> UnreadableError:
    return UnreadableError(
        Reason.ENCRYPTED, f"The file {why}; add a copy without protection instead."
    )


def damaged(error: Exception) -> UnreadableError:
    """Return that a file does not keep the standard, and what came of it."""
    cause = str(error) or type(error).__name__
    return UnreadableError(
        Reason.DAMAGED, f"The PDF cannot be parsed ({cause}); copy it again from its source."
    )


def too_large(why: str) -> UnreadableError:
    """Return that a file is beyond the limits."""
    return UnreadableError(
        Reason.TOO_LARGE, f"The PDF is beyond the limits: {why}; split it and add the parts."
    )
