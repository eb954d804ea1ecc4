"""DOCX files made of raw XML."""

import io
import zipfile

from docx.oxml.ns import nsdecls

W = nsdecls("w")


def with_body(body: str, **parts: str) -> bytes:
    """Return a DOCX made of raw XML: the body, and further parts by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph with one run of text."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
