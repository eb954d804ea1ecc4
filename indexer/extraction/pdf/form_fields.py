"""Text that lies over a page and not in it: values of form fields, and notes written on the page.

A value goes on with the line before it, ``Families: 120``, as a person reads it; what has no line
before it is a line of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from indexer.extraction.layout.lines import Line
from indexer.extraction.text_cleaning import clean

_UNSEEN = 2 | 32  # hidden, not shown: PDF 32000-1, table 165
_PASSWORD = 1 << 13
_MAX_PARENTS = 8
_FONT_SIZE = re.compile(r"(?<![\d.])(\d+\.?\d*|\.\d+)\s+Tf\b")
_USUAL_SIZE = 10.0
_LETTER = 0.5  # of the font size, about as wide as a letter is
_LEVEL = 0.8  # of the font size
_NEAR = 12.0
_BLANKS = " _.…"
_N_CORNERS = 4


@dataclass(frozen=True, slots=True)
class Overlay:
    """Text that lies over the page, in points of the page as the file has it.

    Attributes:
        text: Its lines, parted by line breaks.
        x0: Left end of its box.
        y0: Lower end.
        x1: Right end.
        y1: Upper end.
        size: Of its font.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float

    @property
    def baseline(self) -> float:
        """Where its first line stands."""
        room = self.y1 - self.y0
        is_single = room < 2 * self.size
        return self.y0 + (room - 0.7 * self.size) / 2 if is_single else self.y1 - 1.1 * self.size


@dataclass(frozen=True, slots=True)
class Overlays:
    """What lies over one page.

    Attributes:
        texts: Values of fields, and notes written on the page.
        n_unread: Ticked boxes, and comments that open at a click: these are not read.
    """

    texts: tuple[Overlay, ...]
    n_unread: int


def page_overlays(page: PageObject) -> Overlays:
    """Return what lies over ``page``; what does not keep the standard is passed over."""
    texts: list[Overlay] = []
    n_unread = 0
    for annotation in _annotations(page):
        subtype = annotation.get("/Subtype")
        if subtype == "/Widget" and _inherited(annotation, "/FT") == "/Btn":
            n_unread += str(annotation.get("/AS", "/Off")) != "/Off"
        elif subtype in {"/Widget", "/FreeText"}:
            overlay = _overlay(annotation, is_field=subtype == "/Widget")
            texts += [overlay] if overlay else []
        elif subtype not in {"/Link", "/Popup"}:
            n_unread += bool(clean(str(annotation.get("/Contents", ""))))
    return Overlays(tuple(texts), n_unread)


def _annotations(page: PageObject) -> Iterator[DictionaryObject]:
    found = page.get("/Annots")
    listed = found.get_object() if isinstance(found, PdfObject) else None
    for entry in listed if isinstance(listed, ArrayObject) else ():
        annotation = entry.get_object()
        if not isinstance(annotation, DictionaryObject):
            continue
        flags: object = annotation.get("/F", 0)
        if not (isinstance(flags, int) and flags & _UNSEEN):
            yield annotation


def _inherited(field: DictionaryObject, key: str) -> object:
    """Return an entry of a field, its own or one of the fields that it is part of."""
    at: PdfObject | None = field
    for _ in range(_MAX_PARENTS):
        if not isinstance(at, DictionaryObject):
            return None
        if key in at:
            return at[key]
        parent = at.get("/Parent")
        at = parent.get_object() if isinstance(parent, PdfObject) else None
    return None


def _overlay(annotation: DictionaryObject, *, is_field: bool) -> Overlay | None:
    value = _inherited(annotation, "/V") if is_field else annotation.get("/Contents")
    flags = _inherited(annotation, "/Ff")
    if is_field and isinstance(flags, int) and flags & _PASSWORD:
        return None
    values = list(value) if isinstance(value, ArrayObject) else [value]
    lines = [
        clean(line)
        for text in values
        if isinstance(text, str)
        for line in re.split(r"[\r\n]+", text)
    ]
    corners = annotation.get("/Rect")
    corners = corners.get_object() if isinstance(corners, PdfObject) else None
    if not any(lines) or not isinstance(corners, ArrayObject) or len(corners) != _N_CORNERS:
        return None
    xs, ys = sorted(map(float, corners[::2])), sorted(map(float, corners[1::2]))
    size = _size(str(_inherited(annotation, "/DA") or ""), ys[1] - ys[0])
    return Overlay("\n".join(filter(None, lines)), xs[0], ys[0], xs[1], ys[1], size)


def _size(appearance: str, height: float) -> float:
    named = _FONT_SIZE.search(appearance)
    size = float(named[1]) if named else 0.0
    return size or min(_USUAL_SIZE, 0.7 * height) or _USUAL_SIZE


def with_overlays(lines: Sequence[Line], overlays: Sequence[Overlay], page: int) -> list[Line]:
    """Return ``lines`` of a page with the text of ``overlays`` where it lies.

    Args:
        lines: In drawing order.
        overlays: In points of the page as it is displayed.
        page: Its number.
    """
    read = list(lines)
    for overlay in sorted(overlays, key=lambda overlay: (-overlay.baseline, overlay.x0)):
        first, *others = overlay.text.split("\n")
        if any(first in line.text and _covers(overlay, line) for line in read):
            continue  # drawn on the page, too
        own = _line(first, overlay, 0, page)
        before = _before(read, own)
        if before is None:
            at = _place(read, own)
            read.insert(at, own)
        else:
            at = before
            label = read[at].text.rstrip(_BLANKS) or read[at].text
            read[at] = replace(read[at], text=f"{label} {first}", x1=max(read[at].x1, own.x1))
        read[at + 1 : at + 1] = [
            _line(text, overlay, n, page) for n, text in enumerate(others, start=1)
        ]
    return read


def _line(text: str, overlay: Overlay, n: int, page: int) -> Line:
    y = overlay.baseline - 1.2 * overlay.size * n
    x1 = overlay.x0 + _LETTER * overlay.size * len(text)
    return Line(text, page, round(overlay.x0, 2), round(x1, 2), round(y, 2), round(overlay.size, 1))


def _covers(overlay: Overlay, line: Line) -> bool:
    is_beside = line.x1 < overlay.x0 or line.x0 > overlay.x1
    return not is_beside and overlay.y0 - line.size <= line.y <= overlay.y1


def _before(lines: Sequence[Line], own: Line) -> int | None:
    """Return the position of the line that ``own`` goes on with."""
    found = [
        at
        for at, line in enumerate(lines)
        if abs(line.y - own.y) <= _LEVEL * max(line.size, own.size)
        and line.x0 < own.x0 <= line.x1 + _NEAR * own.size
    ]
    return max(found, key=lambda at: lines[at].x1) if found else None


def _place(lines: Sequence[Line], own: Line) -> int:
    """Return where ``own`` is put: behind the last line that stands higher."""
    higher = [at for at, line in enumerate(lines) if line.y > own.y and line.x0 <= own.x1]
    return max(higher, key=lambda at: -lines[at].y) + 1 if higher else len(lines)
