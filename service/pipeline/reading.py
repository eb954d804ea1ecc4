"""Scores the best candidates with the sentence reader: how well each answers, with which words.

candidates, best first ─▶ the first few are read ─▶ less what is missing ─▶ best first again
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.encoder.query_encoder import QueryEncoder
from indexer.reader.sentence_reader import ReadingItem, ReadResult, SentenceReader
from indexer.records import Span
from indexer.segmentation.table_cells import headed_row
from indexer.store.protocol import Sentences
from indexer.superscripts import between_notes, without_superscripts
from service.pipeline.asked_cells import AskedCell, AskedCells, Match
from service.pipeline.asked_figures import narrowed
from service.pipeline.asked_person import AskedPerson
from service.pipeline.candidates import CandidateSentence, best_first
from service.pipeline.encoded_question import EncodedQuestion
from service.pipeline.table_rows import table_of, without_references
from service.pipeline.wanted_answer import Lost, WantedAnswer

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

_FOUND = 2.0
"""Log-odds at least of a row whose cell is asked for by row and column (docs/decisions.md, D34)."""

_FOUND_SCORE = 0.06
"""What puts such a row before sentences that sound as likely."""

_N_LOOKED_AT = 100
_N_NAMED = 4
"""Candidates looked at for a row that a question names, and how many of them are read at most."""

_UNREAD_SCORE = -6.0
"""Log-odds assumed for an unread sentence: as if the reader had found nothing."""

_DIGIT = re.compile(r"\d")
_REFERENCE = re.compile(r"\([A-ZÀ-Þ][^()]*\d[^()]*\)[.;,]?$")
"""The reference at the end of a sentence: ``(Guide, Box 8).``"""


def read_candidates(
    question: EncodedQuestion,
    candidates: Sequence[CandidateSentence],
    sentences: Sentences,
    reader: SentenceReader,
    encoder: QueryEncoder,
    *,
    person: AskedPerson | None = None,
) -> list[CandidateSentence]:
    """Return ``candidates`` with the reader's scores of those `to_read`, best first again.

    Args:
        question: The question.
        candidates: Best first by views.
        sentences: Where they stand.
        reader: Scores them.
        encoder: Compares the question with the headings of columns.
        person: Whom the question asks for; ``None`` for nobody.
    """
    tables = AskedCells(question.english, sentences, asked=question.asked)
    wanted = WantedAnswer.by(question, person)
    first, later = _with_asked(candidates, tables, wanted, sentences)
    rows = [candidate.row for candidate in first]
    wanted = wanted.among(rows, sentences)
    cells = [tables.of(row) for row in rows]
    lost_by_all = wanted.lost_by_all(cells, map(sentences.sentence_text, rows))
    weight = _READER_WEIGHT_LATER if question.goes_on else _READER_WEIGHT
    results = _results(question, [_item(sentences, row) for row in rows], wanted, reader)
    read = []
    for candidate, result, cell in zip(first, results, cells, strict=True):
        row = candidate.row
        lost = wanted.lost(row, _answer_in(row, cell, sentences), cell, sentences, encoder)
        is_found = not any(lost) and wanted.is_asked(row, cell, sentences)
        marked = _marked(result.highlight, row, wanted, sentences)
        highlight = cell.span if is_found and cell.match is Match.FOUND and cell.span else marked
        lost = Lost(lost.of_reading, lost.of_subject + lost_by_all)
        scored = _scored(candidate, result.score, lost, is_found=is_found, weight=weight)
        read.append(replace(scored, highlight=highlight))
    unread = [
        replace(candidate, score=candidate.score + weight * _UNREAD_SCORE) for candidate in later
    ]
    return best_first([*read, *unread])


def _results(
    question: EncodedQuestion,
    items: Sequence[ReadingItem],
    wanted: WantedAnswer,
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
    wanted: WantedAnswer,
    sentences: Sentences,
) -> tuple[list[CandidateSentence], list[CandidateSentence]]:
    """Return what is read, with the table rows that a question names among it, and all else.

    So are the lines of a programme whose time it asks for.
    """
    first = list(to_read(candidates))
    named = [
        candidate
        for candidate in candidates[len(first) : _N_LOOKED_AT]
        if (cell := asked.of(candidate.row)).match is Match.EMPTY
        or wanted.is_asked(candidate.row, cell, sentences)
    ][:_N_NAMED]
    first = [*first[: MOST_READ - len(named)], *named]
    rows = {candidate.row for candidate in first}
    return first, [candidate for candidate in candidates if candidate.row not in rows]


def _scored(
    candidate: CandidateSentence, reading: float, lost: Lost, *, is_found: bool, weight: float
) -> CandidateSentence:
    """Return a candidate with what the reader says of it, less what it loses.

    Args:
        candidate: As the views score it.
        reading: The reader's log-odds.
        lost: What it loses.
        is_found: Whether it is the cell or the line that is asked for.
        weight: Weight of the reader's log-odds beside the views' cosine.
    """
    log_odds = max(reading, _FOUND) if is_found else reading - lost.of_reading
    of_subject = _OFF_SUBJECT_WEIGHT * lost.of_subject
    return replace(
        candidate,
        score=candidate.score + weight * log_odds - of_subject + _FOUND_SCORE * is_found,
        log_odds=log_odds - lost.of_subject,
    )


def _answer_in(row: int, asked: AskedCell, sentences: Sentences) -> str:
    """Return what of a sentence answers: of a table row the cell asked for, or no reference.

    A cell with a figure has its unit in its heading or beside it.
    """
    found = asked.span if asked.match is Match.FOUND else None
    cell = found.of(sentences.sentence_text(row)) if found else ""
    return cell if cell and not _DIGIT.search(cell) else without_references(row, sentences)


def _marked(
    highlight: Span | None, row: int, wanted: WantedAnswer, sentences: Sentences
) -> Span | None:
    """Return what the reader marked, as it is shown: where the sentence at ``row`` has it."""
    text = sentences.sentence_text(row)
    marked = _in_sentence(highlight, row, sentences)
    shown = _without_notes(_outside_reference(marked, text), text)
    return narrowed(shown, text, wanted.asked, wanted.kinds) if shown else None


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
