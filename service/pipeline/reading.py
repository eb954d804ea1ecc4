"""Scores the best candidates with the sentence reader: how well each answers, with which words.

candidates, best first ─▶ the first few are read ─▶ less what is missing ─▶ best first again
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from indexer.encoder.query_encoder import QueryEncoder
from indexer.reader.sentence_reader import ReadingItem, ReadResult, SentenceReader
from indexer.records import Span
from indexer.segmentation.table_cells import headed_row
from indexer.store.protocol import Sentences
from indexer.superscripts import between_notes, without_superscripts
from service.pipeline.agenda import AskedTime, Line, speaker_below
from service.pipeline.answer_kinds import Kind, has_wanted_kind, wanted_kinds
from service.pipeline.asked_cells import AskedCell, AskedCells, Match
from service.pipeline.asked_figures import narrowed
from service.pipeline.asked_person import AskedPerson
from service.pipeline.candidates import CandidateSentence, best_first
from service.pipeline.encoded_question import EncodedQuestion
from service.pipeline.opposites import says_opposite
from service.pipeline.ordinals import is_of_another_number, lacks_number
from service.pipeline.plans import is_only_planned
from service.pipeline.question import stands_in
from service.pipeline.surroundings import (
    is_elsewhere,
    is_of_other_years,
    names_to_find,
    share_of_names_missing,
)
from service.pipeline.table_rows import table_of, without_references
from service.pipeline.unnamed_answers import counts_others, is_unnamed

MOST_READ, _LEAST_READ = 12, 3
_FAR = 0.09
"""Of the sentences likest to a question, so many are read, and past the third none that is so much
less like it than the first: it would not be quoted (docs/decisions.md, D11 and D62)."""

_READER_WEIGHT = 0.02
"""Weight of the reader's log-odds beside the views' cosine (docs/decisions.md, D11)."""

_READER_WEIGHT_LATER = 0.06
"""The same for a question that goes on from another one: the views like best what answered that
one (docs/experiments.md, D57)."""

_OFF_SUBJECT_WEIGHT = 0.05
"""Weight of what is deducted because a sentence is surely about something else (D27)."""

_OFF_KIND = 3.0
"""Log-odds deducted from a sentence without the wanted kind of answer, such as a number (D15)."""

_NAMES_MISSING = 3.0
"""Log-odds deducted from a sentence around which none of the question's names stands: it is likely
to be about another place or programme than the one asked about (docs/decisions.md, D29). Twice as
much for a question that goes on from another one (docs/experiments.md, D57)."""

_YEAR_MISSING = 2.0
"""Log-odds deducted from a sentence around which none of the question's years stands (D29)."""

_FOUND = 2.0
"""Log-odds at least of a row whose cell is asked for by row and column (docs/decisions.md, D34)."""

_FOUND_SCORE = 0.06
"""What puts such a row before sentences that sound as likely."""

_NOT_GIVEN = 8.0
"""Log-odds deducted from a table row whose cell is empty, or beside the row that is named."""

_OTHER_THING = 6.0
"""Log-odds deducted from the row that is named where no column is like what is asked for, from what
is said of the sixth where the seventh is asked for, and from a number of something else (D15)."""

_NUMBER_LACKING = 3.0
"""Log-odds deducted from all where some are about the sixth, none about the seventh (D44)."""

_LEAST_LIKE = 0.25
"""Cosine that a question and a heading have at least which may ask for that column."""

_QUANTITY = re.compile(
    r"\bhow (?:many|much)\b|\bwh(?:at|ich) (?:is|are|was|were) the\b|\bnumber of\b", re.IGNORECASE
)
_ASKS = 2.0
"""Log-odds deducted from a sentence that asks itself, such as an item of a checklist (D15)."""

_ITEM_THAT_ASKS = re.compile(r"\?[)\]”\"’']*(?:\s*\|?\s*Y(?:es)?\b[\w\s|/]*)?\s*\Z")

