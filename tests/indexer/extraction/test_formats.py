"""Which reader a file gets, by its content and its name."""

import io
import zipfile
from contextlib import suppress

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import Reason, UnreadableError
from indexer.extraction.formats import SUFFIXES, extract_file

PAGE = b"<!DOCTYPE html><html><body><h1>Homes</h1><p>Text of the page.</p></body></html>"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph("Text of the page.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_file() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(72, 720, "Text of the page.")
    canvas.save()
    return file.getvalue()


def zip_with(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.pdf", pdf_file(), id="pdf"),
        pytest.param("a.docx", word_file(), id="docx"),
        pytest.param("a.html", PAGE, id="html"),
        pytest.param("a.HTM", PAGE, id="extension in capitals"),
        pytest.param("a.html", b"<p>Text of the page.", id="piece of html"),
        pytest.param("a.md", b"Text of *the* page.", id="md"),
        pytest.param("b.c/a.markdown", b"Text of the page.", id="markdown in a folder"),
        pytest.param("a.txt", b"Text of the page.", id="txt"),
        pytest.param("a.pdf", b"\n\n" + pdf_file(), id="pdf after blank lines"),
    ],
)
def test_a_file_is_read_as_what_it_is_called(name: str, data: bytes) -> None:
    extraction = extract_file(name, data)

    assert extraction.blocks[-1].text == "Text of the page."
    assert extraction.notes == ()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        pytest.param("a.pdf", PAGE, "HTML", id="page called pdf"),
        pytest.param("a.txt", PAGE, "HTML", id="page called txt"),
        pytest.param("a.docx", pdf_file(), "PDF", id="pdf called docx"),
        pytest.param("a.txt", pdf_file(), "PDF", id="pdf called txt"),
        pytest.param("a.pdf", word_file(), "DOCX", id="docx called pdf"),
        pytest.param("a.pdf", b"Text of the page.", "plain text", id="text called pdf"),
        pytest.param("a.html", b"Text of the page.", "plain text", id="text called html"),
    ],
)
def test_a_renamed_file_is_read_with_a_note(name: str, data: bytes, kind: str) -> None:
    extraction = extract_file(name, data)

    assert extraction.blocks[-1].text == "Text of the page."
    assert kind in extraction.notes[0]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param("a.pdf", b"", Reason.EMPTY, id="no bytes"),
        pytest.param("a.pdf", PNG, Reason.MISLABELLED, id="picture called pdf"),
        pytest.param("a.txt", PNG, Reason.MISLABELLED, id="picture called txt"),
        pytest.param("a.docx", zip_with("xl/workbook.xml"), Reason.MISLABELLED, id="spreadsheet"),
        pytest.param("a.docx", zip_with("notes.txt"), Reason.MISLABELLED, id="zip called docx"),
        pytest.param("a.docx", b"PK\x03\x04", Reason.DAMAGED, id="docx cut short"),
        pytest.param(
            "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), Reason.UNSUPPORTED, id="ole"
        ),
        pytest.param("a.doc", b"x", Reason.UNSUPPORTED, id="doc"),
        pytest.param("a", b"x", Reason.UNSUPPORTED, id="no extension"),
        pytest.param("a.txt", b"\n \n", Reason.NO_TEXT, id="blank"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    name: str, data: bytes, reason: Reason
) -> None:
    with pytest.raises(UnreadableError) as caught:
        extract_file(name, data)

    assert caught.value.reason is reason


def test_an_old_word_file_comes_with_advice() -> None:
    with pytest.raises(UnreadableError, match="save it as DOCX or PDF"):
        extract_file("report.doc", b"x")


@given(
    suffix=st.sampled_from(SUFFIXES),
    opening=st.sampled_from([b"", b"PK\x03\x04", b"<html>", b"%PDF-1.7\n", b"\xff\xfe", b"+++\n"]),
    data=st.binary(max_size=120),
)
def test_any_bytes_under_any_name_give_blocks_or_a_reason(
    suffix: str, opening: bytes, data: bytes
) -> None:
    with suppress(UnreadableError):
        assert extract_file(f"a{suffix}", opening + data).blocks


def test_numbers_of_notes_on_the_line_are_raised() -> None:
    calls = [f"Boat {chr(64 + n)} came back.{n} It left again." for n in range(1, 7)]
    notes = [f"{n} Harbour Board (2020) Report on boats." for n in range(1, 7)]

    blocks = extract_file("a.txt", "\n\n".join([*calls, *notes]).encode()).blocks

    assert [block.text for block in blocks[:2]] == [
        "Boat A came back.¹ It left again.",
        "Boat B came back.² It left again.",
    ]
