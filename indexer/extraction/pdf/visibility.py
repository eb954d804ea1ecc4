"""Leaves out text that nobody sees on the page: not painted, as its ground, covered, tiny, cut off.

Such text is what a search engine or a language model was meant to read, or what is left over from
an earlier page. The text behind the picture of a scan is not painted either, or lies below it, and
stays: it is the picture's own.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.extraction.pdf.drawn_text import Fragment
from indexer.extraction.pdf.looks import EVERYWHERE, Box
from indexer.extraction.pdf.painting import Area, Shape

_TINY = 2.0  # points
_TINY_SHARE = 0.0025  # of the page's height
_SCAN_SHARE = 0.5  # of the page, covered by pictures
_LOW, _HIGH = (
    0.05,
    0.6,
)  # of the font size, above the baseline: what of the letters must lie on a ground
_INSET = 0.1  # of the width, which may be estimated
_ALIKE = 0.06  # of full light, in each of red, green and blue
_NARROW = 0.05  # of the font size, for a letter
_WORD = 4  # letters
_BAND = 24.0  # points
_MAX_BANDS = 400
_OUTSIDE = 1.0  # points


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of a page can be seen, in points of the unrotated page.

    Attributes:
        x0: Left end.
        y0: Lower end.
        x1: Right end.
        y1: Upper end.
        pictured: Area that pictures cover, in square points.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    pictured: float

    @property
    def has_picture_of_page(self) -> bool:
        """Pictures cover half of it or more, as those of a scan do."""
        return self.pictured >= _SCAN_SHARE * (self.x1 - self.x0) * (self.y1 - self.y0)


def seen_and_unseen(
    fragments: Sequence[Fragment], sheet: Sheet, areas: Sequence[Area]
) -> tuple[list[Fragment], list[Fragment]]:
    """Part ``fragments`` of a page into those that a person sees and the others, in order.

    Args:
        fragments: Those of one page, in points of the unrotated page.
        sheet: The page.
        areas: What the page fills.
    """
    letters = _letters(fragments)
    unpainted = [fragment for fragment in fragments if not fragment.look.is_painted]
    is_scan = sheet.has_picture_of_page and 2 * _letters(unpainted) >= letters
    tiny = min(_TINY, _TINY_SHARE * max(sheet.y1 - sheet.y0, sheet.x1 - sheet.x0))
    small = [fragment for fragment in fragments if fragment.size < tiny]
    drops_small = 2 * _letters(small) < letters
    sheet_box = (sheet.x0, sheet.y0, sheet.x1, sheet.y1)
    grounds = _Grounds(areas, sheet)
    seen: list[Fragment] = []
    unseen: list[Fragment] = []
    for fragment in fragments:
        look = fragment.look
        is_unseen = (
            look.is_hidden
            or (not look.is_painted and not is_scan)
            or (fragment.size < tiny and drops_small)
            or _is_squeezed(fragment)
            or _is_outside(fragment, sheet_box)
            or (look.clip is not EVERYWHERE and _is_outside(fragment, look.clip, by=_OUTSIDE))
            or (look.is_painted and grounds.hide(fragment))
        )
        (unseen if is_unseen else seen).append(fragment)
    return seen, unseen


def _letters(fragments: Iterable[Fragment]) -> int:
    return sum(len(fragment.text.strip()) for fragment in fragments)


def _is_squeezed(fragment: Fragment) -> bool:
    """Tell whether letters are set so narrow that they are a line; marks have no width at all."""
    n_letters = len(fragment.text.strip())
    return 0 < fragment.width < _NARROW * n_letters * fragment.size and n_letters >= _WORD


def _is_outside(fragment: Fragment, box: Box, *, by: float = 0.0) -> bool:
    """Tell whether all of ``fragment`` stands outside of ``box``."""
    left, low, right, high = _box(fragment, 0.0, 1.0, inset=0.0)
    x0, y0, x1, y1 = box
    return right < x0 - by or left > x1 + by or high < y0 - by or low > y1 + by


def _box(fragment: Fragment, low: float, high: float, *, inset: float) -> Box:
    """Return the box of ``fragment`` between two heights above its baseline, in font sizes."""
    if fragment.turn == 0:
        x, y, width, size = fragment.x, fragment.y, fragment.width, fragment.size
        return x + inset * width, y + low * size, x + (1 - inset) * width, y + high * size
    along = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[fragment.turn]
    ends = (inset * fragment.width, (1 - inset) * fragment.width)
    ups = (low * fragment.size, high * fragment.size)
    points = [
        (fragment.x + along[0] * end - along[1] * up, fragment.y + along[1] * end + along[0] * up)
        for end in ends
        for up in ups
    ]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


class _Grounds:
    """What a page fills, found by its height."""

    def __init__(self, areas: Sequence[Area], sheet: Sheet) -> None:
        self._sheet = sheet
        self._bands: dict[int, list[Area]] = defaultdict(list)
        self._everywhere: list[Area] = []
        for area in sorted(areas, key=lambda area: area.moment):
            bands = _bands(area.y0, area.y1)
            if bands is None:
                self._everywhere.append(area)
            for band in bands or ():
                self._bands[band].append(area)

    def hide(self, fragment: Fragment) -> bool:
        """Tell whether ``fragment`` is as the ground that it lies on, or covered later."""
        if not self._bands and not self._everywhere:
            return fragment.look.is_pale
        box = _box(fragment, _LOW, _HIGH, inset=_INSET)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        ground = None
        for area in self._at(y):
            if not area.holds(x, y):
                continue
            if area.moment < fragment.moment:
                ground = area
            elif self._covers(area, box):
                return True
        return _is_as_ground(fragment, ground, box)

    def _at(self, y: float) -> Iterator[Area]:
        yield from self._everywhere
        yield from self._bands.get(int(y // _BAND), ())

    def _covers(self, area: Area, box: Box) -> bool:
        """Tell whether nothing of ``box`` can be seen below ``area``.

        Text below the picture of a page is what was recognised in it.
        """
        if not area.is_opaque or not _holds_all(area, box):
            return False
        if area.shape is Shape.PICTURE:
            return not self._sheet.has_picture_of_page
        return area.shape is Shape.BOX and area.colour is not None


def _is_as_ground(fragment: Fragment, ground: Area | None, box: Box) -> bool:
    """Tell whether text has the colour of what it lies on; paper is white.

    Any area may be the ground of pale text; other text, which may cross a line, needs a box.
    """
    look = fragment.look
    if look.colour is None or look.is_outlined:
        return False
    if ground is None:
        return look.is_pale
    if not look.is_pale and not (ground.shape is Shape.BOX and _holds_all(ground, box)):
        return False
    return ground.colour is not None and all(
        abs(one - other) <= _ALIKE for one, other in zip(look.colour, ground.colour, strict=True)
    )


def _holds_all(area: Area, box: Box) -> bool:
    return area.holds(box[0], box[1]) and area.holds(box[2], box[3])


def _bands(y0: float, y1: float) -> range | None:
    """Return the bands that an area reaches into; ``None`` for one that goes on and on."""
    if not (math.isfinite(y0) and math.isfinite(y1)) or y1 - y0 > _MAX_BANDS * _BAND:
        return None
    return range(int(y0 // _BAND), int(y1 // _BAND) + 1)
