"""A page's operators, rewritten so that pypdf reports each piece of text by itself.

pypdf reports a piece whenever the font or the coordinate system changes, which is too seldom: two
table cells drawn one after the other come as one piece. So before every operator that moves the
pen, and where a ``TJ`` leaps, an identity ``cm`` is put in, which draws nothing and makes pypdf
report what it has. Colours and render modes come to the pen only where text begins to look
otherwise, as an operator of our own.
"""

from collections.abc import Iterable, Iterator

from pypdf.generic import ArrayObject, ByteStringObject

from indexer.extraction.pdf.looks import PLAIN
from indexer.extraction.pdf.painting import IDENTITY, PAINT_OPERATORS, PaintRecord, PaintTracker

Operation = tuple[list[object], bytes]
"""Operands and operator, as pypdf parses a content stream."""

MOVES = frozenset({b"Td", b"TD", b"Tm", b"T*"})
_FLUSHED = MOVES | {b"Ts"}  # a rise moves no pen, and yet parts a note's number from its word
_FLUSH: Operation = (list(IDENTITY), b"cm")
_IDLE = frozenset(
    b"rg RG g G k K cs CS sc SC scn SCN gs w J j M d ri i m l c v y h re S s f F f* B B* b b* n "
    b"W W* sh BMC BDC EMC MP DP BX EX Tr".split()
)
"""Paths, colours and marks: nothing that places text, and most of what some pages draw."""

LOOK = b"look"  # no operator of PDF: tells the pen how text looks from here on
SHOWS = frozenset({b"Tj", b"TJ", b"Do"})
_N_QUOTE_OPERANDS = 3  # of the operator ": word spacing, character spacing, text
_LEAP = -700.0  # thousandths of the font size
_KERN = -40.0  # likewise; less than half of any font's space, so that pypdf sees no gap


def in_single_steps(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Write the operators that move to the next line and show text as what they stand for.

    pypdf reports what was shown before when it sees one, and would take the new text for it
    (PDF 32000-1, table 109).
    """
    for operands, operator in operations:
        if operator == b'"' and len(operands) == _N_QUOTE_OPERANDS:
            yield operands[:1], b"Tw"
            yield operands[1:2], b"Tc"
        if operator in {b"'", b'"'}:
            yield [], b"T*"
            yield operands[-1:], b"Tj"
        else:
            yield operands, operator


def with_flushes(
    operations: Iterable[Operation], tracker: PaintTracker, record: PaintRecord
) -> Iterator[Operation]:
    """Put a flush before each move and look, and tell the pen of looks.

    Args:
        operations: Of a page, in single steps.
        tracker: Follows all of them, also those that are left out.
        record: Counts what is shown.
    """
    is_pending = True  # the first flush drops a space that pypdf sees before the first text
    look = PLAIN
    for operands, operator in operations:
        if operator in PAINT_OPERATORS:
            tracker.follow(operator, operands)
        if operator in _IDLE:
            continue
        is_look = operator in SHOWS and tracker.look != look
        if is_pending and (operator in _FLUSHED or is_look):
            yield _FLUSH
            is_pending = False
        if is_look:
            look = tracker.look
            yield [look], LOOK
        yield from _parted(operands, operator)
        if operator in SHOWS:
            record.steps += 1
            is_pending = True


def _parted(operands: list[object], operator: bytes) -> Iterator[Operation]:
    """Yield an operation; a ``TJ`` with a flush where it leaps."""
    if operator != b"TJ" or not operands or not isinstance(operands[0], list):
        yield operands, operator
        return
    first, *others = _without_leaps(operands[0])
    yield [first], operator
    for part in others:
        yield _FLUSH
        yield [Rest(part)], operator


class Rest(ArrayObject):
    """What is left of the array of a ``TJ`` behind a leap."""


def _without_leaps(items: list[object]) -> Iterator[ArrayObject]:
    """Part the array of a ``TJ`` before each offset as wide as the gap between two columns.

    What is only kerned is joined, since pypdf takes as long for a letter as for a line. The
    offsets between stand behind it, so that its width is the same.
    """
    part = ArrayObject()
    codes = b""
    kerning: list[object] = []
    for item in items:
        if isinstance(item, bytes):
            codes += item
        elif codes and isinstance(item, int | float) and item > _KERN:
            kerning.append(item)
        else:
            if codes:
                part += [ByteStringObject(codes), *kerning]
                codes, kerning = b"", []
            if isinstance(item, int | float) and item <= _LEAP and part:
                yield part
                part = ArrayObject()
            part.append(item)
    if codes:
        part += [ByteStringObject(codes), *kerning]
    yield part