_LEFT_EMPTY = 2.0
"""Log-odds deducted from all other sentences where the cell that is asked for is empty."""

_N_LOOKED_AT = 100
_N_NAMED = 4
"""Candidates looked at for a row that a question names, and how many of them are read at most."""

_UNREAD_SCORE = -6.0
"""Log-odds assumed for an unread sentence: as if the reader had found nothing."""

_DIGIT = re.compile(r"\d")
_REFERENCE = re.compile(r"\([A-ZÀ-Þ][^()]*\d[^()]*\)[.;,]?$")
"""The reference at the end of a sentence: ``(Guide, Box 8).``"""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a sentence should have that answers a question.

    Attributes:
        question: In the language of the texts, what was asked before it included.
        asked: What it asks now.
        kinds: Kinds of answers, such as a number.
        person: Who is asked for, ``None`` if nobody is.
        time: What is asked the time of, ``None`` if nothing is.
        names: Names of places, programmes and people that should stand around it.
        names_missing: Log-odds to deduct where none of them does.
        reader_weight: Weight of the reader's log-odds beside the views' cosine.
    """

    question: str
    asked: str
    kinds: tuple[Kind, ...]
    person: AskedPerson | None
    time: AskedTime | None
    names: tuple[str, ...]
    names_missing: float
    reader_weight: float

    @classmethod
    def by(cls, question: EncodedQuestion) -> Self:
        """Return what a question wants."""
        return cls(
            question.english,
            question.asked,
            wanted_kinds(question.asked),
            question.person,
            AskedTime.by(question.asked, question.names),
            question.names,
            2 * _NAMES_MISSING if question.goes_on else _NAMES_MISSING,
            _READER_WEIGHT_LATER if question.goes_on else _READER_WEIGHT,
        )

    def is_of_kind(self, text: str) -> bool:
        """Tell whether a sentence, or words of one, hold the kind of answer that is asked for."""
        return has_wanted_kind(text, self.asked, self.kinds)

    def line(self, row: int, sentences: Sentences) -> Line:
        """Return how a sentence stands to a question about the time of something."""
        return Line.UNTOLD if self.time is None else self.time.of(row, sentences)

    def off_kind(self, text: str, answer: str) -> float:
        """Return the log-odds to deduct from a sentence without the kind of answer, at least 0.

        It may answer the other half of a question.

        Args:
            text: The sentence.
            answer: What of it should have that kind.
        """
        if counts_others(self.asked, text):
            return _OTHER_THING
        if is_unnamed(self.asked, text) or is_only_planned(self.asked, text):
            return _OTHER_THING
        if self.person is not None and self.person.is_of_other_role(text):
            return _OTHER_THING
        tells = self.person is None or self.person.is_told_by(text)
        return 0.0 if tells and self.is_of_kind(answer) else _OFF_KIND

    def off_subject(self, text: str, row: int, sentences: Sentences) -> float:
        """Return the log-odds to deduct from a sentence on something else, at least 0."""
        line = self.line(row, sentences)
        below = speaker_below(row, sentences) if line is Line.ASKED else ""
        names = [name for name in self.names if not stands_in(below, name)]
        missing = share_of_names_missing(names, row, sentences)
        asks = _ITEM_THAT_ASKS.search(text) is not None
        is_other = (
            line is Line.OTHER
            or is_of_another_number(self.question, text)
            or (missing == 1.0 and is_elsewhere(self.question, self.names, text))
            or (self.person is not None and self.person.is_of_another(row, sentences))
            or says_opposite(self.asked, text)
        )
        is_other_year = is_of_other_years(self.asked, row, sentences)
        return (
            self.names_missing * missing
            + _YEAR_MISSING * is_other_year
            + _ASKS * asks
            + _OTHER_THING * is_other
        )


def read_candidates(
    question: EncodedQuestion,
    candidates: Sequence[CandidateSentence],
    sentences: Sentences,
    reader: SentenceReader,
    encoder: QueryEncoder,
) -> list[CandidateSentence]:
    """Return ``candidates`` with the reader's scores of those `to_read`, best first again."""
    tables = AskedCells(question.english, sentences, asked=question.asked)
    wanted = _Wanted.by(question)
    first, later = _with_asked(candidates, tables, wanted, sentences)
    rows = [candidate.row for candidate in first]
    wanted = replace(wanted, names=tuple(names_to_find(question.names, rows, sentences)))
    items = [_item(sentences, row) for row in rows]
    results = _results(question, items, wanted, reader)
    cells = [tables.of(candidate.row) for candidate in first]
    read = [
        _as_read(candidate, result, wanted, sentences, asked=cell)
        for candidate, result, cell in zip(first, results, cells, strict=True)
    ]
    read = [
        _less_likely(candidate, _OTHER_THING) if _asks_other_thing(cell, encoder) else candidate
        for candidate, cell in zip(read, cells, strict=True)
    ]
    matches = {cell.match for cell in cells}
    if Match.EMPTY in matches and Match.FOUND not in matches:
        read = [_less_likely(candidate, _LEFT_EMPTY) for candidate in read]
    if lacks_number(
        question.english, (sentences.sentence_text(candidate.row) for candidate in first)
    ):
        read = [_less_likely(candidate, _NUMBER_LACKING) for candidate in read]
    unread = [
        replace(candidate, score=candidate.score + wanted.reader_weight * _UNREAD_SCORE)
        for candidate in later
    ]
    return best_first([*read, *unread])


