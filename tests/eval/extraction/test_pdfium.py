import io
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from eval.errors import ExtractorError
from eval.extraction.pdfium import Box, opened, pdfium_words, picture_of

HEIGHT = 300


@pytest.fixture
def report_path(tmp_path: Path) -> Path:
    """A page with a raised number, white, tiny and covered text, and text off its edge."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, HEIGHT), invariant=1)
    draw_raised_number(canvas)
    draw_hidden_words(canvas)
    canvas.save()
    path = tmp_path / "report.pdf"
    path.write_bytes(buffer.getvalue())
    return path


def draw_raised_number(canvas: Canvas) -> None:
    text = canvas.beginText(50, 250)
    for part, size, rise in (("Some 1,200", 12, 0), ("4,5", 7, 5), (" grants", 12, 0)):
        text.setFont("Times-Roman", size)
        text.setRise(rise)
        text.textOut(part)
    canvas.drawText(text)


def draw_hidden_words(canvas: Canvas) -> None:
    """Draw words in shades of grey, over and under boxes, and one without a box: shown."""
    canvas.setFont("Times-Roman", 12)
    for word, x, y, grey, box_before, box_after in (
        ("white", 50, 200, 1, None, None),
        ("covered", 50, 150, 0, None, 1),
        ("inverted", 50, 100, 1, 0, None),
        ("outside", 500, 100, 0, None, None),
    ):
        draw_box(canvas, x, y, box_before)
        canvas.setFillGray(grey)
        canvas.drawString(x, y, word)
        draw_box(canvas, x, y, box_after)
    canvas.setFillGray(0)
    canvas.setFont("Times-Roman", 1)
    canvas.drawString(50, 50, "tiny")


def draw_box(canvas: Canvas, x: float, y: float, grey: float | None) -> None:
    if grey is not None:
        canvas.setFillGray(grey)
        canvas.rect(x - 5, y - 10, 100, 30, stroke=0, fill=1)


def test_a_raised_number_is_told_from_the_figure_before_it(report_path: Path) -> None:
    with opened(report_path) as document:
        words = [placed.word for placed in pdfium_words(document[0])]

    assert [(word.text, word.is_raised) for word in words[:5]] == [
        ("Some", False),
        ("1,200", False),
        ("4", True),
        ("5", True),
        ("grants", False),
    ]


def test_the_picture_tells_what_can_be_seen(report_path: Path) -> None:
    with opened(report_path) as document:
        words = pdfium_words(document[0])

    unseen = {placed.word.text for placed in words if not placed.is_seen}
    assert unseen == {"white", "covered", "tiny", "outside"}
    assert "inverted" in {placed.word.text for placed in words}


def test_a_word_stands_where_the_page_shows_it(report_path: Path) -> None:
    with opened(report_path) as document:
        box = pdfium_words(document[0])[0].box

    assert 50 <= box.left < box.right < 90
    assert HEIGHT - 250 - 12 < box.top < box.bottom <= HEIGHT - 250 + 1


def test_a_place_is_drawn_with_a_red_frame(report_path: Path) -> None:
    with opened(report_path) as document:
        picture = picture_of(document[0], Box(50, 40, 80, 52))

    colours = picture.getcolors(maxcolors=100_000)
    assert colours is not None
    assert (220, 0, 0) in {colour for _, colour in colours}
    assert picture.width < 2 * 400


def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_text("no PDF")

    with pytest.raises(ExtractorError, match=r"broken\.pdf"), opened(path):
        pass
