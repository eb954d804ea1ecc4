"""One PDF page → its lines: fragments turned upright and put together along their baselines."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise

from pypdf import PageObject

from indexer.extraction.layout.lines import Gap, Line, PageLines
from indexer.extraction.pdf.drawn_text import Fragment
from indexer.extraction.pdf.form_fields import Overlay, page_overlays, with_overlays
from indexer.extraction.pdf.fragments import DrawnPage, FontShapes, drawn_page
from indexer.extraction.pdf.overprints import without_overprints
from indexer.extraction.pdf.painting import Point
from indexer.extraction.pdf.rules import NO_RULES, Rules, level_rules
from indexer.extraction.pdf.swapped_ligatures import with_ligatures
from indexer.extraction.pdf.visibility import Sheet, seen_and_unseen
from indexer.extraction.text_cleaning import clean
from indexer.superscripts import DIGITS, superscript

# In units of the font size:
_WIDE_GAP = 0.95
_GUTTER = 0.7
_MARKER_GAP = 6.0
_BACK_STEP = 0.6
_SAME_BASELINE = 0.2
_SCRIPT_RISE = 0.65
_WORD_GAP = 0.13
_TRACKING = 0.2
"""Letters may be set as far apart as this, in a line that draws its spaces."""
_COLUMN_GAP = 0.4
_HYPHEN_GAP = 0.2
_RISE = 0.15

_TOUCH = 0.1

_LINE_WORDS = 3
_NOTE_NUMBER = re.compile(r"\[?\d{1,3}\]?")
_SCRIPT_SIZE = 0.85
_BOLD_SHARE = 0.9
_MARKER = re.compile(
    "[-–—•●○▪■□◦‣·*o➢✓\ue000-\uf8ff]"
    r"|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+\.?|[¹²³⁰-⁹*†‡]+"
)
_FIGURE_OR_NONE = re.compile(r"[-–—−]|[−-]?\d[\d.,]*%?")
_SOFT_HYPHEN = "\u00ad"
_INNER_HYPHEN = re.compile("(?<=\\w)\u00ad(?=\\w)")
_DRAWN_BULLET = re.compile("(?<!\\S)[\x7f\ue000-\uf8ff](?!\\S)|^[\x7f\ue000-\uf8ff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_NOTED_END = re.compile(
    rf"(?<=\w)([.!?][”\"’')\]]?[{DIGITS}]{{1,3}}(?:[,;][{DIGITS}]{{1,3}})*)(?=[¿¡“(]?[A-ZÀ-Þ])"
)
"""The end of a sentence with the numbers of its notes, and no space before the next sentence."""


def page_lines(
    page: PageObject, number: int, fonts: FontShapes, layers_off: AbstractSet[int]
) -> PageLines:
    """Return the lines of ``page`` as one sees it, whatever way the file turned it.

    Args:
        page: As pypdf gives it.
        number: Physical page, 1-based.
        fonts: Those of the document, kept from page to page.
        layers_off: Object numbers of optional content that is not shown.
    """
    box = page.mediabox
    width, height = box_size = float(box.width), float(box.height)
    left, bottom = float(box.left), float(box.bottom)
    drawn = drawn_page(page, fonts, layers_off)
    fragments, unseen = seen_and_unseen(drawn.fragments, _sheet(page, drawn), drawn.areas)
    if left or bottom:
        fragments = [replace(f, x=f.x - left, y=f.y - bottom) for f in fragments]
    turn = _reading_turn(fragments, page.rotation % 360)
    sides = [
        (
            _placed(x0 - left, y0 - bottom, turn, box_size),
            _placed(x1 - left, y1 - bottom, turn, box_size),
        )
        for (x0, y0), (x1, y1) in drawn.sides
    ]
    rules = Rules(sides)
    upright = [_turned(f, turn, box_size) for f in fragments if f.turn == turn]
    sideways = [_turned(f, f.turn, box_size) for f in fragments if f.turn != turn]
    overlays = page_overlays(page)
    over = [
        _displayed(overlay, lambda x, y: _placed(x - left, y - bottom, turn, box_size))
        for overlay in overlays.texts
    ]
    if turn % 180:
        width, height = height, width
    return PageLines(
        number,
        width,
        height,
        lines=tuple(with_overlays(_joined(upright, number, rules), over, number)),
        asides=tuple(_joined(sideways, number)),
        n_unseen=sum(len(fragment.text.split()) for fragment in unseen),
        n_unread=overlays.n_unread,
        rules=level_rules(sides),
    )


def _sheet(page: PageObject, drawn: DrawnPage) -> Sheet:
    media, crop = page.mediabox, page.cropbox
    x0, y0 = max(media.left, crop.left), max(media.bottom, crop.bottom)
    x1, y1 = min(media.right, crop.right), min(media.top, crop.top)
    if x0 >= x1 or y0 >= y1:
        x0, y0, x1, y1 = media.left, media.bottom, media.right, media.top
    return Sheet(float(x0), float(y0), float(x1), float(y1), drawn.pictured)


def _reading_turn(fragments: Iterable[Fragment], rotation: int) -> int:
    """Return which way text runs on the page: as ``/Rotate`` says, unless most of it does not."""
    letters: Counter[int] = Counter()
    for fragment in fragments:
        letters[fragment.turn] += len(fragment.text)
    if not letters or letters[rotation] * 2 >= letters.total():
        return rotation
    return letters.most_common(1)[0][0]


def _turned(fragment: Fragment, turn: int, box_size: tuple[float, float]) -> Fragment:
    """Return ``fragment`` on a page turned so that a baseline of direction ``turn`` runs right."""
    if turn == 0:
        return fragment
    x, y = _placed(fragment.x, fragment.y, turn, box_size)
    return replace(fragment, x=x, y=y, turn=0)


def _placed(x: float, y: float, turn: int, box_size: tuple[float, float]) -> tuple[float, float]:
    """Return where a point stands on that page."""
    width, height = box_size
    if turn == 0:
        return x, y
    return {90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}[turn]


def _displayed(overlay: Overlay, place: Callable[[float, float], Point]) -> Overlay:
    """Return ``overlay`` on the page as it is displayed."""
    (xa, ya), (xb, yb) = place(overlay.x0, overlay.y0), place(overlay.x1, overlay.y1)
    x0, x1, y0, y1 = min(xa, xb), max(xa, xb), min(ya, yb), max(ya, yb)
    return replace(overlay, x0=x0, y0=y0, x1=x1, y1=y1)


def _joined(fragments: Sequence[Fragment], page: int, rules: Rules = NO_RULES) -> list[Line]:
    runs: list[_Run] = []
    for fragment in without_overprints(fragments):
        if runs and runs[-1].takes(fragment):
            runs[-1].add(fragment)
        elif not fragment.text.isspace():
            runs.append(_Run(fragment, rules))
    return [line for run in _side_by_side(runs) if (line := run.line(page))]


class _Run:
    """Fragments that stand beside each other on one baseline, growing to the right."""

    def __init__(self, first: Fragment, rules: Rules) -> None:
        self._rules = rules
        self.parts = [first]
        self.x0, self.x1, self.y, self.size = first.x, first.x + first.width, first.y, first.size
        self._draws_space = first.draws_space

    def takes(self, fragment: Fragment) -> bool:
        """Tell whether ``fragment``, drawn next, goes on with this run."""
        is_level = self._is_level(fragment.y, fragment.size) or self._is_noted_by(fragment)
        return is_level and self._is_near(fragment)

    def _is_noted_by(self, fragment: Fragment) -> bool:
        """Tell whether ``fragment`` is a note's number as large as the text that it touches."""
        rise, gap = fragment.y - self.y, fragment.x - self.x1
        if not _RISE * self.size < rise < _SCRIPT_RISE * self.size:
            return False
        is_close = abs(gap) <= _TOUCH * self.size and self.text()[-1:].strip() != ""
        return is_close and _NOTE_NUMBER.fullmatch(fragment.text.strip()) is not None

    def _is_level(self, y: float, size: float) -> bool:
        small, large = sorted((size, self.size))
        is_script = small <= _SCRIPT_SIZE * large
        return abs(y - self.y) <= (_SCRIPT_RISE if is_script else _SAME_BASELINE) * large

    def _is_near(self, fragment: Fragment) -> bool:
        gap = (fragment.x - self.x1) / max(self.size, 1.0)
        text = self.text()
        is_line_each = min(text.count(" "), fragment.text.count(" ")) >= _LINE_WORDS
        widest = _GUTTER if is_line_each else _WIDE_GAP
        if gap > widest and _is_marker(text.strip(), fragment.text.strip()):
            widest = _MARKER_GAP
        steps_back = _BACK_STEP * max(1.0, len(text) / 8)  # where widths are estimated
        if not -steps_back <= gap <= widest or fragment.x < self.x0:
            return False
        return gap <= _WORD_GAP or not self._rules.part(self.x1, fragment.x, fragment.y)

    def add(self, fragment: Fragment) -> None:
        """Take ``fragment`` in; the run's baseline is that of its largest part."""
        text = self._superscript(fragment) or self._spaced(fragment)
        self.parts.append(fragment if text is fragment.text else replace(fragment, text=text))
        self._draws_space |= fragment.draws_space
        self.x1 = max(self.x1, fragment.x + fragment.width)
        if fragment.size > self.size:
            self.size, self.y = fragment.size, fragment.y

    def _superscript(self, fragment: Fragment) -> str | None:
        """Return a small raised number as what it is: ``people.⁵³``, ``1,200⁴``, ``km²``, ``10⁻⁶``.

        As plain digits it would be part of the figure before it, or a word of its own.
        """
        is_raised = fragment.y - self.y > _RISE * self.size
        is_small = fragment.size <= _SCRIPT_SIZE * self.size or self._is_noted_by(fragment)
        if not is_raised or not is_small or not self.text().strip():
            return None
        return _raised(fragment.text.lstrip(" "))

    def _raise_first(self, size: float) -> None:
        """Write the small raised number that opens a note as superscript digits, too."""
        first = self.parts[0]
        is_raised = first.size <= _SCRIPT_SIZE * size and first.y - self.y > _RISE * size
        if is_raised and (raised := _raised(first.text)):
            self.parts[0] = replace(first, text=raised)

    def _spaced(self, fragment: Fragment) -> str:
        """Return the text of ``fragment``, behind a space where its place calls for one."""
        before, text = self.parts[-1], fragment.text
        if before.text.endswith((" ", "\n")) or text[:1] == " ":
            return text
        widest = _WORD_GAP if fragment.exact and before.exact else 2 * _WORD_GAP
        is_new = before.text[-1:] in ".,;:!?" and text[:1].isalpha()
        if (self._draws_space or fragment.draws_space) and not is_new:
            widest = max(widest, _TRACKING)
        if "-" in (before.text[-1:], text[:1]):
            widest = max(widest, _HYPHEN_GAP)  # set apart a little, as letters may be
        return " " + text if fragment.x - self.x1 > widest * fragment.size else text

    def with_behind(self, other: "_Run") -> list[Fragment]:
        """Return the parts of this run and of ``other``, which stands right after it."""
        first, *rest = other.parts
        return [*self.parts, replace(first, text=self._spaced(first)), *rest]

    def joins(self, other: "_Run") -> bool:
        """Tell whether ``other``, drawn at another time, stands right after this run."""
        if abs(other.y - self.y) > _SAME_BASELINE * min(self.size, other.size) / 2:
            return False
        gap = (other.x0 - self.x1) / max(self.size, other.size, 1.0)
        is_near = -_WORD_GAP <= gap <= 2 * _WORD_GAP
        return is_near and not self._rules.part(self.x1, other.x0, self.y)

    def text(self) -> str:
        """Return the text so far, as drawn."""
        return "".join(part.text for part in self.parts).replace("\n", "")

    def line(self, page: int) -> Line | None:
        """Return the run as a line, or ``None`` where nothing readable is left of it."""
        size = _main_size(self.parts)
        self._raise_first(size)
        text = _readable(self.text())
        if not text:
            return None
        main = [part for part in self.parts if part.size > _SCRIPT_SIZE * size]
        letters = sum(len(part.text.strip()) for part in main)
        bold = sum(len(part.text.strip()) for part in main if part.bold)
        first = self.parts[0]
        return Line(
            text=text,
            page=page,
            x0=round(self.x0, 2),
            x1=round(self.x1, 2),
            y=round(self.y, 2),
            size=round(size, 1),
            bold=bold >= _BOLD_SHARE * letters,
            raised=first.size <= _SCRIPT_SIZE * size and first.text.strip()[:1].isalnum(),
            gaps=tuple(self._gaps(text)),
        )

    def _gaps(self, text: str) -> Iterator[Gap]:
        """Yield the wide spaces between the parts that make up ``text``."""
        drawn, end = "", self.x0
        for part in self.parts:
            if drawn.strip() and part.text.strip() and part.x - end > _COLUMN_GAP * self.size:
                before = _readable(drawn)
                if text.startswith(f"{before} "):
                    yield Gap(len(before.split()), round(end, 2), round(part.x, 2))
            drawn += part.text.replace("\n", "")
            end = part.x + part.width if part.text.strip() else end


