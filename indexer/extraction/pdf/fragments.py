"""One PDF page → fragments of text, each with its place, in the order in which the page draws them.

    page ─▶ operations, a flush before every move or look ─▶ pypdf's visitors ─▶ fragments

pypdf decodes the text and decides where words part; the pen follows what it draws, and keeps what
pypdf does not tell.
"""

import math
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from pypdf import PageObject, mult
from pypdf.generic import ContentStream, DictionaryObject, NameObject

from indexer.extraction.pdf.drawn_text import Fragment
from indexer.extraction.pdf.font_metrics import UNKNOWN_FONT, FontShape, font_shape
from indexer.extraction.pdf.looks import PLAIN, Look
from indexer.extraction.pdf.operations import (
    LOOK,
    MOVES,
    SHOWS,
    Rest,
    in_single_steps,
    with_flushes,
)
from indexer.extraction.pdf.painting import (
    IDENTITY,
    PAINT_OPERATORS,
    Area,
    Matrix,
    Moment,
    PaintRecord,
    PaintTracker,
    Side,
)
from indexer.extraction.pdf.resources import (
    dictionary,
    drawn_object,
    form_matrix,
    is_layer_off,
    page_resources,
)

_CONTENTS = NameObject("/Contents")
_LEFTWARD = re.compile(" *[\u0590-\u08ff]")


