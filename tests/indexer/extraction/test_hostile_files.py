"""A report can make us fetch, read or unpack nothing but itself."""

import hashlib
import io
import socket
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.errors import UnreadableError
from indexer.extraction.formats import extract_file
from indexer.extraction.sandbox import Bounds, extract_all

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECRET = "the words of another file"  # noqa: S105
RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="word/document.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>
</Relationships>"""


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and who called it."""
    calls: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        is_over = threading.Event()

        def listen() -> None:
            while not is_over.is_set():
                try:
                    caller, address = server.accept()
                except TimeoutError:
                    continue
                calls.append(str(address))
                caller.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", calls
        is_over.set()
        thread.join()


def word_file(xml: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", xml)
    return held.getvalue()


def text_of(name: str, content: bytes) -> str:
    try:
        return "\n".join(block.text for block in extract_file(name, content).blocks)
    except UnreadableError as error:
        return str(error)


def test_no_report_makes_us_call_or_read_another_place(
    listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    url, calls = listener
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, "utf-8")
    for target in (url, secret.as_uri()):
        doctype = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{target}">]>'
        body = "<w:body><w:p><w:r><w:t>Words &e; here.</w:t></w:r></w:p></w:body>"
        files = {
            "a.docx": word_file(f'{doctype}<w:document xmlns:w="{WORD}">{body}</w:document>'),
            "a.html": (
                f'{doctype}<html><head><link rel=stylesheet href="{target}">'
                f'<meta http-equiv=refresh content="0;url={target}"><base href="{target}">'
                f"<script src='{target}'></script></head><body><p>Words &e; here.</p>"
                f'<img src="{target}"><iframe src="{target}"></iframe><object data="{target}">'
                f'</object><embed src="{target}"></body></html>'
            ).encode(),
            "a.md": f"# Words\n\n![x]({target}) here <img src='{target}'>".encode(),
        }
        for name, content in files.items():
            assert SECRET not in text_of(name, content)

    assert calls == []


def test_entities_that_grow_without_end_are_not_expanded() -> None:
    entities = '<!ENTITY e0 "ha">' + "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)
    )
    xml = (
        f'<!DOCTYPE d [{entities}]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r>'
        "<w:t>Words &e9; here.</w:t></w:r></w:p></w:body></w:document>"
    )

    assert len(text_of("a.docx", word_file(xml))) < 1000


def test_a_page_that_unpacks_without_end_costs_its_own_process_alone(tmp_path: Path) -> None:
    packed = zlib.compress(zlib.compress(b"BT (words) Tj ET " + b" " * 300_000_000, 1), 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%b\nendstream"
        % (len(packed), packed),
    ]
    content = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"xref\n0 5\n0000000000 65535 f \n%btrailer\n<< /Size 5 /Root 1 0 R >>\n" % table
    content += b"startxref\n%d\n%%%%EOF\n" % content.index(b"xref\n0")
    path = tmp_path / "bomb.pdf"
    path.write_bytes(content)

    bounds = Bounds(timeout_s=60, memory_mb=256, workers=1)
    (outcome,) = extract_all([(path, hashlib.sha256(content).hexdigest())], bounds)

    assert isinstance(outcome, UnreadableError)
