"""Tables of contents: brings page numbers back that were drawn apart from their titles."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.extraction.layout.lines import Line

_LEADER = re.compile(r"(?:\s*[.·…]){4,}\s*$")
_PAGE_NUMBER = re.compile(r"\d{1,4}|[ivxlc]{1,6}")
_SAME_BASELINE = 0.4
_MIN_ENTRIES = 4
_MIN_GAP = 1.5


def without_leader(text: str) -> str:
    """Return ``text`` without the dots of a contents line whose page number is missing."""
    if not text.endswith((".", "·", "…")) or text[-1] not in text[-3:-1]:
        return text  # most lines, in a tenth of the time
    return _LEADER.sub("", text)


def with_page_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` of a page with each contents line and its number to the right as one.

    A contents line ends in dots; or it is one of four or more on the page that have nothing but a
    number to the right, and those numbers never fall from top to bottom.
    """
    numbers = [line for line in lines if _PAGE_NUMBER.fullmatch(line.text)]
    if not numbers:
        return list(lines)
    number_of = _leaderless(lines, numbers)
    number_of |= {line: n for line in lines if (n := _number_of(line, numbers))}
    taken = set(number_of.values())
    return [
        _entry(line, number_of[line]) if line in number_of else line
        for line in lines
        if line not in taken
    ]


def _entry(line: Line, number: Line) -> Line:
    text = f"{without_leader(line.text)} .... {number.text}"
    return replace(line, text=text, x1=number.x1)


def _number_of(line: Line, numbers: Sequence[Line]) -> Line | None:
    if without_leader(line.text) == line.text:
        return None
    beside = [n for n in numbers if _is_beside(line, n) and n.x0 >= line.x1 - line.size]
    return min(beside, key=lambda n: n.x0, default=None)


def _leaderless(lines: Sequence[Line], numbers: Sequence[Line]) -> dict[Line, Line]:
    """Return the number of each contents line that is set without dots; none if in doubt."""
    entries: dict[Line, Line] = {}
    for number in sorted(numbers, key=lambda n: -n.y):
        level = [line for line in lines if _is_beside(line, number) and line != number]
        if not level:
            continue
        title = level[0]
        is_apart = number.x0 - title.x1 >= _MIN_GAP * title.size
        if len(level) > 1 or not is_apart or not any(map(str.isalpha, title.text)):
            return {}
        entries[title] = number
    counted = [int(n.text) for n in entries.values() if n.text.isdigit()]
    is_rising = all(above <= below for above, below in pairwise(counted))
    return entries if len(entries) >= _MIN_ENTRIES and is_rising else {}


def _is_beside(line: Line, number: Line) -> bool:
    return abs(number.y - line.y) <= _SAME_BASELINE * line.size
