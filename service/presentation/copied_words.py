"""A quote as it is copied or exported: its words, without the signs that its page alone explains.

A quote is verbatim by its words. The bullet of a list and the raised number of a note are no words
of it: in a memo, the one belongs to no list and the other calls a note that is not there, beside
the memo's own. The quotes of an answer, as they are shown, and all that the API gives have them, as
the report does; a sentence that may answer a refused question stands alone, and has them not. A
passage in a file loses the numbers and keeps the bullets: it may be a list.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from indexer.records import Span
from indexer.superscripts import note_calls
from service.records import Quote, QuotedTable

_LIST_MARKER = re.compile(r"[-•*–·]\s+")


def copied(text: str) -> str:
    """Return a quote without the bullet of its list and without the raised numbers of notes."""
    return without_note_calls(without_list_marker(text))


def without_list_marker(text: str) -> str:
    """Return a quoted list item without its bullet, which means nothing outside of the list."""
    marker = _LIST_MARKER.match(text)
    return text[marker.end() :] if marker else text


def without_note_calls(text: str) -> str:
    """Return ``text`` without the raised numbers that call notes."""
    kept, last = [], 0
    for start, end in note_calls(text):
        kept.append(text[last:start])
        last = end
    return "".join([*kept, text[last:]])


def parts_without_note_calls(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the parts of one text likewise: a call may stand in another part than its word."""
    calls = {at for start, end in note_calls("".join(parts)) for at in range(start, end)}
    places = count()
    return tuple(
        "".join(sign for sign, at in zip(part, places, strict=False) if at not in calls)
        for part in parts
    )


def marks_without_note_calls(text: str, marks: Sequence[Span]) -> tuple[Span, ...]:
    """Return parts of ``text`` as spans of it without the raised numbers that call notes."""
    calls = tuple(note_calls(text))

    def moved(place: int) -> int:
        return place - sum(min(end, place) - start for start, end in calls if start < place)

    places = ((moved(mark.start), moved(mark.end)) for mark in marks)
    return tuple(Span(start, end) for start, end in places if start < end)


def copied_quote(quote: Quote) -> Quote:
    """Return a quote to be set down elsewhere; what answers is not marked in it."""
    table = quote.table and _copied_table(quote.table)
    return replace(quote, text=copied(quote.text), highlight=None, table=table)


def _copied_table(table: QuotedTable) -> QuotedTable:
    return QuotedTable(
        columns=tuple(map(without_note_calls, table.columns)),
        cells=tuple(map(without_note_calls, table.cells)),
        caption=table.caption and without_note_calls(table.caption),
        group=table.group and without_note_calls(table.group),
    )
