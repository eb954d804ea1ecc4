"""One PDF page → fragments of text, each with its place, in the order in which the page draws them.

    page ─▶ operations, a flush before every move or look ─▶ pypdf's visitors ─▶ fragments

pypdf decodes the text and decides where words part; it reports a piece whenever the font or the
coordinate system changes, which is too seldom: two table cells drawn one after the other come as
one piece. So before every operator that moves the pen, and where a ``TJ`` leaps, an identity ``cm``
is put in, which draws nothing and makes pypdf report what it has. Colours and render modes come to
the pen only where text begins to look otherwise, as an operator of our own.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pypdf import PageObject, mult
from pypdf.generic import ArrayObject, ByteStringObject, ContentStream, DictionaryObject, NameObject

from indexer.extraction.pdf.font_metrics import UNKNOWN_FONT, FontShape, font_shape
from indexer.extraction.pdf.looks import (
    LOOK_OPERATORS,
    Look,
    LookTracker,
    drawn_object,
    form_matrix,
)

Matrix = list[float]
"""The six numbers ``a b c d e f`` of a PDF coordinate transform."""

Operation = tuple[list[object], bytes]
"""Operands and operator, as pypdf parses a content stream."""

_IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
_MOVES = frozenset({b"Td", b"TD", b"Tm", b"T*"})
_IDLE = frozenset(
    b"rg RG g G k K cs CS sc SC scn SCN gs w J j M d ri i m l c v y h re S s f F f* B B* b b* n "
    b"W W* sh BMC BDC EMC MP DP BX EX Tr".split()
)
"""Paths, colours and marks: nothing that places text, and most of what some pages draw."""

_STATE = LOOK_OPERATORS | {b"q", b"Q"}
_LOOK = b"look"  # no operator of PDF: tells the pen how text looks from here on
_SHOWS = frozenset({b"Tj", b"TJ", b"Do"})
_N_QUOTE_OPERANDS = 3  # of the operator ": word spacing, character spacing, text
_CONTENTS = NameObject("/Contents")
_LEFTWARD = re.compile(" *[\u0590-\u08ff]")
_LEAP = -700.0  # thousandths of the font size
_KERN = -40.0  # likewise; less than half of any font's space, so that pypdf sees no gap


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text set in one font without moving the pen.

    Attributes:
        text: As pypdf decodes it, with a space where it saw a gap.
        x: Start of the baseline, in points of the unrotated page.
        y: The same, upwards.
        width: Along the baseline.
        size: Font size as it appears.
        turn: Direction of the baseline in degrees against the page, a multiple of 90.
        bold: Set in a bold font.
        exact: The font lists its widths, and ``text`` begins with a space only if one is drawn.
        look: Whether it can be seen, as far as colour and render mode tell.
    """

    text: str
    x: float
    y: float
    width: float
    size: float
    turn: int
    bold: bool
    exact: bool
    look: Look = Look.PLAIN


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
        operations: Of its content stream, as the file has them.
    """

    fragments: list[Fragment]
    pictured: float
    operations: list[Operation]


def drawn_page(page: PageObject, fonts: FontShapes) -> DrawnPage:
    """Return what ``page`` draws."""
    contents = page.get("/Contents")
    if contents is None:
        return DrawnPage([], 0.0, [])
    stream = ContentStream(contents.get_object(), page.pdf, "bytes")
    operations = stream.operations
    resources = page_resources(page)
    plain = _in_single_steps(operations)
    stream.operations = list(_with_flushes(plain, LookTracker(resources)))
    pen = _Pen(fonts, resources)
    page[_CONTENTS] = stream
    try:
        page.extract_text(
            visitor_operand_before=pen.before_operation,
            visitor_operand_after=pen.after_operation,
            visitor_text=pen.take_text,
        )
    finally:
        page[_CONTENTS] = contents
    return DrawnPage(pen.fragments, pen.pictured, operations)


def page_resources(page: PageObject) -> DictionaryObject | None:
    """Return the resources of ``page``, its own or inherited."""
    found = page.get("/Resources")
    resources = found.get_object() if found is not None else None
    return resources if isinstance(resources, DictionaryObject) else None


def _in_single_steps(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Write the operators that move to the next line and show text as what they stand for.

    pypdf reports what was shown before when it sees one, and would take the new text for it
    (PDF 32000-1, table 109).
    """
    for operands, operator in operations:
        if operator == b'"' and len(operands) == _N_QUOTE_OPERANDS:
            yield operands[:1], b"Tw"
            yield operands[1:2], b"Tc"
        if operator in {b"'", b'"'}:
            yield [], b"T*"
            yield operands[-1:], b"Tj"
        else:
            yield operands, operator


def _with_flushes(operations: Iterable[Operation], looks: LookTracker) -> Iterator[Operation]:
    flush: Operation = (list(_IDENTITY), b"cm")
    is_pending = True  # the first flush drops a space that pypdf sees before the first text
    look = Look.PLAIN
    for operands, operator in operations:
        if operator in _STATE:
            looks.follow(operator, operands)
        if operator in _IDLE:
            continue
        is_look = operator in _SHOWS and looks.look is not look
        if is_pending and (operator in _MOVES or is_look):
            yield flush
            is_pending = False
        if is_look:
            look = looks.look
            yield [look], _LOOK
        if operator == b"TJ" and operands and isinstance(operands[0], list):
            first, *others = _without_leaps(operands[0])
            yield [first], operator
            for part in others:
                yield flush
                yield [part], operator
        else:
            yield operands, operator
        is_pending = is_pending or operator in _SHOWS


