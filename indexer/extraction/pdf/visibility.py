"""Leaves out text that nobody sees on the page: not painted, pale as paper, tiny, off the page.

Such text is what a search engine or a language model was meant to read, or what is left over from
an earlier page. The text behind the picture of a scan is not painted either, and stays: it is the
picture's own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.extraction.pdf.fragments import Fragment
from indexer.extraction.pdf.grounds import Ground
from indexer.extraction.pdf.looks import Look

_TINY = 2.0  # points
_TINY_SHARE = 0.0025  # of the page's height
_SCAN_SHARE = 0.5  # of the page, covered by pictures
_MIDDLE = 0.3  # of the font size, above the baseline


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
    fragments: Sequence[Fragment], sheet: Sheet, grounds: Callable[[], list[Ground]]
) -> tuple[list[Fragment], list[Fragment]]:
    """Part ``fragments`` of a page into those that a person sees and the others, in order.

    Args:
        fragments: Those of one page, in points of the unrotated page.
        sheet: The page.
        grounds: Finds what the page fills; called only where text is pale.
    """
    is_scan = sheet.has_picture_of_page and 2 * _letters(fragments, Look.UNPAINTED) >= _letters(
        fragments
    )
    tiny = min(_TINY, _TINY_SHARE * max(sheet.y1 - sheet.y0, sheet.x1 - sheet.x0))
    small = [fragment for fragment in fragments if fragment.size < tiny]
    drops_small = 2 * _letters(small) < _letters(fragments)
    filled = grounds() if any(fragment.look is Look.PALE for fragment in fragments) else []
    seen: list[Fragment] = []
    unseen: list[Fragment] = []
    for fragment in fragments:
        is_unseen = (
            (fragment.look is Look.UNPAINTED and not is_scan)
            or (fragment.size < tiny and drops_small)
            or _is_off(fragment, sheet)
            or (fragment.look is Look.PALE and _is_on_paper(fragment, filled))
        )
        (unseen if is_unseen else seen).append(fragment)
    return seen, unseen


def _letters(fragments: Sequence[Fragment], look: Look | None = None) -> int:
    return sum(
        len(fragment.text.strip()) for fragment in fragments if look in {None, fragment.look}
    )


def _is_off(fragment: Fragment, sheet: Sheet) -> bool:
    """Tell whether all of ``fragment`` stands outside of the page."""
    along = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[fragment.turn]
    dx, dy = (step * fragment.width for step in along)
    up_x, up_y = -along[1] * fragment.size, along[0] * fragment.size
    xs = (fragment.x, fragment.x + dx, fragment.x + up_x, fragment.x + dx + up_x)
    ys = (fragment.y, fragment.y + dy, fragment.y + up_y, fragment.y + dy + up_y)
    return max(xs) < sheet.x0 or min(xs) > sheet.x1 or max(ys) < sheet.y0 or min(ys) > sheet.y1


def _is_on_paper(fragment: Fragment, grounds: Sequence[Ground]) -> bool:
    """Tell whether the last area filled around the middle of pale text is pale, too, or none is."""
    along = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[fragment.turn]
    half, up = fragment.width / 2, _MIDDLE * fragment.size
    x = fragment.x + along[0] * half - along[1] * up
    y = fragment.y + along[1] * half + along[0] * up
    return next((ground.pale for ground in reversed(grounds) if ground.holds(x, y)), True)
