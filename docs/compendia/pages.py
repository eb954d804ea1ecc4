"""The pages of a compendium: frames, running heads, printed page labels, outline."""

import html
import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from docs.compendia.look import HAIRLINE, QUIET
from docs.compendia.sources import Compendium

WIDTH, HEIGHT = A4
MARGIN = 86.0
TEXT_WIDTH = WIDTH - 2 * MARGIN
TOP, BOTTOM = 92.0, 84.0
GUTTER = 26.0


class Heading(Paragraph):
    """A heading that the outline lists and, down to level 1, the contents too."""

    def __init__(self, text: str, style: ParagraphStyle, *, level: int, key: str) -> None:
        super().__init__(html.escape(text, quote=False), style)
        self.plain, self.level, self.key = text, level, key


class BodyStart(Flowable):
    """Takes no room; the page it falls on is page 1."""

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:  # noqa: D102
        return (0, 0)

    def draw(self) -> None:  # noqa: D102
        return


class Pages(BaseDocTemplate):
    """The pages of a compendium: running heads, printed page labels, outline, contents.

    The front matter counts i, ii, iii; the body starts again at 1.
    """

    def __init__(self, target: io.BytesIO, compendium: Compendium) -> None:
        super().__init__(
            target,
            pagesize=A4,
            title=f"{compendium.title}: {compendium.subtitle}",
            author=compendium.publisher,
            subject="Practice briefs, CC BY 4.0",
            creator="docs/compendia/typeset.py",
            lang="en-GB",
            initialFontName="Serif",
            invariant=1,
        )
        self.compendium = compendium
        self.front_pages = 0
        self.right_head = ""
        self.addPageTemplates(
            [
                _template("cover", [(MARGIN, BOTTOM, TEXT_WIDTH, HEIGHT - BOTTOM - 190)]),
                _template("imprint", [(MARGIN, BOTTOM, TEXT_WIDTH * 0.75, 170)], self.draw_foot),
                _template("front", [column(0, 1)], self.draw_foot),
                _template("1", [column(0, 1)], self.draw_page),
                _template("2", [column(0, 2), column(1, 2)], self.draw_page),
                _template("2-opening", _opening_frames(), self.draw_page),
            ]
        )

    def beforeDocument(self) -> None:  # noqa: D102, N802 (reportlab's name)
        self.front_pages, self.right_head = 0, ""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: D102, N802 (reportlab's name)
        if isinstance(flowable, BodyStart):
            self.front_pages = self.page - 1
            self.canv.addPageLabel(0, style="ROMAN_LOWER", start=1)
            self.canv.addPageLabel(self.page - 1, style="ARABIC", start=1)
        if isinstance(flowable, Heading):
            self._list(flowable)

    def _list(self, heading: Heading) -> None:
        self.canv.bookmarkPage(heading.key)
        self.canv.addOutlineEntry(
            heading.plain, heading.key, heading.level, closed=heading.level > 0
        )
        if heading.level <= 1:
            text = html.escape(heading.plain, quote=False)
            self.notify(
                "TOCEntry", (heading.level, text, self.page - self.front_pages, heading.key)
            )
            self.right_head = heading.plain

    @property
    def label(self) -> str:
        """The printed number of the page being set."""
        return str(self.page - self.front_pages) if self.front_pages else _roman(self.page)

    @property
    def is_right(self) -> bool:
        """Whether the page is a right one, as odd printed numbers are."""
        return (self.page - self.front_pages) % 2 == 1

    def draw_foot(self, canvas: Canvas, _doc: BaseDocTemplate) -> None:
        """Print the page number at the outer edge of the foot."""
        canvas.saveState()
        canvas.setFont("Sans", 8.6)
        canvas.setFillColor(QUIET)
        if self.is_right:
            canvas.drawRightString(WIDTH - MARGIN, BOTTOM - 34, self.label)
        else:
            canvas.drawString(MARGIN, BOTTOM - 34, self.label)
        canvas.restoreState()

    def draw_page(self, canvas: Canvas, doc: BaseDocTemplate) -> None:
        """Print the running head (compendium on a left page, subject on a right one) and foot."""
        self.draw_foot(canvas, doc)
        canvas.saveState()
        canvas.setFont("Sans", 8.2)
        canvas.setFillColor(QUIET)
        height = HEIGHT - TOP + 30
        if self.is_right:
            canvas.drawRightString(WIDTH - MARGIN, height, self.right_head)
        else:
            canvas.drawString(MARGIN, height, self.compendium.title)
        canvas.setStrokeColor(HAIRLINE)
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, height - 7, WIDTH - MARGIN, height - 7)
        canvas.restoreState()


Box = tuple[float, float, float, float]
"""Left, bottom, width, height of a frame, in points."""


def _template(name: str, boxes: Sequence[Box], draw: Any = None) -> PageTemplate:
    frames = [
        Frame(*box, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0) for box in boxes
    ]
    return PageTemplate(id=name, frames=frames, onPageEnd=draw or _draw_nothing)


def _draw_nothing(_canvas: Canvas, _doc: BaseDocTemplate) -> None:
    return


def column(at: int, of: int, *, drop: float = 0) -> Box:
    """Return the frame of column ``at`` (from 0) ``of`` so many, ``drop`` points below the top."""
    width = (TEXT_WIDTH - GUTTER * (of - 1)) / of
    return (MARGIN + at * (width + GUTTER), BOTTOM, width, HEIGHT - TOP - BOTTOM - drop)


def _opening_frames() -> list[Box]:
    room = 74.0
    head = (MARGIN, HEIGHT - TOP - room, TEXT_WIDTH, room)
    return [head, column(0, 2, drop=room), column(1, 2, drop=room)]


def _roman(number: int) -> str:
    return ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii")[number]
