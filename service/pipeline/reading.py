"""Reads the sentences that the views like best: how well each answers, and with which words.

    retrieved sentences ─▶ by views, best first ─▶ the first few are read ─▶ best first again

The views choose, since reading costs a hundred times as much; the reader decides among the chosen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.reader.sentence_reader import ReadingItem, ReadResult, SentenceReader
from indexer.records import BlockKind, Span
from service.pipeline.answer_kinds import Kind, gives, kinds_asked
from service.pipeline.retrieval import ScoredSentences
from service.pipeline.sentences import Sentences

N_READ = 12
"""Sentences read for a question (docs/decisions.md, D11)."""

_PASSAGE_WEIGHT = 4.0
_MATCHING_WEIGHT = 4.0
"""Weights of a sentence's passage and of how its word-pieces match, beside one of its own cosine
and one of its window's (docs/decisions.md, D17)."""

_READER_WEIGHT = 0.02
"""Weight of the reader's log-odds beside the views' cosine (docs/decisions.md, D11)."""

_OFF_KIND = 2.0
"""Log-odds that a sentence loses which lacks the kind of answer asked for, such as a number."""

_UNREAD_SCORE = -6.0
"""Log-odds that a sentence counts with which was not read: as if the reader had found nothing."""

_NEVER_QUOTED = frozenset({BlockKind.HEADING, BlockKind.TABLE_HEADER, BlockKind.CAPTION})
_MIN_WORDS = 3
_WEB_ADDRESS = re.compile(r"\bhttps?://|\bwww\.")
"""A sentence with a web address is a reference, not a statement (docs/decisions.md, D6)."""


_REFERENCE = re.compile(r"\([A-ZÀ-Þ][^()]*\d[^()]*\)[.;,]?$")
"""Where a sentence says at its end what it rests on: ``(Guide, Box 8).``"""

_CONTENTS_ENTRY = re.compile(r"\| *(?:[0-9]{1,4}|[ivxl]+)$")


@dataclass(frozen=True, slots=True)
class CandidateSentence:
    """A sentence that may be quoted.

    Attributes:
        row: Its row in the index.
        passage: Position of its passage among the retrieved ones, 0 for the best.
        score: Likeness to the question by all views, in [-1, 1], and what the reader added.
        answers: Log-odds that it answers, against that nothing does: the reader's, less where it
            lacks the kind of answer asked for; ``None`` if it was not read.
        highlight: The words that answer, as a span of the sentence; ``None`` if there are none.
    """

    row: int
    passage: int
    score: float
    answers: float | None = None
    highlight: Span | None = None


def candidate_sentences(
    scored: ScoredSentences, passage_scores: Sequence[float], sentences: Sentences
) -> list[CandidateSentence]:
    """Return the sentences that may be quoted, best first by views.

    A sentence's score is the weighted mean of its own cosine, its window's, its passage's score and
    how its word-pieces match. Headings, captions, references and fragments are left out.

    Args:
        scored: Sentences with their cosines.
        passage_scores: Score of each passage that they point to, in [-1, 1].
        sentences: Where their rows point.
    """
    candidates = []
    for row, own, window, matching, passage in zip(
        map(int, scored.rows),
        map(float, scored.own),
        map(float, scored.window),
        map(float, scored.matching),
        map(int, scored.passage),
        strict=True,
    ):
        if may_be_quoted(sentences, row):
            of_passage = _PASSAGE_WEIGHT * passage_scores[passage]
            parts = own + window + of_passage + _MATCHING_WEIGHT * matching
            likeness = parts / (2 + _PASSAGE_WEIGHT + _MATCHING_WEIGHT)
            candidates.append(CandidateSentence(row, passage, likeness))
    return _best_first(candidates)


def read_candidates(
    question: str,
    candidates: Sequence[CandidateSentence],
    sentences: Sentences,
    reader: SentenceReader,
) -> list[CandidateSentence]:
    """Return ``candidates`` with what the reader says of the first `N_READ`, best first again."""
    first = candidates[:N_READ]
    results = reader.read(question, [_item(sentences, candidate.row) for candidate in first])
    kinds = kinds_asked(question)
    read = [
        _as_read(candidate, result, question, kinds, sentences)
        for candidate, result in zip(first, results, strict=True)
    ]
    unread = [
        replace(candidate, score=candidate.score + _READER_WEIGHT * _UNREAD_SCORE)
        for candidate in candidates[N_READ:]
    ]
    return _best_first([*read, *unread])


def _as_read(
    candidate: CandidateSentence,
    result: ReadResult,
    question: str,
    kinds: tuple[Kind, ...],
    sentences: Sentences,
) -> CandidateSentence:
    text = sentences.sentence_text(candidate.row)
    is_of_kind = gives(text, question, kinds)
    answers = result.score - (0.0 if is_of_kind else _OFF_KIND)
    return replace(
        candidate,
        score=candidate.score + _READER_WEIGHT * answers,
        answers=answers,
        highlight=_outside_reference(result.highlight, text),
    )


def _outside_reference(highlight: Span | None, text: str) -> Span | None:
    """Return the highlight, unless it is a part of the reference at the end of a sentence."""
    reference = _REFERENCE.search(text)
    is_inside = highlight and reference and highlight.start >= reference.start()
    return None if is_inside else highlight


def may_be_quoted(sentences: Sentences, row: int) -> bool:
    """Tell whether the sentence at ``row`` states something.

    A heading, a caption, a reference, an entry of a contents page and the first row of a table
    without a header, which is likely to be its header, do not.
    """
    text = sentences.sentence_text(row)
    block = sentences.sentence_block(row)
    if block.kind in _NEVER_QUOTED or len(text.split()) < _MIN_WORDS or _WEB_ADDRESS.search(text):
        return False
    if block.kind is not BlockKind.TABLE_ROW or block.lead is not None:
        return True
    return not _CONTENTS_ENTRY.search(text) and not _opens_table(sentences, row)


def _opens_table(sentences: Sentences, row: int) -> bool:
    last = len(sentences.sentence_rows) - 1
    is_row_before = row > 0 and sentences.sentence_block(row - 1).kind is BlockKind.TABLE_ROW
    is_row_after = row < last and sentences.sentence_block(row + 1).kind is BlockKind.TABLE_ROW
    return is_row_after and not is_row_before


def _best_first(candidates: Sequence[CandidateSentence]) -> list[CandidateSentence]:
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.row))


def _item(sentences: Sentences, row: int) -> ReadingItem:
    """Return a sentence with what it stands under and what stands before it."""
    before = sentences.lead_row(row)
    if before is None and row > 0 and sentences.is_same_block(row - 1, row):
        before = row - 1
    headings = sentences.sentence_block(row).headings
    return ReadingItem(
        text=sentences.sentence_text(row),
        context="" if before is None else sentences.sentence_text(before),
        heading=headings[-1] if headings else sentences.title_of(row),
    )
