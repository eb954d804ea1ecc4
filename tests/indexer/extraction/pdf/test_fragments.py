"""What a page's operators say of the text's place."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from reportlab.pdfgen.canvas import Canvas

from indexer.extraction.pdf.fragments import FontShapes, drawn_page

LINES = b"""BT /F1 10 Tf 60 700 Td 20 TL (first)Tj (second) ' 2 1 (third) "
/F1 6 Tf 60 4 Td (4)Tj ET"""


def page_with(content: bytes) -> PdfReader:
    """A page in Helvetica that draws ``content``."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 800), invariant=1)
    canvas.drawString(60, 700, "any")
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(buffer))
    stream = StreamObject()
    stream.set_data(content)
    page = writer.pages[0]
    assert isinstance(page, DictionaryObject)
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return PdfReader(out)


def test_text_shown_by_moving_to_the_next_line_has_its_width() -> None:
    page = page_with(LINES).pages[0]

    fragments = drawn_page(page, FontShapes()).fragments

    assert [(part.text.strip(), part.y) for part in fragments] == [
        ("first", 700),
        ("second", 680),
        ("third", 660),
        ("4", 664),
    ]
    widths = [round(part.width, 2) for part in fragments[:3]]
    # In Helvetica 278 + 222 + 333 + 500 + 278, and so on; the last has a point a character more.
    assert widths == [16.11, 32.24, 19.45 + 5]


def test_kerned_letters_are_a_word_of_the_same_width() -> None:
    kerned = b"BT /F1 10 Tf 60 700 Td [-20 (s) 30 (h) -30 (e) -30 (l) -280 (t) ] TJ ET"
    page = page_with(kerned).pages[0]

    (fragment,) = drawn_page(page, FontShapes()).fragments

    assert fragment.text.strip() == "shel t"
    # In Helvetica 500 + 556 + 556 + 222 + 278, and 310 of kerning.
    assert round(fragment.width, 2) == 24.22


def test_a_number_that_only_a_rise_sets_apart_is_a_piece_of_its_own() -> None:
    page = page_with(b"BT /F1 10 Tf 60 700 Td (1,200) Tj 4 Ts (4) Tj 0 Ts ( grants) Tj ET").pages[0]

    fragments = drawn_page(page, FontShapes()).fragments

    assert [(part.text, part.y) for part in fragments] == [
        ("1,200", 700),
        ("4", 704),
        (" grants", 700),
    ]