def _is_marker(text: str, following: str) -> bool:
    """Tell whether ``text`` is a list's marker, or a heading's number, and what follows its item.

    A dash or a figure before another one is a table's cell: ``8.7`` and ``10.9``, ``–`` and ``41``.
    """
    if not _MARKER.fullmatch(text):
        return False
    return not (_FIGURE_OR_NONE.fullmatch(text) and _FIGURE_OR_NONE.fullmatch(following))


def _raised(text: str) -> str | None:
    """Return raised numbers and marks in superscript signs; ``None`` for anything else."""
    bare = text.strip(" ")
    signs = superscript(bare)
    return text.replace(bare, signs) if signs != bare else None


def _side_by_side(runs: list[_Run]) -> list[_Run]:
    """Put runs together that were drawn apart, such as a bold word added after its line."""
    by_place = sorted(runs, key=lambda run: (-round(run.y, 1), run.x0))
    gone: set[int] = set()
    for left, right in pairwise(by_place):
        if left.joins(right) and right.size == left.size:
            right.parts, right.x0 = left.with_behind(right), left.x0
            gone.add(id(left))
    return [run for run in runs if id(run) not in gone]


def _main_size(parts: Sequence[Fragment]) -> float:
    letters: Counter[float] = Counter()
    for part in parts:
        letters[part.size] += len(part.text.strip())
    return letters.most_common(1)[0][0]


def _readable(text: str) -> str:
    """Return ``text`` washed; a private-use glyph is a bullet if it stands alone, else U+FFFD.

    So is code 127, where WinAnsi fonts hold a bullet (PDF 32000-1, D.2, note 3) and pypdf leaves a
    control character. A soft hyphen at the end stays: it decides how the next line is joined. One
    inside a line is a plain one, since a page shows what it draws. A sentence stands behind a space
    also where the number of a note fills the space before it.
    """
    bulleted = _DRAWN_BULLET.sub("• ", text.strip())
    hyphened = _INNER_HYPHEN.sub("-", with_ligatures(bulleted))
    washed = _NOTED_END.sub(r"\1 ", clean(_PRIVATE.sub("\ufffd", hyphened)))
    is_broken = text.rstrip().endswith(_SOFT_HYPHEN) and washed
    return washed + _SOFT_HYPHEN if is_broken else washed
