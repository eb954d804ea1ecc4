"""Text that nobody sees on the page is left out, and its words are counted."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    RectangleObject,
    StreamObject,
)
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.extraction.pdf.pages import extract_pdf
from indexer.records import Extraction

WIDTH, HEIGHT = A4
SEEN = "The housing grant amounts to 485 dollars for each family."
GHOST = "The housing grant amounts to 1 dollar."

Draw = Callable[[Canvas], None]


def made(draw: Draw) -> bytes:
    """A page with `SEEN` and what ``draw`` adds."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 700, SEEN)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines_of(extraction: Extraction) -> list[str]:
    return [block.text for block in extraction.blocks]


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 500, GHOST)


def white_on_a_white_panel(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(0, 0, WIDTH, 690, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(40, 450, 500, 100, stroke=0, fill=1)
    canvas.drawString(60, 500, GHOST)


def white_in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("ghost")
    white(canvas)
    canvas.endForm()
    canvas.doForm("ghost")


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.8)
    canvas.drawString(60, 500, GHOST)


def scaled_down(canvas: Canvas) -> None:
    canvas.scale(0.05, 0.05)
    canvas.drawString(1200, 10000, GHOST)


def below_the_page(canvas: Canvas) -> None:
    canvas.drawString(60, -40, GHOST)


def right_of_the_page(canvas: Canvas) -> None:
    canvas.drawString(WIDTH + 20, 500, GHOST)


def unpainted(canvas: Canvas) -> None:
    text = canvas.beginText(60, 500)
    text.setTextRenderMode(3)
    text.textOut(GHOST)
    canvas.drawText(text)


def clear(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(60, 500, GHOST)


def blue_on_blue(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(40, 450, 500, 100, stroke=0, fill=1)
    canvas.drawString(60, 500, GHOST)


def blacked_out(canvas: Canvas) -> None:
    canvas.drawString(60, 500, GHOST)
    canvas.rect(40, 450, 500, 100, stroke=0, fill=1)


def covered_by_a_form(canvas: Canvas) -> None:
    canvas.beginForm("panel")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(0, 0, 500, 100, stroke=0, fill=1)
    canvas.endForm()
    canvas.drawString(60, 500, GHOST)
    canvas.translate(40, 450)
    canvas.doForm("panel")


def below_a_picture(canvas: Canvas) -> None:
    canvas.drawString(60, 500, GHOST)
    canvas.drawInlineImage(Image.new("RGB", (9, 9), "olive"), 40, 450, 500, 100)


def clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(0, 0, 9, 9)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(60, 500, GHOST)


def squeezed(canvas: Canvas) -> None:
    text = canvas.beginText(60, 500)
    text.setHorizScale(1)
    text.textOut(GHOST)
    canvas.drawText(text)


@pytest.mark.parametrize(
    "draw",
    [
        white,
        blue_on_blue,
        blacked_out,
        covered_by_a_form,
        below_a_picture,
        clipped,
        squeezed,
        white_on_a_white_panel,
        white_in_a_form,
        tiny,
        scaled_down,
        below_the_page,
        right_of_the_page,
        unpainted,
        clear,
    ],
)
def test_what_nobody_sees_is_left_out_and_counted(draw: Draw) -> None:
    extraction = extract_pdf(made(draw))

    assert lines_of(extraction) == [SEEN]
    assert [note[:8] for note in extraction.notes] == [f"{len(GHOST.split())} words "]


def white_on_a_dark_panel(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(40, 450, 500, 100, stroke=0, fill=1)
    white(canvas)


def white_on_a_form_that_is_dark(canvas: Canvas) -> None:
    canvas.beginForm("panel")
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(0, 0, 500, 100, stroke=0, fill=1)
    canvas.endForm()
    canvas.saveState()
    canvas.translate(40, 450)
    canvas.doForm("panel")
    canvas.restoreState()
    white(canvas)


def white_on_a_broad_line(canvas: Canvas) -> None:
    canvas.setLineWidth(30)
    canvas.line(40, 505, 540, 505)
    white(canvas)


def white_with_an_outline(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    text = canvas.beginText(60, 500)
    text.setTextRenderMode(2)
    text.textOut(GHOST)
    canvas.drawText(text)


def black_on_a_line_and_a_black_frame(canvas: Canvas) -> None:
    canvas.rect(60, 503, 300, 0.5, stroke=0, fill=1)
    path = canvas.beginPath()
    path.rect(40, 450, 500, 100)
    path.rect(45, 455, 490, 90)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
    canvas.drawString(60, 500, GHOST)


def marked_later(canvas: Canvas) -> None:
    canvas.drawString(60, 500, GHOST)
    canvas.setFillColorRGB(1, 1, 0)
    canvas.setFillAlpha(0.4)
    canvas.rect(40, 450, 500, 100, stroke=0, fill=1)


def clipped_around(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(40, 450, 500, 100)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(60, 500, GHOST)


def on_a_picture(canvas: Canvas) -> None:
    canvas.drawInlineImage(Image.new("RGB", (9, 9), "olive"), 40, 450, 500, 100)
    canvas.drawString(60, 500, GHOST)


def beside_a_turned_square(canvas: Canvas) -> None:
    canvas.drawString(75, 210, GHOST)
    canvas.translate(300, 200)
    canvas.rotate(45)
    canvas.setFillColorRGB(0.9, 0.9, 1)
    canvas.rect(0, 0, 330, 330, stroke=0, fill=1)


def grey(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.6, 0.6, 0.6)
    canvas.drawString(60, 500, GHOST)


@pytest.mark.parametrize(
    "draw",
    [
        white_on_a_dark_panel,
        white_on_a_form_that_is_dark,
        white_on_a_broad_line,
        white_with_an_outline,
        black_on_a_line_and_a_black_frame,
        marked_later,
        clipped_around,
        on_a_picture,
        beside_a_turned_square,
        grey,
    ],
)
def test_what_stands_out_from_its_ground_is_read(draw: Draw) -> None:
    extraction = extract_pdf(made(draw))

    assert GHOST in lines_of(extraction)
    assert extraction.notes == ()


def with_picture(data: bytes, *, wide: float, high: float) -> bytes:
    """``data`` with a grey picture of that size in the corner of its page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    page = writer.pages[0]
    drawn = PdfReader(io.BytesIO(data)).pages[0].get_contents()
    assert drawn is not None
    stream = StreamObject()
    picture = b"q %g 0 0 %g 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80\nEI\nQ\n" % (wide, high)
    stream.set_data(picture + drawn.get_data())
    page[NameObject("/Contents")] = writer._add_object(stream)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def recognised(canvas: Canvas) -> None:
    for at in range(5):
        text = canvas.beginText(60, 500 - 40 * at)
        text.setTextRenderMode(3)
        text.textOut(GHOST)
        canvas.drawText(text)


def test_the_text_behind_the_picture_of_a_scan_is_read() -> None:
    extraction = extract_pdf(with_picture(made(recognised), wide=WIDTH, high=HEIGHT))

    assert lines_of(extraction).count(GHOST) == 5
    assert extraction.notes == ()


@pytest.mark.parametrize(
    ("draw", "wide"),
    [
        pytest.param(recognised, 100, id="a small picture"),
        pytest.param(unpainted, WIDTH, id="more is painted than not"),
    ],
)
def test_unpainted_text_beside_or_on_a_picture_that_is_no_scan_goes(
    draw: Draw, wide: float
) -> None:
    extraction = extract_pdf(with_picture(made(draw), wide=wide, high=HEIGHT))

    assert lines_of(extraction) == [SEEN]


def test_text_outside_of_the_crop_box_goes() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made(grey))))
    writer.pages[0].cropbox = RectangleObject((0, 600, WIDTH, HEIGHT))
    buffer = io.BytesIO()
    writer.write(buffer)

    assert lines_of(extract_pdf(buffer.getvalue())) == [SEEN]


def layered(*, state: dict[str, str], in_set: bool = False) -> bytes:
    """A page whose text about the ghost lies on a layer, which ``state`` turns on or off.

    Where it is ``in_set``, the text names a set of layers that lists them in an object of its own.
    """
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made(lambda _: None))))
    page = writer.pages[0]

    def named(**entries: PdfObject) -> DictionaryObject:
        return DictionaryObject({NameObject(f"/{key}"): it for key, it in entries.items()})

    group = writer._add_object(named(Type=NameObject("/OCG")))
    assert isinstance(group, IndirectObject)
    default = named(**{key: ArrayObject([group]) for key in state if key != "BaseState"})
    if "BaseState" in state:
        default[NameObject("/BaseState")] = NameObject(state["BaseState"])
    writer.root_object[NameObject("/OCProperties")] = named(OCGs=ArrayObject([group]), D=default)
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    resources[NameObject("/Properties")] = named(L=group)
    if in_set:
        listed = writer._add_object(ArrayObject([group]))
        resources[NameObject("/Properties")] = named(L=named(Type=NameObject("/OCMD"), OCGs=listed))
    drawn = page.get_contents()
    assert drawn is not None
    stream = StreamObject()
    ghost = b"/OC /L BDC BT /F1 11 Tf 60 500 Td (%s) Tj ET EMC" % GHOST.encode()
    stream.set_data(drawn.get_data() + b"\n" + ghost)
    page[NameObject("/Contents")] = writer._add_object(stream)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("state", "is_seen"),
    [
        pytest.param({"OFF": ""}, False, id="off"),
        pytest.param({"BaseState": "/OFF"}, False, id="all off"),
        pytest.param({"BaseState": "/OFF", "ON": ""}, True, id="all off but this one"),
        pytest.param({}, True, id="on"),
    ],
)
def test_a_layer_that_is_off_is_left_out(state: dict[str, str], is_seen: bool) -> None:  # noqa: FBT001
    assert (GHOST in lines_of(extract_pdf(layered(state=state)))) is is_seen


def test_a_set_of_layers_is_off_where_its_list_is_an_object_of_its_own() -> None:
    assert lines_of(extract_pdf(layered(state={"OFF": ""}, in_set=True))) == [SEEN]
    assert GHOST in lines_of(extract_pdf(layered(state={}, in_set=True)))
