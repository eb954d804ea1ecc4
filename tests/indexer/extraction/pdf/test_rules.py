"""Rules between the cells of a table part what stands close beside each other."""

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.extraction.pdf.pages import extract_pdf
from indexer.extraction.pdf.rules import Rules
from indexer.records import BlockKind

ROWS = [("Town", "2020", "2021"), ("Loja", "80", "85"), ("Tacna", "", "130"), ("Arica", "60", "")]
LEFT, TOP, WIDE, HIGH = 60.0, 700.0, 30.0, 16.0

Draw = Callable[[Canvas, float, float, float, float], None]


def stroked_box(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.rect(x, y, width, height)


def lines(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.line(x, y, x, y + height)
    canvas.line(x + width, y, x + width, y + height)


def thin_filled_boxes(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.rect(x, y, 0.5, height, stroke=0, fill=1)
    canvas.rect(x + width, y, 0.5, height, stroke=0, fill=1)


def table(draw: Draw, *, turned: bool = False) -> bytes:
    """A page with a close-set table whose cells ``draw`` rules."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    if turned:
        canvas.rotate(90)
        canvas.translate(0, -A4[0])
    for at, row in enumerate(ROWS):
        y = (TOP if not turned else 500.0) - HIGH * at
        for column, cell in enumerate(row):
            x = LEFT + WIDE * column
            draw(canvas, x, y - 4, WIDE, HIGH)
            canvas.setFont("Helvetica-Bold" if at == 0 else "Helvetica", 10)
            canvas.drawString(x + 2, y, cell)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("turned", [False, True], ids=["upright", "sideways"])
@pytest.mark.parametrize("draw", [stroked_box, lines, thin_filled_boxes])
def test_cells_between_rules_are_cells_and_empty_ones_keep_their_place(
    draw: Draw,
    turned: bool,  # noqa: FBT001
) -> None:
    blocks = extract_pdf(table(draw, turned=turned)).blocks

    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.TABLE_HEADER, "Town | 2020 | 2021"),
        (BlockKind.TABLE_ROW, "Loja | 80 | 85"),
        (BlockKind.TABLE_ROW, "Tacna | | 130"),
        (BlockKind.TABLE_ROW, "Arica | 60 |"),
    ]


@pytest.mark.parametrize(
    ("x0", "x1", "y", "parts"),
    [
        pytest.param(90, 110, 50, True, id="between"),
        pytest.param(90, 95, 50, False, id="beside"),
        pytest.param(90, 110, 150, False, id="above"),
    ],
)
def test_a_rule_parts_what_stands_on_both_sides_of_it(
    x0: float,
    x1: float,
    y: float,
    parts: bool,  # noqa: FBT001
) -> None:
    rules = Rules([((100, 0), (100, 100)), ((0, 50), (200, 50))])

    assert rules.part(x0, x1, y) is parts
