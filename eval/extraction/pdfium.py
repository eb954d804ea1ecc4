"""The words of a PDF as PDFium reads them, with their places, and pictures of its pages.

The picture of a page tells which words can be seen on it, whatever the file says of colours, layers
and order of drawing.
"""

import ctypes
import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from eval.errors import ExtractorError
from eval.extraction.words import Word, words_of

Picture = NDArray[np.uint8]
"""Grey values of a page, shape ``(height, width)``, one pixel for each point."""

_CONTRAST = 24
_LEAST_HEIGHT = 2.0  # points; smaller type is a trick, not text
_SMALL = 0.85  # of the size of the text that a note number stands behind
_RISE = 0.15
_NEAR = 0.6
_IN_NOTES = frozenset("0123456789,")
_MARGIN = 40  # points around a place, in its picture
_SCALE = 2
_RED = (220, 0, 0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its upper left corner, y downwards."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word, where it stands, and whether the page shows it."""

    word: Word
    box: Box
    is_seen: bool


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF for PDFium.

    Raises:
        ExtractorError: PDFium cannot read the file.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ExtractorError(f"PDFium could not read {path.name}: {error}") from error
    try:
        yield document
    finally:
        document.close()


def pdfium_words(page: pypdfium2.PdfPage) -> list[PlacedWord]:
    """Return the words of a page, in the order of its text."""
    glyphs = _Glyphs(page)
    picture: Picture = page.render(grayscale=True).to_numpy().reshape(*_size(page))
    placed = []
    for word in words_of(glyphs.text, glyphs.raised()):
        box = glyphs.box(word.start, word.end)
        placed.append(PlacedWord(word, box, is_seen=_is_seen(box, picture)))
    return placed


def _size(page: pypdfium2.PdfPage) -> tuple[int, int]:
    return math.ceil(page.get_height()), math.ceil(page.get_width())


class _Glyphs:
    """The characters of one page with their places."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self._glyphs = page.get_textpage()
        count = max(pdfium.FPDFText_CountChars(self._glyphs), 0)
        codes = (pdfium.FPDFText_GetUnicode(self._glyphs, at) for at in range(count))
        self.text = "".join(chr(code) if code <= sys.maxunicode else "\ufffd" for code in codes)

    def raised(self) -> Iterator[int]:
        """Yield the positions of digits that stand small and raised behind other text.

        A raised comma parts the numbers of two notes.
        """
        base = -1
        for at, char in enumerate(self.text):
            if char.isspace() or pdfium.FPDFText_IsGenerated(self._glyphs, at) == 1:
                continue
            if base < 0 or not (char in _IN_NOTES and self._is_raised(at, base)):
                base = at
            elif char != ",":
                yield at

    def _is_raised(self, at: int, base: int) -> bool:
        size, full = self._font_size(at), self._font_size(base)
        (x, y), (_, line) = self._origin(at), self._origin(base)
        _, _, end, _ = self._bounds(at - 1)
        is_near = self.text[at - 1].isspace() or abs(x - end) <= _NEAR * full
        return size <= _SMALL * full and _RISE * full < y - line < full and is_near

    def _font_size(self, at: int) -> float:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._glyphs, at, matrix)
        return float(pdfium.FPDFText_GetFontSize(self._glyphs, at)) * math.hypot(matrix.c, matrix.d)

    def _origin(self, at: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._glyphs, at, x, y)
        return x.value, y.value

    def _bounds(self, at: int) -> tuple[float, float, float, float]:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self._glyphs, at, left, right, bottom, top)
        return left.value, bottom.value, right.value, top.value

    def box(self, start: int, end: int) -> Box:
        """Return the rectangle around some characters, on the page as it is displayed."""
        bounds = [self._bounds(at) for at in range(start, end)]
        low = self._displayed(min(b[0] for b in bounds), min(b[1] for b in bounds))
        high = self._displayed(max(b[2] for b in bounds), max(b[3] for b in bounds))
        (left, right), (top, bottom) = (sorted(pair) for pair in zip(low, high, strict=True))
        return Box(left, top, right, bottom)

    def _displayed(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the file on the page as displayed: rotated, cropped, y downwards."""
        height, width = _size(self._page)
        across, down = ctypes.c_int(), ctypes.c_int()
        fine = 100  # device pixels for each point, since they are whole numbers
        pdfium.FPDF_PageToDevice(
            self._page, 0, 0, width * fine, height * fine, 0, x, y, across, down
        )
        return across.value / fine, down.value / fine


def _is_seen(box: Box, picture: Picture) -> bool:
    """Tell whether the page's picture shows something in ``box``."""
    height, width = picture.shape
    if min(box.bottom - box.top, box.right - box.left) <= 0:
        return True  # a glyph without an outline has no box; nothing is known of it
    if max(box.bottom - box.top, box.right - box.left) < _LEAST_HEIGHT:
        return False
    rows = slice(max(math.floor(box.top), 0), min(math.ceil(box.bottom) + 1, height))
    columns = slice(max(math.floor(box.left), 0), min(math.ceil(box.right) + 1, width))
    place = picture[rows, columns]
    return place.size > 0 and int(place.max()) - int(place.min()) >= _CONTRAST


def picture_of(page: pypdfium2.PdfPage, box: Box) -> Image.Image:
    """Return a picture of the page around ``box``, which is framed."""
    whole: Image.Image = page.render(scale=_SCALE).to_pil().convert("RGB")
    left, top, right, bottom = (
        _SCALE * side for side in (box.left - 1, box.top - 1, box.right + 1, box.bottom + 1)
    )
    ImageDraw.Draw(whole).rectangle((left, top, max(right, left), max(bottom, top)), outline=_RED)
    around = _SCALE * _MARGIN
    return whole.crop(
        (
            max(int(left - 4 * around), 0),
            max(int(top - around), 0),
            min(int(right + 4 * around), whole.width),
            min(int(bottom + around), whole.height),
        )
    )
