"""Lines that belong together, before it is known what kind of block they make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.extraction.layout.body_text_size import Typography
from indexer.extraction.layout.endings import is_ended
from indexer.extraction.layout.lines import Line
from indexer.extraction.text_cleaning import contents_entry, split_bullet
from indexer.records import BlockKind

_LOOSE = 1.22
_INDENT = 0.8
_MAX_INDENT = 7.0
_SHORT = 0.18
_HALF = 0.6
_SPACE = 0.25
_MIN_ALIKE = 4
_LARGER = 1.1
_SIZE_STEP = 0.09
_BULLETS = "•●○▪■□◦‣➢✓"


@dataclass(slots=True)
class Group:
    """Consecutive lines that become one block.

    Attributes:
        lines: In reading order, at least one.
        right: Where a full line of its column ends.
        kind: What block it becomes.
        level: Of a heading.
        is_drawn_row: It is a table row put together from cells drawn beside each other.
    """

    lines: list[Line]
    right: float
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    is_drawn_row: bool = False

    @property
    def text(self) -> str:
        """The lines with a space between them: for looking at, not for keeping."""
        return " ".join(line.text for line in self.lines)

    @property
    def is_full(self) -> bool:
        """The last line runs to the end of its column, so the text may go on elsewhere."""
        last = self.lines[-1]
        return last.x1 >= self.right - _SHORT * max(self.right - last.x0, 1.0)

    @property
    def size(self) -> float:
        """Font size of the first line."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Every line is bold."""
        return all(line.bold for line in self.lines)


def grouped(lines: Sequence[Line], style: Typography) -> Iterator[Group]:
    """Yield the paragraphs, items and headings that ``lines`` of one page make up, in order."""
    group: Group | None = None
    ends: dict[tuple[float, float, bool], float] = {}
    for line in lines:
        style_at = (line.x0, line.size, line.bold)
        right = ends.get(style_at) or ends.setdefault(style_at, _column_end(line, lines))
        if group and _goes_on(group, line, style):
            group.lines.append(line)
            group.right = max(group.right, right)
        else:
            if group:
                yield group
            group = Group([line], right)
    if group:
        yield group


def _column_end(line: Line, lines: Sequence[Line]) -> float:
    """Return where a full line ends that begins near ``line``'s left end.

    Lines of its own size tell, if they are many or if it is set like a heading; else all lines do.
    """
    near = [other for other in lines if abs(other.x0 - line.x0) <= 5 * line.size + 1]
    alike = [other.x1 for other in near if abs(other.size - line.size) <= _SIZE_STEP * line.size]
    is_sure = line.bold or len(alike) >= _MIN_ALIKE
    return max(alike if is_sure else [other.x1 for other in near])


def _goes_on(group: Group, line: Line, style: Typography) -> bool:
    """Tell whether ``line`` belongs to ``group``."""
    last = group.lines[-1]
    step = last.y - line.y
    if not 0.3 * line.size < step <= _LOOSE * style.pitch(max(last.size, line.size)):
        return False
    if abs(last.size - line.size) > _SIZE_STEP * last.size or contents_entry(last.text):
        return False
    if _is_apart(group, line) or _starts_item(line, last) or _is_shifted(group, line):
        return False
    if line.text[:1].islower():
        return not _ends_clause(group, line)
    return not _is_last(group, line, style)


def _ends_clause(group: Group, line: Line) -> bool:
    """Tell whether the last line ends an item of a list, which goes on in small letters."""
    last = group.lines[-1]
    return last.text.endswith(";") and not group.is_full and _has_room(last, line, group.right)


def _is_last(group: Group, line: Line, style: Typography) -> bool:
    """Tell whether the last line is short because its paragraph, or its row of a list, is over.

    It is not over where the first word of ``line`` found no room on it.
    """
    last = group.lines[-1]
    if is_ended(last.text):
        return not group.is_full
    is_half = last.x1 < last.x0 + _HALF * (group.right - last.x0)
    is_over = is_half and _has_room(last, line, group.right)
    return is_over and not last.bold and last.size < _LARGER * style.size


def _has_room(last: Line, line: Line, right: float) -> bool:
    """Tell whether the first word of ``line`` would have fitted behind ``last``."""
    word = line.text.split(maxsplit=1)[0]
    width = len(word) * (line.x1 - line.x0) / len(line.text)
    return last.x1 + width + _SPACE * line.size <= right


def _is_apart(group: Group, line: Line) -> bool:
    """Tell whether a change between bold and plain parts ``line`` from what is above it."""
    last = group.lines[-1]
    if last.bold == line.bold:
        return False
    if line.bold:
        return is_ended(last.text) or not group.is_full
    return not group.is_full and not line.text[:1].islower()


def _starts_item(line: Line, last: Line) -> bool:
    if not split_bullet(line.text):
        return False
    if line.text[0] in _BULLETS:
        return True
    return (
        is_ended(last.text)
        or last.text.endswith((",", " and", " or", " y", " o", " e", " ou"))
        or abs(line.x0 - last.x0) > _INDENT * line.size
        or bool(split_bullet(last.text))
    )


def _is_shifted(group: Group, line: Line) -> bool:
    """Tell whether ``line`` is indented or outdented as a new paragraph would be."""
    last = group.lines[-1]
    shift = (line.x0 - last.x0) / line.size
    if len(group.lines) == 1 and -_MAX_INDENT <= shift < 0 and group.is_full:
        return False  # the rest of a paragraph whose first line is indented, however short
    if line.x0 > last.x1 or line.x1 < last.x0 or abs(shift) > 3 * _MAX_INDENT:
        return True
    if abs(shift) <= _INDENT or (len(group.lines) == 1 and (shift < 0 or _is_item(group))):
        return False
    is_centred = abs((line.x0 + line.x1) - (last.x0 + last.x1)) <= 2 * line.size
    if is_centred:
        return False
    return is_ended(last.text) or not group.is_full or shift < 0


def _is_item(group: Group) -> bool:
    return split_bullet(group.lines[0].text) is not None or group.lines[0].raised
