"""Cuts a document into passages of whole sentences under one heading path.

    sentences ──▶ sections (one heading path) ──▶ parts within the budget
                                              ──▶ and a bridge over each cut ──▶ passages

A part ends with a paragraph where it can, and what stands on both sides of a cut is a passage, too:
an answer should not be torn in two (docs/decisions.md, D23).

What is embedded is a passage's context (title, headings, a list's lead-in or a table's header)
and its text, together within the encoder's limit of word-pieces.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise

from indexer.records import BlockKind, Document, Passage, Sentence, Span

CountPieces = Callable[[Sequence[str]], Sequence[int]]
"""Number of word-pieces of each text, without the encoder's special tokens."""

_MAX_CONTEXT_SHARE = 0.15
_INSIDE_PARAGRAPH = 1.0
_INSIDE_LIST = 0.3
_LISTED = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.FOOTNOTE})
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PassageBudget:
    """How large a passage may become.

    Attributes:
        max_words: Words of its text at most.
        max_pieces: Word-pieces of context and text together at most, special tokens not counted.
    """

    max_words: int
    max_pieces: int

    @property
    def max_text_pieces(self) -> int:
        """Return the word-pieces that text alone may take, so that some context always fits."""
        return self.max_pieces - int(self.max_pieces * _MAX_CONTEXT_SHARE)

    def filled(self, n_words: int, n_pieces: int) -> float:
        """Return the share of the budget that a text takes, above 1 if it is too long."""
        return max(n_words / self.max_words, n_pieces / self.max_text_pieces)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a part of one that is too long for a passage of its own."""

    sentence: int
    span: Span
    n_words: int
    n_pieces: int


BreakCost = Callable[[_Unit, _Unit], float]
"""What it costs to part two neighbouring units, from 0 to 1."""


def cut_passages(
    document: Document,
    sentences: Sequence[Sentence],
    *,
    budget: PassageBudget,
    count_pieces: CountPieces,
) -> tuple[Passage, ...]:
    """Return the passages of ``document`` in reading order; no character but white space is lost.

    A sentence longer than the budget is split over several passages at its words.

    Args:
        document: The document.
        sentences: All of its sentences in order.
        budget: Size of a passage.
        count_pieces: The encoder's own count.
    """
    break_cost = partial(_break_cost, document, sentences)
    passages = [
        _passage(document, sentences, part)
        for section in _sections(document, sentences)
        for part in _bridged(
            _parts(
                list(_units(document, sentences, section, budget, count_pieces)), budget, break_cost
            ),
            budget,
            break_cost,
        )
    ]
    return _with_contexts(document, passages, budget=budget, count_pieces=count_pieces)


def embedded_text(passage: Passage, text: str) -> str:
    """Return what the encoder reads for ``passage`` with the text ``text``."""
    return f"{passage.context}\n{text}" if passage.context else text


def _sections(document: Document, sentences: Sequence[Sentence]) -> Iterator[range]:
    """Yield runs of sentences under one heading path, each led by the headings that open it."""
    start = 0
    for position in range(1, len(sentences)):
        before = document.blocks[sentences[position - 1].block]
        here = document.blocks[sentences[position].block]
        is_opening = here.kind is BlockKind.HEADING and before.kind is not BlockKind.HEADING
        has_moved = here.headings != before.headings and before.kind is not BlockKind.HEADING
        is_sibling = here.kind is before.kind is BlockKind.HEADING and (
            here.headings[: len(before.headings)] != before.headings
        )
        if is_opening or has_moved or is_sibling:
            yield range(start, position)
            start = position
    if sentences:
        yield range(start, len(sentences))


def _units(
    document: Document,
    sentences: Sequence[Sentence],
    section: range,
    budget: PassageBudget,
    count_pieces: CountPieces,
) -> Iterator[_Unit]:
    texts = [sentences[position].span.of(document.text) for position in section]
    for position, text, n_pieces in zip(section, texts, count_pieces(texts), strict=True):
        n_words = len(text.split())
        span = sentences[position].span
        if budget.filled(n_words, n_pieces) <= 1:
            yield _Unit(position, span, n_words, n_pieces)
        else:
            yield from _split_unit(document, position, span, budget, count_pieces)


def _split_unit(
    document: Document,
    position: int,
    span: Span,
    budget: PassageBudget,
    count_pieces: CountPieces,
) -> Iterator[_Unit]:
    """Yield runs of words of a long sentence; a single endless word is cut into characters."""
    words = [
        Span(span.start + start, span.start + min(start + _MAX_WORD, word.end()))
        for word in _WORD.finditer(span.of(document.text))
        for start in range(word.start(), word.end(), _MAX_WORD)
    ]
    pieces = count_pieces([word.of(document.text) for word in words])
    singles = [_Unit(position, word, 1, n) for word, n in zip(words, pieces, strict=True)]
    for part in _parts(singles, budget, lambda _, __: 0.0):
        yield _Unit(
            position,
            Span(part[0].span.start, part[-1].span.end),
            sum(unit.n_words for unit in part),
            sum(unit.n_pieces for unit in part),
        )


_MAX_WORD = 60
"""Characters of one run without white space that are counted together: at most 60 word-pieces."""


def _parts(
    units: Sequence[_Unit], budget: PassageBudget, break_cost: BreakCost
) -> list[Sequence[_Unit]]:
    """Cut ``units`` where it costs least: few parts, all within the budget, well filled and whole.

    A part costs 1 and the square of the share of the budget that it leaves empty, which makes parts
    even; where it ends adds ``break_cost`` of the units on both sides.

    Source:
        Knuth and Plass (1981), Breaking paragraphs into lines, 10.1002/spe.4380111102: the same
        dynamic programme, over words and lines.
    """
    least, begins = [0.0], [0]
    for end in range(1, len(units) + 1):
        cost = break_cost(units[end - 1], units[end]) if end < len(units) else 0.0
        best, begin = math.inf, end - 1
        n_words = n_pieces = 0
        for start in range(end - 1, -1, -1):
            n_words += units[start].n_words
            n_pieces += units[start].n_pieces
            filled = budget.filled(n_words, n_pieces)
            if filled > 1 and start < end - 1:
                break
            total = least[start] + 1 + max(0.0, 1 - filled) ** 2 + cost
            if total < best:
                best, begin = total, start
        least.append(best)
        begins.append(begin)
    parts: list[Sequence[_Unit]] = []
    end = len(units)
    while end:
        parts.append(units[begins[end] : end])
        end = begins[end]
    return parts[::-1]


def _bridged(
    parts: Sequence[Sequence[_Unit]], budget: PassageBudget, break_cost: BreakCost
) -> Iterator[Sequence[_Unit]]:
    """Yield ``parts``, and between two of them what runs from the middle of one to the other's.

    Where that exceeds the budget there is no bridge.
    """
    yield from parts[:1]
    for one, two in pairwise(parts):
        end = _middle(two, break_cost) or len(two)
        bridge = [*one[_middle(one, break_cost) :], *two[:end]]
        n_words = sum(unit.n_words for unit in bridge)
        if budget.filled(n_words, sum(unit.n_pieces for unit in bridge)) <= 1:
            yield bridge
        yield two


def _middle(units: Sequence[_Unit], break_cost: BreakCost) -> int:
    """Return where to halve ``units``, at a paragraph if one is near; 0 for a single unit."""
    n_words = list(accumulate(unit.n_words for unit in units))

    def cost(position: int) -> float:
        unevenness = abs(2 * n_words[position - 1] / n_words[-1] - 1)
        return unevenness + break_cost(units[position - 1], units[position]) / 2

    return min(range(1, len(units)), key=cost, default=0)


def _break_cost(document: Document, sentences: Sequence[Sentence], one: _Unit, two: _Unit) -> float:
    """Return what it costs to part two neighbouring units.

    Most inside a paragraph, or a heading from its text; less between rows or items.
    """
    before, after = sentences[one.sentence].block, sentences[two.sentence].block
    if before == after or document.blocks[before].kind is BlockKind.HEADING:
        return _INSIDE_PARAGRAPH
    return _INSIDE_LIST if document.blocks[after].kind in _LISTED else 0.0


def _passage(
    document: Document, sentences: Sequence[Sentence], part: Sequence[_Unit]
) -> tuple[Passage, str]:
    """Return the passage of ``part``, without context yet, and the lead it would like to have."""
    blocks = [document.blocks[sentences[unit.sentence].block] for unit in part]
    span = Span(part[0].span.start, part[-1].span.end)
    passage = Passage(
        doc_id=document.doc_id,
        span=span,
        headings=blocks[-1].headings,
        first_sentence=part[0].sentence,
        last_sentence=part[-1].sentence,
    )
    lead = blocks[0].lead
    is_missing = lead is not None and lead.start < span.start
    return passage, lead.of(document.text) if lead is not None and is_missing else ""


def _with_contexts(
    document: Document,
    passages: Sequence[tuple[Passage, str]],
    *,
    budget: PassageBudget,
    count_pieces: CountPieces,
) -> tuple[Passage, ...]:
    texts = [passage.span.of(document.text) for passage, _ in passages]
    return tuple(
        Passage(
            doc_id=passage.doc_id,
            span=passage.span,
            headings=passage.headings,
            first_sentence=passage.first_sentence,
            last_sentence=passage.last_sentence,
            context=_context(
                [document.info.title, *_headings_outside(passage, text), lead],
                max_pieces=budget.max_pieces - n_pieces,
                count_pieces=count_pieces,
            ),
        )
        for (passage, lead), text, n_pieces in zip(
            passages, texts, count_pieces(texts), strict=True
        )
    )


def _headings_outside(passage: Passage, text: str) -> list[str]:
    return [heading for heading in passage.headings if heading not in text]


def _context(parts: Sequence[str], *, max_pieces: int, count_pieces: CountPieces) -> str:
    """Return as many of ``parts`` as fit, the nearest to the text first to stay."""
    for kept in _suffixes([part for part in dict.fromkeys(parts) if part]):
        context = "\n".join(kept)
        if count_pieces([context])[0] <= max_pieces:
            return context
    return ""


def _suffixes(parts: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(len(parts)):
        yield parts[first:]