def _results(
    question: EncodedQuestion,
    items: Sequence[ReadingItem],
    wanted: _Wanted,
    reader: SentenceReader,
) -> Sequence[ReadResult]:
    """Return the reader's result of each item; for a follow-up the mean of two readings.

    Alone it says too little ("How many articles has it got?"), and behind what was asked before it
    is answered by what answers that.
    """
    asked = reader.read(question.asked, items, is_answer=wanted.is_of_kind)
    if not question.goes_on:
        return asked
    whole = reader.read(question.english, items)
    return [
        replace(now, score=(now.score + both.score) / 2)
        for now, both in zip(asked, whole, strict=True)
    ]


def to_read(candidates: Sequence[CandidateSentence]) -> Sequence[CandidateSentence]:
    """Return those of ``candidates``, best first, that are like enough to be read."""
    first = candidates[:MOST_READ]
    near = [candidate for candidate in first if first[0].score - candidate.score < _FAR]
    return first[: max(len(near), _LEAST_READ)]


def _with_asked(
    candidates: Sequence[CandidateSentence],
    asked: AskedCells,
    wanted: _Wanted,
    sentences: Sentences,
) -> tuple[list[CandidateSentence], list[CandidateSentence]]:
    """Return what is read, with the table rows that a question names among it, and all else.

    So are the lines of a programme whose time it asks for.
    """
    first = list(to_read(candidates))
    named = [
        candidate
        for candidate in candidates[len(first) : _N_LOOKED_AT]
        if asked.of(candidate.row).match in {Match.FOUND, Match.EMPTY}
        or wanted.line(candidate.row, sentences) is Line.ASKED
    ][:_N_NAMED]
    first = [*first[: MOST_READ - len(named)], *named]
    rows = {candidate.row for candidate in first}
    return first, [candidate for candidate in candidates if candidate.row not in rows]


def _asks_other_thing(cell: AskedCell, encoder: QueryEncoder) -> bool:
    """Tell whether a question names a table's row and asks for what none of its columns is."""
    if cell.match is not Match.NO_COLUMN or not cell.headings or not _QUANTITY.search(cell.rest):
        return False
    asked, *headings = encoder.encode([cell.rest, *cell.headings])
    return max(float(asked @ heading) for heading in headings) < _LEAST_LIKE


