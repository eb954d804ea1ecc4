"""Raises numbers of notes that stand on the line, where the run of numbers tells what they are.

A file that has lost what was set raised has ``the refugee population.75`` on the page. Such a
number is a call of note 75 where the document has that note, and the calls before or behind it in
the text count up to it. In doubt it stays, and so does a number that is one of few in its document.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.records import BlockKind, PageStart, TextBlock
from indexer.superscripts import ABBREVIATIONS, DIGITS, superscript

_MIN_NOTES = 5
_MIN_TYPED = 3
_NEAR = 2
_NOTE = re.compile(rf"(?:[-•]\s+)?\[?(?P<number>\d{{1,3}}|[{DIGITS}]{{1,3}})(?![\d{DIGITS}])")
_CALL = re.compile(
    rf"""
    (?<=[^\W\d_]{{3}}) [”"’')\]]{{0,2}} (?:(?P<stop>[.!?])|[,;:])? [”"’')\]]{{0,2}}
    (?: (?P<raised>[{DIGITS}]{{1,3}}) (?![{DIGITS}])
      | (?P<typed>(?(stop)\ ?)\d{{1,3}})
        (?= \s*$ | \s["“‘'(¿¡]?[A-ZÀ-Þ] | (?(stop)$^|[\s;)]) )  # a stop asks for a capital
    )
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_WORD_CHARS = 30
_PLAIN = str.maketrans(DIGITS, "0123456789")
_NOTE_KINDS = frozenset({BlockKind.FOOTNOTE, BlockKind.HEADING})


@dataclass(frozen=True, slots=True)
class _Call:
    """A number that calls a note, or may.

    Attributes:
        block: Position of its block.
        start: Where it begins, with the space before it.
        end: Behind its last digit.
        number: The note's.
        is_raised: It is raised already.
    """

    block: int
    start: int
    end: int
    number: int
    is_raised: bool


def with_raised_calls(blocks: Sequence[TextBlock]) -> tuple[TextBlock, ...]:
    """Return ``blocks`` with each call of a note in superscript signs, right behind its word."""
    notes = {
        int(note["number"].translate(_PLAIN))
        for block in blocks
        if block.kind is BlockKind.FOOTNOTE and (note := _NOTE.match(block.text))
    }
    if len(notes) < _MIN_NOTES:
        return tuple(blocks)
    calls = [call for call in _calls(blocks) if call.number in notes]
    typed = [call for call in _counted(calls) if not call.is_raised]
    if len(typed) < _MIN_TYPED:
        return tuple(blocks)
    raised = list(blocks)
    for call in reversed(typed):
        raised[call.block] = _raised(raised[call.block], call)
    return tuple(raised)


def _calls(blocks: Sequence[TextBlock]) -> Iterator[_Call]:
    for position, block in enumerate(blocks):
        if block.kind in _NOTE_KINDS:
            continue
        for match in _CALL.finditer(block.text):
            group = "raised" if match["raised"] else "typed"
            before = _LAST_WORD.search(
                block.text, max(match.start() - _WORD_CHARS, 0), match.start()
            )
            if group == "typed" and before and before[0].lower() in ABBREVIATIONS:
                continue
            number = int(match[group].translate(_PLAIN))
            yield _Call(position, *match.span(group), number, group == "raised")


def _counted(calls: Sequence[_Call]) -> list[_Call]:
    """Return the calls that count up together with one right before or behind them."""
    run = _longest_rising(calls)
    numbers = [call.number for call in run]
    return [
        call
        for at, call in enumerate(run)
        if any(abs(call.number - other) <= _NEAR for other in numbers[max(at - 1, 0) : at])
        or any(abs(call.number - other) <= _NEAR for other in numbers[at + 1 : at + 2])
    ]


def _longest_rising(calls: Sequence[_Call]) -> list[_Call]:
    """Return a longest part of ``calls``, in order, whose numbers rise."""
    ends: list[int] = []  # of runs by length: their last numbers, and where those stand
    at_ends: list[int] = []
    before: list[int | None] = []
    for at, call in enumerate(calls):
        length = bisect_left(ends, call.number)
        before.append(at_ends[length - 1] if length else None)
        ends[length : length + 1] = [call.number]
        at_ends[length : length + 1] = [at]
    run: list[_Call] = []
    at_call = at_ends[-1] if at_ends else None
    while at_call is not None:
        run.append(calls[at_call])
        at_call = before[at_call]
    return run[::-1]


def _raised(block: TextBlock, call: _Call) -> TextBlock:
    """Return ``block`` with ``call`` in superscript signs and no space before it."""
    typed = block.text[call.start : call.end]
    text = block.text[: call.start] + superscript(typed) + block.text[call.end :]
    n_lost = len(block.text) - len(text)
    starts = tuple(
        PageStart(start.start - (n_lost if start.start >= call.end else 0), start.page)
        for start in block.page_starts
    )
    return replace(block, text=text, page_starts=starts)
