"""Tables of contents: brings page numbers back that were drawn apart from their titles."""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.reading.layout.lines import Line

CONTENTS_LEADER = re.compile(r"(?:\s*[.·…]){4,}\s*$")
"""The dots at the end of a contents line whose page number is missing."""

_PAGE_NUMBER = re.compile(r"\d{1,4}|[ivxlc]{1,6}")
_SAME_BASELINE = 0.4


def with_page_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` of a page with each contents line and its number to the right as one."""
    numbers = [line for line in lines if _PAGE_NUMBER.fullmatch(line.text)]
    if not numbers:
        return list(lines)
    taken: set[Line] = set()
    completed: list[Line] = []
    for line in lines:
        number = _number_of(line, numbers)
        if number is None:
            completed.append(line)
        else:
            taken.add(number)
            text = f"{CONTENTS_LEADER.sub('', line.text)} .... {number.text}"
            completed.append(replace(line, text=text, x1=number.x1))
    return [line for line in completed if line not in taken]


def _number_of(line: Line, numbers: Sequence[Line]) -> Line | None:
    if not CONTENTS_LEADER.search(line.text):
        return None
    reach = _SAME_BASELINE * line.size
    beside = [n for n in numbers if abs(n.y - line.y) <= reach and n.x0 >= line.x1 - line.size]
    return min(beside, key=lambda n: n.x0, default=None)
