"""Scores the best candidates with the sentence reader: how well each answers, with which words.

candidates, best first ─▶ the first few are read ─▶ less what is missing ─▶ best first again
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from indexer.reader.sentence_reader import ReadingItem, ReadResult, SentenceReader
from indexer.records import Span
from indexer.store.protocol import Sentences
from indexer.superscripts import without_superscripts
from service.pipeline.answer_kinds import Kind, has_wanted_kind, wanted_kinds
from service.pipeline.candidates import CandidateSentence, best_first
from service.pipeline.question import names_in, years_in
from service.pipeline.surroundings import share_of_names_missing

N_READ = 12
"""Sentences read for a question (docs/decisions.md, D11)."""

_READER_WEIGHT = 0.02
"""Weight of the reader's log-odds beside the views' cosine (docs/decisions.md, D11)."""

_OFF_KIND = 2.0
"""Log-odds deducted from a sentence without the wanted kind of answer, such as a number (D15)."""

_NAMES_MISSING = 2.0
"""Log-odds deducted from a sentence around which none of the question's names stands: it is likely
to be about another place or programme than the one asked about (docs/decisions.md, D29)."""

_UNREAD_SCORE = -6.0
"""Log-odds assumed for an unread sentence: as if the reader had found nothing."""

_REFERENCE = re.compile(r"\([A-ZÀ-Þ][^()]*\d[^()]*\)[.;,]?$")
"""The reference at the end of a sentence: ``(Guide, Box 8).``"""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a sentence should have that answers a question.

    Attributes:
        question: In the language of the texts.
        kinds: Kinds of answers, such as a number.
        names: Names of places, programmes and people that should stand around it.
    """

    question: str
    kinds: tuple[Kind, ...]
    names: tuple[str, ...]

    @classmethod
    def by(cls, question: str) -> Self:
        """Return what a question wants."""
        years = years_in(question)
        names = tuple(name for name in names_in(question) if name not in years)
        return cls(question, wanted_kinds(question), names)

    def deduction(self, row: int, sentences: Sentences) -> float:
        """Return the log-odds to deduct from a sentence for what it lacks, at least 0."""
        is_of_kind = has_wanted_kind(sentences.sentence_text(row), self.question, self.kinds)
        missing = share_of_names_missing(self.names, row, sentences)
        return (0.0 if is_of_kind else _OFF_KIND) + _NAMES_MISSING * missing


def read_candidates(
    question: str,
    candidates: Sequence[CandidateSentence],
    sentences: Sentences,
    reader: SentenceReader,
) -> list[CandidateSentence]:
    """Return ``candidates`` with the reader's scores of the first `N_READ`, best first again."""
    first = candidates[:N_READ]
    results = reader.read(question, [_item(sentences, candidate.row) for candidate in first])
    wanted = _Wanted.by(question)
    read = [
        _as_read(candidate, result, wanted, sentences)
        for candidate, result in zip(first, results, strict=True)
    ]
    unread = [
        replace(candidate, score=candidate.score + _READER_WEIGHT * _UNREAD_SCORE)
        for candidate in candidates[N_READ:]
    ]
    return best_first([*read, *unread])


def _as_read(
    candidate: CandidateSentence, result: ReadResult, wanted: _Wanted, sentences: Sentences
) -> CandidateSentence:
    log_odds = result.score - wanted.deduction(candidate.row, sentences)
    return replace(
        candidate,
        score=candidate.score + _READER_WEIGHT * log_odds,
        log_odds=log_odds,
        highlight=_outside_reference(result.highlight, sentences.sentence_text(candidate.row)),
    )


def _outside_reference(highlight: Span | None, text: str) -> Span | None:
    """Return the highlight, unless it is a part of the reference at the end of a sentence."""
    reference = _REFERENCE.search(text)
    is_inside = highlight and reference and highlight.start >= reference.start()
    return None if is_inside else highlight


def _item(sentences: Sentences, row: int) -> ReadingItem:
    """Return a sentence with its heading and the sentence before it as context."""
    before = sentences.lead_row(row)
    if before is None and row > 0 and sentences.is_same_block(row - 1, row):
        before = row - 1
    headings = sentences.sentence_block(row).headings
    return ReadingItem(
        text=without_superscripts(sentences.sentence_text(row)),  # so that highlights have none
        context="" if before is None else sentences.sentence_text(before),
        heading=headings[-1] if headings else sentences.info_of(row).title,
    )
