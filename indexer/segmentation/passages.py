"""Cuts a document into passages of whole sentences under one heading path.

    sentences ──▶ sections (one heading path) ──▶ even parts within the budget ─┬─▶ passages
                                                       └── a bridge over each cut ──┘

A bridge runs from the middle of one part to the middle of the next, or to its end if that is a
single sentence, so that what a cut tears apart stands together in one passage; there is none where
it would exceed the budget (docs/decisions.md, D23).

What is embedded is a passage's context (title, headings, a list's lead-in or a table's header)
and its text, together within the encoder's limit of word-pieces.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil

from indexer.records import BlockKind, Document, Passage, Sentence, Span

CountPieces = Callable[[Sequence[str]], Sequence[int]]
"""Number of word-pieces of each text, without the encoder's special tokens."""

_MAX_CONTEXT_SHARE = 0.15
_INSIDE_PARAGRAPH = 0.5
"""Cost of a bridge that begins or ends inside a paragraph, in shares of unevenness."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PassageBudget:
    """Largest size of a passage.

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


def cut_passages(
    document: Document,
    sentences: Sequence[Sentence],
    *,
    budget: PassageBudget,
    count_pieces: CountPieces,
) -> tuple[Passage, ...]:
    """Return the passages of ``document`` in reading order; no character but white space is lost.

    Neighbours may overlap: every second one may be a bridge. A sentence longer than the budget is
    split over several passages at its words.

    Args:
        document: The document.
        sentences: All of its sentences in order.
        budget: Size of a passage.
        count_pieces: The encoder's own count.
    """
    passages = [
        _passage(document, sentences, part)
        for section in _sections(document, sentences)
        for part in _parts(document, sentences, section, budget, count_pieces)
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


def _parts(
    document: Document,
    sentences: Sequence[Sentence],
    section: range,
    budget: PassageBudget,
    count_pieces: CountPieces,
) -> Iterator[Sequence[_Unit]]:
    """Return the parts of a section that become passages, bridges among them, in reading order."""
    units = list(_units(document, sentences, section, budget, count_pieces))
    return _bridged(list(_even_parts(units, budget)), sentences, budget)


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
    for part in _even_parts(singles, budget):
        yield _Unit(
            position,
            Span(part[0].span.start, part[-1].span.end),
            sum(unit.n_words for unit in part),
            sum(unit.n_pieces for unit in part),
        )


_MAX_WORD = 60
"""Characters of one run without white space that are counted together: at most 60 word-pieces."""


def _even_parts(units: Sequence[_Unit], budget: PassageBudget) -> Iterator[list[_Unit]]:
    """Yield runs of units within the budget, as even in words as whole units allow."""
    share = 1 / max(1, ceil(_filled(units, budget)))
    target = share * sum(unit.n_words for unit in units)
    part: list[_Unit] = []
    for unit in units:
        if part and not _fits([*part, unit], budget, target):
            yield part
            part = []
        part.append(unit)
    if part:
        yield part


def _fits(part: Sequence[_Unit], budget: PassageBudget, target: float) -> bool:
    if _filled(part, budget) > 1:
        return False
    return sum(unit.n_words for unit in part) - part[-1].n_words / 2 <= target


def _filled(units: Sequence[_Unit], budget: PassageBudget) -> float:
    return budget.filled(sum(unit.n_words for unit in units), sum(unit.n_pieces for unit in units))


def _bridged(
    parts: Sequence[Sequence[_Unit]], sentences: Sequence[Sentence], budget: PassageBudget
) -> Iterator[Sequence[_Unit]]:
    """Yield ``parts``, and between two of them their bridge where it is within the budget.

    No unit stands in two bridges; a part of a single unit has no second half to begin one with.
    """
    yield from parts[:1]
    middles = [_middle(part, sentences) for part in parts]
    for (part, begin), (next_part, end) in pairwise(zip(parts, middles, strict=True)):
        bridge = [*part[begin:], *next_part[:end]]
        if begin < len(part) and _filled(bridge, budget) <= 1:
            yield bridge
        yield next_part


def _middle(units: Sequence[_Unit], sentences: Sequence[Sentence]) -> int:
    """Return where the second half of ``units`` begins, after a paragraph if one ends near."""
    n_words = list(accumulate(unit.n_words for unit in units))

    def cost(position: int) -> float:
        before, after = units[position - 1 : position + 1]
        is_inside = sentences[before.sentence].block == sentences[after.sentence].block
        unevenness = abs(2 * n_words[position - 1] / n_words[-1] - 1)
        return unevenness + (_INSIDE_PARAGRAPH if is_inside else 0)

    return min(range(1, len(units)), key=cost, default=len(units))


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