_Spacing = tuple[float, float, float, float]
"""Space behind a letter and behind a word, stretch, and rise above the baseline: Tc, Tw, Tz, Ts."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """Character codes shown together, and how far apart they are set."""

    codes: bytes
    kerning: float
    lead: float  # kerning before the first code
    spacing: _Spacing
    look: Look
    moment: Moment


class FontShapes:
    """The fonts of one document, each looked at once."""

    def __init__(self) -> None:
        self._shapes: dict[int, tuple[DictionaryObject, FontShape]] = {}

    def of(self, font: DictionaryObject | None) -> FontShape:
        """Return the shape of ``font``; the font is kept, so that its id stays its own."""
        if font is None:
            return UNKNOWN_FONT
        if id(font) not in self._shapes:
            self._shapes[id(font)] = (font, font_shape(font))
        return self._shapes[id(font)][1]


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """What a page draws.

    Attributes:
        fragments: Of text, in drawing order; some may hold but a space.
        pictured: Area that pictures cover, in square points; where they overlap, each counts.
        areas: What it fills, in drawing order but for those of forms, which come last.
        sides: Straight lines that it paints, but not its forms.
    """

    fragments: list[Fragment]
    pictured: float
    areas: list[Area]
    sides: list[Side]


def drawn_page(
    page: PageObject, fonts: FontShapes, layers_off: AbstractSet[int] = frozenset()
) -> DrawnPage:
    """Return what ``page`` draws.

    Args:
        page: As pypdf gives it.
        fonts: Those of the document, kept from page to page.
        layers_off: Object numbers of optional content that is not shown.
    """
    contents = page.get("/Contents")
    if contents is None:
        return DrawnPage([], 0.0, [], [])
    stream = ContentStream(contents.get_object(), page.pdf, "bytes")
    resources = page_resources(page)
    record = PaintRecord()
    tracker = PaintTracker(resources, record, layers_off=layers_off)
    stream.operations = list(with_flushes(in_single_steps(stream.operations), tracker, record))
    record.steps = 0  # the pen counts again
    pen = _Pen(fonts, resources, record, layers_off)
    page[_CONTENTS] = stream
    try:
        page.extract_text(
            visitor_operand_before=pen.before_operation,
            visitor_operand_after=pen.after_operation,
            visitor_text=pen.take_text,
        )
    finally:
        page[_CONTENTS] = contents
    return DrawnPage(pen.fragments, pen.pictured, record.areas, record.sides)


class _Pen:
    """Follows what a page draws, and keeps what pypdf does not tell: widths and form positions."""

    def __init__(
        self,
        fonts: FontShapes,
        resources: DictionaryObject | None,
        record: PaintRecord,
        layers_off: AbstractSet[int],
    ) -> None:
        self.fragments: list[Fragment] = []
        self.pictured = 0.0
        self._record = record
        self._layers_off = layers_off
        self._look = PLAIN  # outside of forms
        self._trackers: list[PaintTracker] = []  # of the forms that are being drawn
        self._resources = [resources]
        self._fonts = fonts
        self._shown: list[_Shown] = []
        self._spacing: _Spacing = (0.0, 0.0, 1.0, 0.0)
        self._saved: list[_Spacing] = []
        self._forms: list[Matrix] = []  # pypdf begins each form at the origin
        self._base: Matrix = IDENTITY
        self._last_start: tuple[float, float] | None = None
        self._end = (0.0, 0.0)  # of what was shown last, on its baseline

    def before_operation(
        self, operator: bytes, operands: list[object], cm: Matrix, _tm: Matrix
    ) -> None:
        """Note what ``operator`` shows and how it spaces it."""
        self._base = self._forms[-1] if self._forms else IDENTITY
        self._follow(operator, operands)
        if operator == b"TJ" and operands and isinstance(operands[0], list):
            self._shown.append(self._shown_now(operands[0]))
        elif operator in {b"Tj", b"'", b'"'} and operands and isinstance(operands[-1], bytes):
            self._shown.append(self._shown_now(operands[-1:]))
        elif operator == b"Do":
            self._enter(operands, mult(cm, self._base))
        elif operator == b"INLINE IMAGE":
            self.pictured += _area(mult(cm, self._base))
        elif operator == LOOK and isinstance(operands[0], Look):
            self._look = operands[0]
        else:
            self._note_state(operator, operands)

    def _follow(self, operator: bytes, operands: list[object]) -> None:
        """Follow what a form paints, and count what the page and its forms show."""
        if operator in MOVES:
            self._last_start = None  # the pen is set anew, if to the place where it was
        if self._trackers and operator in PAINT_OPERATORS:
            self._trackers[-1].follow(operator, operands)
        if operator in SHOWS and self._trackers:
            self._record.form_steps += 1
        elif operator in SHOWS and not (operands and isinstance(operands[0], Rest)):
            self._record.steps += 1

    def _shown_now(self, items: list[object]) -> _Shown:
        codes = b""
        lead = kerning = 0.0
        for item in items:
            if isinstance(item, bytes):
                codes += item
            elif isinstance(item, int | float) and codes:
                kerning += item
            elif isinstance(item, int | float):
                lead += item
        look, moment = self._current_look(), self._record.moment
        return _Shown(codes, kerning, lead, self._spacing, look, moment)

    def after_operation(
        self, operator: bytes, _operands: list[object], _cm: Matrix, _tm: Matrix
    ) -> None:
        """Leave the form that ``Do`` entered; a new text object sets the pen anew."""
        if operator == b"BT":
            self._last_start = None
        if operator == b"Do" and self._forms:
            self._forms.pop()
            self._trackers.pop()
            self._resources.pop()
            self._base = self._forms[-1] if self._forms else IDENTITY

    def _enter(self, operands: list[object], matrix: Matrix) -> None:
        """Enter a form, or note how large a picture is."""
        drawn = drawn_object(self._resources[-1], operands)
        if drawn is not None and drawn.get("/Subtype") == "/Image":
            self.pictured += _area(matrix)
        own = dictionary(drawn.get("/Resources")) if drawn is not None else None
        resources = own if own is not None else self._resources[-1]
        base = mult(form_matrix(drawn), matrix)
        look = self._current_look()
        if drawn is not None and is_layer_off(dictionary(drawn.get("/OC")), self._layers_off):
            look = replace(look, is_hidden=True)
        self._trackers.append(
            PaintTracker(
                resources, self._record, layers_off=self._layers_off, start=look, matrix=base
            )
        )
        self._resources.append(resources)
        self._forms.append(base)

    def _current_look(self) -> Look:
        return self._trackers[-1].look if self._trackers else self._look

    def take_text(
        self, text: str, cm: Matrix, tm: Matrix, font: DictionaryObject | None, size: float
    ) -> None:
        """Make a fragment of what was shown since the last one."""
        shown, self._shown = self._shown, []
        if not text.strip("\n"):
            return
        shape = self._fonts.of(font)
        matrix = mult(tm, mult(cm, self._base))
        scale = math.hypot(matrix[0], matrix[1])
        width = sum(_width(part, shape, size) for part in shown) * scale
        is_exact = shape.default_width is not None
        if not is_exact:
            width = shape.width_of(b"", text.strip("\n")) / 1000 * size * scale
        elif shown and _begins_without_space(shown, text, shape):
            text = text.lstrip(" ")  # pypdf reckons without character and word spacing
        turn = round(math.degrees(math.atan2(matrix[1], matrix[0])) / 90) * 90 % 360
        start = (matrix[4], matrix[5])
        # Two fonts, one pen: the second goes on after the first.
        x, y = self._end if start == self._last_start else start
        if shown:  # pypdf also reports spaces of its own, which move no pen
            self._last_start = start
            *_, stretch, rise = shown[0].spacing
            x, y = _along(x, y, -shown[0].lead / 1000 * size * scale * stretch, turn)
            self._end = _along(x, y, width, turn)
            x, y = _along(x, y, rise * scale, (turn + 90) % 360)
        height = abs(size) * math.hypot(matrix[2], matrix[3])
        look = shown[0].look if shown else self._current_look()
        moment = shown[-1].moment if shown else self._record.moment
        self.fragments.append(
            Fragment(
                text,
                x,
                y,
                width,
                height,
                turn,
                shape.bold,
                is_exact,
                _has_space(shown, text, shape),
                look,
                moment,
            )
        )

    def _note_state(self, operator: bytes, operands: list[object]) -> None:
        if operator == b"q":
            self._saved.append(self._spacing)
        elif operator == b"Q":
            self._spacing = self._saved.pop() if self._saved else self._spacing
        elif operator in {b"Tc", b"Tw", b"Tz", b"Ts"} and operands:
            value = operands[0]
            if isinstance(value, int | float):
                self._set_spacing(operator, float(value))

    def _set_spacing(self, operator: bytes, value: float) -> None:
        char_spacing, word_spacing, stretch, rise = self._spacing
        if operator == b"Tc":
            self._spacing = (value, word_spacing, stretch, rise)
        elif operator == b"Tw":
            self._spacing = (char_spacing, value, stretch, rise)
        elif operator == b"Tz":
            self._spacing = (char_spacing, word_spacing, value / 100, rise)
        else:
            self._spacing = (char_spacing, word_spacing, stretch, value)


def _begins_without_space(shown: list[_Shown], text: str, shape: FontShape) -> bool:
    """Tell whether a space before ``text`` can only be one that pypdf put there."""
    if _LEFTWARD.match(text):
        return False  # pypdf turns writing that runs to the left round
    begins = shape.begins_with_space(shown[0].codes)
    if begins is not None:
        return not begins
    if shape.code_bytes == 1:
        return shown[0].codes[:1] != b" "
    return sum(len(part.codes) for part in shown) == shape.code_bytes and not text.isspace()


def _has_space(shown: list[_Shown], text: str, shape: FontShape) -> bool:
    """Tell whether a space in ``text`` is drawn, and not only a gap in which pypdf put one."""
    return " " in text and any(shape.shows_space(part.codes) for part in shown)


def _area(matrix: Matrix) -> float:
    """Return how much of the page a picture covers that ``matrix`` places."""
    return abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])


def _width(shown: _Shown, shape: FontShape, size: float) -> float:
    """Return the width in text space: glyphs, kerning, character and word spacing."""
    char_spacing, word_spacing, stretch, _ = shown.spacing
    width = (shape.width_of(shown.codes, "") - shown.kerning) / 1000 * size
    width += char_spacing * (len(shown.codes) // shape.code_bytes)
    if shape.code_bytes == 1:
        width += word_spacing * shown.codes.count(b" ")
    return max(width * stretch, 0.0)


def _along(x: float, y: float, distance: float, turn: int) -> tuple[float, float]:
    steps = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    return x + steps[0] * distance, y + steps[1] * distance
