"""Mends tables that a file holds as text, their cells parted by bars: ``City | People | 12``.

Such tables come from character recognition, which often gives each printed line of a row a row of
its own.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from indexer.extraction.layout.endings import is_ended
from indexer.extraction.layout.groups import Group
from indexer.extraction.layout.joining import joined
from indexer.extraction.layout.lines import Line
from indexer.extraction.line_end_hyphens import Spelling
from indexer.records import BlockKind

_BAR = "|"
_MIN_WORDS = 6


def with_whole_rows(groups: Sequence[Group], spelling: Spelling) -> list[Group]:
    """Return ``groups`` with the lines of a row that came apart joined, cell by cell.

    A row goes on in the next one of its page when a cell stops without an end and the cell under it
    begins with a small letter; unless another cell but the first has come to its end and something
    stands under it, which makes the next a row of its own. A row that breaks off at the end of its
    column goes on as it stands.

    Args:
        groups: In reading order, their kinds known.
        spelling: The document's, as `joined` needs it.
    """
    whole: list[Group] = []
    for group in groups:
        above = _cells(whole[-1], spelling) if whole else []
        below = _cells(group, spelling)
        if not above or not below:
            whole.append(group)
        elif _breaks_off(whole[-1], group, above[-1], below[0]):
            whole[-1].lines.extend(group.lines)
        elif _is_same_page(whole[-1], group) and _goes_on(above, below):
            whole[-1].lines[:] = [_merged(whole[-1].lines[0], above, below)]
        else:
            whole.append(group)
    return whole


def _cells(group: Group, spelling: Spelling) -> list[str]:
    """Return the cells of a row written with bars, empty ones too; none for any other group."""
    is_barred = group.kind is BlockKind.TABLE_ROW and _BAR in group.text
    if not is_barred or group.is_drawn_row:
        return []
    return [cell.strip() for cell in joined(group.lines, spelling)[0].split(_BAR)]


def _merged(line: Line, above: Sequence[str], below: Sequence[str]) -> Line:
    cells = (f"{upper} {lower}".strip() for upper, lower in zip_longest(above, below, fillvalue=""))
    return replace(line, text=f" {_BAR} ".join(cells).strip())


def _breaks_off(above: Group, below: Group, last_cell: str, first_cell: str) -> bool:
    last, first = above.lines[-1], below.lines[0]
    is_moved = last.page != first.page or first.y > last.y
    is_prose = len(last_cell.split()) >= _MIN_WORDS and not is_ended(last_cell)
    return is_moved and is_prose and first_cell[:1].islower()


def _is_same_page(above: Group, below: Group) -> bool:
    return len({line.page for group in (above, below) for line in group.lines}) == 1


def _goes_on(above: Sequence[str], below: Sequence[str]) -> bool:
    pairs = list(zip_longest(above, below, fillvalue=""))
    first = next((at for at, (upper, lower) in enumerate(pairs) if upper or lower), 0)
    begins_anew = any(
        upper and lower and (is_ended(upper) or upper == lower)
        for at, (upper, lower) in enumerate(pairs)
        if at > first
    )
    return not begins_anew and any(
        upper and not is_ended(upper) and lower[:1].islower() for upper, lower in pairs
    )
