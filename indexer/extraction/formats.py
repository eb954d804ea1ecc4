"""One file → a `Extraction`: look at what the bytes are, then at what the name says.

    name, bytes ─▶ sniff ─▶ pdf · docx · html · markdown · text ─▶ Extraction, or UnreadableError

People rename files. One that can be extracted is taken for what it is, with a note; one that only
pretends (a picture called ``.pdf``) is named in the build's summary.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import PurePosixPath

from indexer.errors import Reason, UnreadableError
from indexer.extraction.docx.body import extract_docx
from indexer.extraction.docx.package import refuse_ole
from indexer.extraction.html.page import extract_html
from indexer.extraction.markdown import extract_markdown
from indexer.extraction.note_calls import with_raised_calls
from indexer.extraction.pdf.pages import extract_pdf
from indexer.extraction.plain_text import extract_plain_text
from indexer.records import Extraction


class Format(StrEnum):
    """A kind of file that can be extracted."""

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
"""Extensions that the indexer takes, in lower case, with their dot."""

_EXTRACTORS: dict[Format, Callable[[bytes], Extraction]] = {
    Format.PDF: extract_pdf,
    Format.DOCX: extract_docx,
    Format.HTML: extract_html,
    Format.MARKDOWN: extract_markdown,
    Format.TEXT: extract_plain_text,
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


def extract_file(name: str, data: bytes) -> Extraction:
    """Extract clean blocks of text from a file.

    Args:
        name: File name or path; only its extension is looked at.
        data: The whole file.

    Raises:
        UnreadableError: Nothing can be extracted, for the `Reason` it carries.
    """
    suffix = PurePosixPath(name).suffix.lower()
    named = _FORMATS.get(suffix)
    if named is None:
        raise UnreadableError(Reason.UNSUPPORTED, _unsupported(suffix))
    if not data:
        raise UnreadableError(Reason.EMPTY, "the file has no bytes; copy it here again")
    actual = _sniff(data, named)
    extraction = _EXTRACTORS[actual](data)
    extraction = replace(extraction, blocks=with_raised_calls(extraction.blocks))
    if actual is named:
        return extraction
    note = f"The file is called {suffix} but holds {actual}; it was read as {actual}."
    return replace(extraction, notes=(note, *extraction.notes))


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
