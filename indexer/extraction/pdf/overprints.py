"""Leaves out what a page draws a second time in its place, as poor man's bold and shadows are.

A program without a bold cut draws a line, a word or each glyph twice, a hair apart. Where a word
alone is drawn again it lies within the line that has it already.
"""

from collections import defaultdict
from collections.abc import Iterable

from indexer.extraction.pdf.drawn_text import Fragment

# In units of the font size:
_ASIDE = 0.25
_ABOVE = 0.22
_OTHER_SIZE = 0.1
_OFF = 1.0  # a word's place in a line is reckoned as if all letters were equally wide

_HALF = 0.5
_BAND = 8.0  # points


def without_overprints(fragments: Iterable[Fragment]) -> list[Fragment]:
    """Return ``fragments`` without those that repeat another one in its place.

    Args:
        fragments: In drawing order, all of one direction, baselines running right.
    """
    kept: dict[int, Fragment] = {}
    bands: dict[int, list[int]] = defaultdict(list)
    ends: dict[int, float] = defaultdict(lambda: float("-inf"))
    for at, fragment in enumerate(fragments):
        band = int(fragment.y // _BAND)
        near = (band - 1, band, band + 1)
        if fragment.width and any(fragment.x < ends[other] for other in near):
            others = [id_ for other in near for id_ in bands[other] if id_ in kept]
            if any(_is_in(fragment, kept[id_]) for id_ in others):
                continue
            for id_ in others:
                if _is_in(kept[id_], fragment):
                    del kept[id_]
        kept[at] = fragment
        bands[band].append(at)
        ends[band] = max(ends[band], fragment.x + fragment.width)
    return list(kept.values())


def _is_in(fragment: Fragment, other: Fragment) -> bool:
    """Tell whether ``other`` shows the text of ``fragment`` where ``fragment`` does."""
    size = other.size
    if abs(fragment.y - other.y) > _ABOVE * size or abs(fragment.size - size) > _OTHER_SIZE * size:
        return False
    reach = min(_ASIDE * size, _HALF * fragment.width)
    if fragment.x < other.x - reach or fragment.x + fragment.width > other.x + other.width + reach:
        return False
    text, whole = fragment.text.strip(), other.text.strip()
    if text == whole:
        return abs(fragment.x - other.x) <= reach
    return fragment.exact and other.exact and bool(text) and _is_there(text, fragment.x, other)


def _is_there(text: str, x: float, other: Fragment) -> bool:
    """Tell whether ``text`` stands in ``other`` about at ``x``."""
    at = other.text.find(text)
    while at >= 0:
        if abs(other.x + other.width * at / len(other.text) - x) <= _OFF * other.size:
            return True
        at = other.text.find(text, at + 1)
    return False
