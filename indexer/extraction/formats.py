"""One file → a `Reading`: look at what the bytes are, then at what the name says.

    name, bytes ─▶ sniff ─▶ pdf · docx · html · markdown · text ─▶ Reading, or UnreadableError

People rename files. What can be read is read as what it is, with a note; what only pretends
(a picture called ``.pdf``) is named for the build report.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import PurePosixPath

from indexer.errors import Reason, UnreadableError
from indexer.extraction.docx.body import read_docx
from indexer.extraction.docx.package import refuse_ole
from indexer.extraction.html import read_html
from indexer.extraction.markdown import read_markdown
from indexer.extraction.pdf.pages import read_pdf
from indexer.extraction.plain_text import read_text
from indexer.records import Reading


class Format(StrEnum):
    """A kind of file that has a reader."""

    PDF = "PDF"
    DOCX = "DOCX"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    TEXT = "plain text"


_FORMATS = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
}
SUFFIXES = tuple(_FORMATS)
"""Extensions that the indexer reads, in lower case, with their dot."""

_READERS: dict[Format, Callable[[bytes], Reading]] = {
    Format.PDF: read_pdf,
    Format.DOCX: read_docx,
    Format.HTML: read_html,
    Format.MARKDOWN: read_markdown,
    Format.TEXT: read_text,
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a RIFF media file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
)
_HTML_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(rb"<[a-zA-Z][^<>]*>")
_PDF_PARTS = re.compile(rb"%%EOF|\bendobj\b|\bstartxref\b")


def read_file(name: str, data: bytes) -> Reading:
    """Read a file into clean blocks of text.

    Args:
        name: File name or path; only its extension is looked at.
        data: The whole file.

    Raises:
        UnreadableError: Nothing can be read, for the `Reason` it carries.
    """
    suffix = PurePosixPath(name).suffix.lower()
    named = _FORMATS.get(suffix)
    if named is None:
        raise UnreadableError(Reason.UNSUPPORTED, _unsupported(suffix))
    if not data:
        raise UnreadableError(Reason.EMPTY, "the file has no bytes; copy it here again")
    found = _sniff(data, named)
    reading = _READERS[found](data)
    if found is named:
        return reading
    note = f"The file is called {suffix} but holds {found}; it was read as {found}."
    return replace(reading, notes=(note, *reading.notes))


def _unsupported(suffix: str) -> str:
    advice = "save it as DOCX or PDF" if suffix in {".doc", ".rtf", ".odt"} else "convert it"
    return f"{suffix or 'no extension'} is none of {', '.join(SUFFIXES)}; {advice}"


def _sniff(data: bytes, named: Format) -> Format:
    """Return what ``data`` is; ``named`` decides among formats that look alike."""
    if b"%PDF" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK"):
        return _sniff_zip(data, named)
    if data.startswith(_OLE):
        refuse_ole(data)
    _refuse_other_binaries(data, named)
    if _HTML_OPENING.match(data[:65536].lstrip(b"\xef\xbb\xbf")):
        return Format.HTML
    if named is Format.HTML:
        return Format.HTML if _ANY_TAG.search(data) or b"\0" in data else Format.TEXT
    if named in {Format.PDF, Format.DOCX}:
        return Format.TEXT if _is_plain_text(data) else named
    return named


def _sniff_zip(data: bytes, named: Format) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return named
    if any(name.startswith("word/document") for name in names) or "word/styles.xml" in names:
        return Format.DOCX
    kinds = {"ppt/presentation.xml": "slides", "xl/workbook.xml": "a spreadsheet"}
    kind = next((kind for name, kind in kinds.items() if name in names), "a zip archive")
    raise UnreadableError(
        Reason.MISLABELLED, f"the file is {kind}, not {named}; export it as DOCX or PDF"
    )


def _refuse_other_binaries(data: bytes, named: Format) -> None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError(
                Reason.MISLABELLED, f"the file is {kind}, not {named}; export the text as PDF"
            )


def _is_plain_text(data: bytes) -> bool:
    """Tell whether ``data`` is UTF-8 text and no damaged file of another kind."""
    if _PDF_PARTS.search(data) or re.search(rb"[\0-\x08\x0e-\x1a\x7f]", data):
        return False
    try:
        return bool(data.decode("utf-8").strip())
    except UnicodeDecodeError:
        return False