def _without_leaps(items: list[object]) -> Iterator[ArrayObject]:
    """Part the array of a ``TJ`` before each offset as wide as the gap between two columns.

    What is only kerned is joined, since pypdf takes as long for a letter as for a line. The
    offsets between stand behind it, so that its width is the same.
    """
    part = ArrayObject()
    codes = b""
    kerning: list[object] = []
    for item in items:
        if isinstance(item, bytes):
            codes += item
        elif codes and isinstance(item, int | float) and item > _KERN:
            kerning.append(item)
        else:
            if codes:
                part += [ByteStringObject(codes), *kerning]
                codes, kerning = b"", []
            if isinstance(item, int | float) and item <= _LEAP and part:
                yield part
                part = ArrayObject()
            part.append(item)
    yield part + [ByteStringObject(codes), *kerning] if codes else part


class _Pen:
    """Follows what a page draws, and keeps what pypdf does not tell: widths and form positions."""

    def __init__(self, fonts: FontShapes, resources: DictionaryObject | None) -> None:
        self.fragments: list[Fragment] = []
        self.pictured = 0.0
        self._look = Look.PLAIN  # outside of forms
        self._form_looks: list[LookTracker] = []
        self._resources = [resources]
        self._fonts = fonts
        self._shown: list[_Shown] = []
        self._spacing: _Spacing = (0.0, 0.0, 1.0, 0.0)
        self._saved: list[_Spacing] = []
        self._forms: list[Matrix] = []  # pypdf begins each form at the origin
        self._base: Matrix = _IDENTITY
        self._last_start: tuple[float, float] | None = None
        self._end = (0.0, 0.0)  # of what was shown last, on its baseline

    def before_operation(
        self, operator: bytes, operands: list[object], cm: Matrix, _tm: Matrix
    ) -> None:
        """Note what ``operator`` shows and how it spaces it."""
        self._base = self._forms[-1] if self._forms else _IDENTITY
        if operator in _MOVES:
            self._last_start = None  # the pen is set anew, if to the place where it was
        if operator == b"TJ" and operands and isinstance(operands[0], list):
            self._shown.append(_shown(operands[0], self._spacing, self._current_look()))
        elif operator in {b"Tj", b"'", b'"'} and operands and isinstance(operands[-1], bytes):
            look = self._current_look()
            self._shown.append(_Shown(operands[-1], 0.0, 0.0, self._spacing, look))
        elif operator == b"Do":
            self._enter(operands, mult(cm, self._base))
        elif operator == b"INLINE IMAGE":
            self.pictured += _area(mult(cm, self._base))
        elif operator == _LOOK and isinstance(operands[0], Look):
            self._look = operands[0]
        else:
            self._note_state(operator, operands)

    def after_operation(
        self, operator: bytes, _operands: list[object], _cm: Matrix, _tm: Matrix
    ) -> None:
        """Leave the form that ``Do`` entered; a new text object sets the pen anew."""
        if operator == b"BT":
            self._last_start = None
        if operator == b"Do" and self._forms:
            self._forms.pop()
            self._form_looks.pop()
            self._resources.pop()
            self._base = self._forms[-1] if self._forms else _IDENTITY

    def _enter(self, operands: list[object], matrix: Matrix) -> None:
        """Enter a form, or note how large a picture is."""
        drawn = drawn_object(self._resources[-1], operands)
        if drawn is not None and drawn.get("/Subtype") == "/Image":
            self.pictured += _area(matrix)
        own = drawn.get("/Resources") if drawn is not None else None
        own = own.get_object() if own is not None else None
        resources = own if isinstance(own, DictionaryObject) else self._resources[-1]
        self._form_looks.append(LookTracker(resources, self._current_look()))
        self._resources.append(resources)
        self._forms.append(mult(form_matrix(drawn), matrix))

    def _current_look(self) -> Look:
        return self._form_looks[-1].look if self._form_looks else self._look

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
        self.fragments.append(Fragment(text, x, y, width, height, turn, shape.bold, is_exact, look))

    def _note_state(self, operator: bytes, operands: list[object]) -> None:
        if self._form_looks and operator in _STATE:
            self._form_looks[-1].follow(operator, operands)
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


def _area(matrix: Matrix) -> float:
    """Return how much of the page a picture covers that ``matrix`` places."""
    return abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])


def _shown(items: list[object], spacing: _Spacing, look: Look) -> _Shown:
    codes = b""
    lead = kerning = 0.0
    for item in items:
        if isinstance(item, bytes):
            codes += item
        elif isinstance(item, int | float) and codes:
            kerning += item
        elif isinstance(item, int | float):
            lead += item
    return _Shown(codes, kerning, lead, spacing, look)


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