def _as_read(
    candidate: CandidateSentence,
    result: ReadResult,
    wanted: _Wanted,
    sentences: Sentences,
    *,
    asked: AskedCell,
) -> CandidateSentence:
    text = sentences.sentence_text(candidate.row)
    off_kind = wanted.off_kind(text, _answer_in(text, candidate.row, asked, sentences))
    off_subject = wanted.off_subject(text, candidate.row, sentences)
    is_cell = asked.match is Match.FOUND
    is_asked = is_cell or wanted.line(candidate.row, sentences) is Line.ASKED
    is_found = is_asked and not off_kind + off_subject
    if asked.match in {Match.EMPTY, Match.OTHER_ROW}:
        off_subject += _NOT_GIVEN
    log_odds = max(result.score, _FOUND) if is_found else result.score - off_kind
    marked = _in_sentence(result.highlight, candidate.row, sentences)
    highlight = _without_notes(_outside_reference(marked, text), text)
    if highlight is not None:
        highlight = narrowed(highlight, text, wanted.asked, wanted.kinds)
    return replace(
        candidate,
        score=candidate.score
        + wanted.reader_weight * log_odds
        - _OFF_SUBJECT_WEIGHT * off_subject
        + (_FOUND_SCORE if is_found else 0.0),
        log_odds=log_odds - off_subject,
        highlight=asked.span if is_found and is_cell and asked.span else highlight,
    )


def _answer_in(text: str, row: int, asked: AskedCell, sentences: Sentences) -> str:
    """Return what of a sentence answers: of a table row the cell asked for, or no reference.

    A cell with a figure has its unit in its heading or beside it.
    """
    cell = asked.span.of(text) if asked.match is Match.FOUND and asked.span else ""
    return cell if cell and not _DIGIT.search(cell) else without_references(row, sentences)


def _less_likely(candidate: CandidateSentence, deduction: float) -> CandidateSentence:
    return replace(
        candidate,
        score=candidate.score - _OFF_SUBJECT_WEIGHT * deduction,
        log_odds=(candidate.log_odds or 0.0) - deduction,
    )


def _outside_reference(highlight: Span | None, text: str) -> Span | None:
    """Return the highlight, unless it is a part of the reference at the end of a sentence."""
    reference = _REFERENCE.search(text)
    is_inside = highlight and reference and highlight.start >= reference.start()
    return None if is_inside else highlight


def _without_notes(highlight: Span | None, text: str) -> Span | None:
    """Return the highlight without the numbers of notes in it."""
    if highlight is None:
        return None
    start, end = between_notes(text, highlight.start, highlight.end)
    return Span(start, end) if start < end else None


def _item(sentences: Sentences, row: int) -> ReadingItem:
    """Return a sentence with its heading and the sentence before it as context.

    A table row is read with its headings, behind what its table is called.
    """
    headings = sentences.sentence_block(row).headings
    heading = headings[-1] if headings else sentences.info_of(row).title
    if table := table_of(row, sentences):
        headed = headed_row(table.columns, sentences.sentence_text(row))
        if headed:
            return ReadingItem(without_superscripts(headed.text), table.title, heading)
    before = sentences.lead_row(row)
    if before is None and row > 0 and sentences.is_same_block(row - 1, row):
        before = row - 1
    return ReadingItem(
        text=without_superscripts(sentences.sentence_text(row)),  # so that highlights have none
        context="" if before is None else sentences.sentence_text(before),
        heading=heading,
    )


def _in_sentence(highlight: Span | None, row: int, sentences: Sentences) -> Span | None:
    """Return where a highlight of what was read stands in the sentence at ``row``."""
    table = table_of(row, sentences) if highlight else None
    headed = headed_row(table.columns, sentences.sentence_text(row)) if table else None
    return headed.in_row(highlight) if headed and highlight else highlight
