"""Values of form fields and notes on a page are read where they lie."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import NameObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.extraction.pdf.pages import extract_pdf

Draw = Callable[[Canvas], None]


def form(draw: Draw) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont("Helvetica", 11)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def field(canvas: Canvas, value: str, x: int, y: int, *, name: str = "a") -> None:
    canvas.acroForm.textfield(name=name, value=value, x=x, y=y, width=120, height=16, fontSize=11)


def beside_its_label(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Families housed:")
    field(canvas, "120", 160, 696)
    canvas.drawString(60, 660, "The shelter opened in May.")


def on_blanks(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Families housed: ________________")
    field(canvas, "120", 155, 696)
    canvas.drawString(60, 660, "The shelter opened in May.")


def two_on_a_line(canvas: Canvas) -> None:
    canvas.drawString(60, 700, "Families housed:")
    field(canvas, "120", 160, 696)
    canvas.drawString(320, 700, "of")
    field(canvas, "300", 340, 696, name="b")
    canvas.drawString(60, 660, "The shelter opened in May.")


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        pytest.param(beside_its_label, "Families housed: 120", id="beside its label"),
        pytest.param(on_blanks, "Families housed: 120", id="on blanks"),
        pytest.param(two_on_a_line, "Families housed: 120", id="two on a line"),
    ],
)
def test_the_value_of_a_field_goes_on_with_its_label(draw: Draw, expected: str) -> None:
    text = "\n".join(block.text for block in extract_pdf(form(draw)).blocks)

    assert expected in text
    assert "The shelter opened in May." in text


def test_a_font_size_that_is_no_number_costs_no_page() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(form(beside_its_label))))
    for annotation in writer.pages[0].annotations or []:
        annotation.get_object()[NameObject("/DA")] = TextStringObject("/Helv 1.2.3 Tf 0 g")
    buffer = io.BytesIO()
    writer.write(buffer)

    text = "\n".join(block.text for block in extract_pdf(buffer.getvalue()).blocks)

    assert "Families housed: 120" in text


def test_an_empty_field_adds_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Families housed:")
        field(canvas, "", 160, 696)

    extraction = extract_pdf(form(draw))

    assert [block.text for block in extraction.blocks] == ["Families housed:"]


def annotated(*annotations: FreeText | Text) -> bytes:
    writer = PdfWriter(
        clone_from=PdfReader(io.BytesIO(form(lambda c: c.drawString(60, 700, "It has 12 rooms."))))
    )
    for annotation in annotations:
        writer.add_annotation(page_number=0, annotation=annotation)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_note_written_on_the_page_is_a_line_of_it() -> None:
    note = FreeText(text="Corrected: it has 14 rooms.", rect=(60, 600, 300, 620))

    extraction = extract_pdf(annotated(note))

    assert [block.text for block in extraction.blocks] == [
        "It has 12 rooms.",
        "Corrected: it has 14 rooms.",
    ]
    assert extraction.notes == ()


def test_a_comment_and_a_ticked_box_are_named_in_the_notes() -> None:
    comment = Text(text="Is this so?", rect=(60, 600, 80, 620))

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Heated")
        canvas.acroForm.checkbox(name="h", checked=True, x=120, y=696)

    assert extract_pdf(annotated(comment)).notes == (
        "Ticked boxes and comments are not read: 1 (page 1).",
    )
    assert extract_pdf(form(draw)).notes == ("Ticked boxes and comments are not read: 1 (page 1).",)
