"""Ranks the sentences that may be quoted, best first by views, so that the best ones are read.

Reading a sentence costs a hundred times as much as comparing vectors.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.records import BlockKind, Span
from indexer.store.protocol import Sentences
from service.pipeline.clock_times import OPENING_CLOCK
from service.pipeline.retrieval import Retrieved

_PASSAGE_WEIGHT = 4.0
_MATCHING_WEIGHT = 4.0
"""Weights of a sentence's passage and of how its word-pieces match, beside one of its own cosine
and one of its window's (docs/decisions.md, D11 and D17)."""

_NEVER_QUOTED = frozenset({BlockKind.HEADING, BlockKind.TABLE_HEADER, BlockKind.CAPTION})
_MIN_WORDS = 3
_WEB_ADDRESS = re.compile(r"://|\bwww\.")
"""A sentence with a web address is a reference, not a statement (docs/decisions.md, D6)."""

_CONTENTS_ENTRY = re.compile(r"\| *(?:[0-9]{1,4}|[ivxl]+)$")

_OPENS_WITH_TIME = re.compile(rf"[\W_]{{0,8}}{OPENING_CLOCK}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CandidateSentence:
    """A sentence that may be quoted.

    Attributes:
        row: Its row in the index.
        passage: Position of its passage among the retrieved ones, 0 for the best.
        score: Likeness to the question by all views, in [-1, 1], and what the reader added; 1 more
            where it belongs to what the question names.
        log_odds: Log-odds that it answers, against that nothing does: the reader's, less where it
            lacks the kind of answer asked for; ``None`` if it was not read.
        highlight: The words that answer, as a span of the sentence; ``None`` if there are none.
    """

    row: int
    passage: int
    score: float
    log_odds: float | None = None
    highlight: Span | None = None


def candidate_sentences(
    retrieved: Retrieved, sentences: Sentences, *, named: Sequence[range] = ()
) -> list[CandidateSentence]:
    """Return the sentences that may be quoted, best first by views.

    A sentence's score is the weighted mean of its own cosine, its window's, its passage's score and
    how its word-pieces match; where the question names its report as the source, that counts for it
    as for its passage. Headings, captions, references and fragments are left out.

    Args:
        retrieved: Passages and sentences with their scores.
        sentences: Where the sentences' rows point.
        named: Rows of what the question names, which come before all others.
    """
    scored = retrieved.sentences
    ahead = frozenset(row for run in named for row in run)
    candidates = []
    for row, own, window, matching, passage in zip(
        map(int, scored.rows),
        map(float, scored.own),
        map(float, scored.window),
        map(float, scored.matching),
        map(int, scored.passages),
        strict=True,
    ):
        if may_be_quoted(sentences, row):
            scored_passage = retrieved.passages[passage]
            of_passage = scored_passage.score - scored_passage.favour
            parts = own + window + _PASSAGE_WEIGHT * of_passage + _MATCHING_WEIGHT * matching
            likeness = parts / (2 + _PASSAGE_WEIGHT + _MATCHING_WEIGHT)
            score = likeness + scored_passage.favour + (row in ahead)
            candidates.append(CandidateSentence(row, passage, score))
    return best_first(candidates)


def best_first(candidates: Sequence[CandidateSentence]) -> list[CandidateSentence]:
    """Return candidates by score, equal ones in the order of their rows."""
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.row))


def has_web_address(text: str) -> bool:
    """Tell whether a text has a web address, perhaps one that a line's end broke: ``ht tps://``."""
    return _WEB_ADDRESS.search(text) is not None


def may_be_quoted(sentences: Sentences, row: int) -> bool:
    """Tell whether the sentence at ``row`` states something.

    A heading, a caption, a reference, an entry of a contents page, what announces something that
    does not follow, and the first row of a table without a header, which is likely to be its
    header, do not; a line of a programme, which opens with its time, does.
    """
    text = sentences.sentence_text(row)
    block = sentences.sentence_block(row)
    if (
        block.is_apparatus
        or block.kind in _NEVER_QUOTED
        or len(text.split()) < _MIN_WORDS
        or has_web_address(text)
    ):
        return False
    if announces(text) and not _is_followed(sentences, row):
        return False
    if block.kind is not BlockKind.TABLE_ROW or block.lead is not None:
        return True
    if _OPENS_WITH_TIME.match(text):
        return True
    return not _CONTENTS_ENTRY.search(text) and not _opens_table(sentences, row)


def announces(text: str) -> bool:
    """Tell whether a sentence only announces what follows: ``They included:``."""
    return text.rstrip().endswith(":")


def _is_followed(sentences: Sentences, row: int) -> bool:
    """Tell whether the next sentence stands in the same text and may be what was announced."""
    after = row + 1
    if after >= sentences.n_sentences:
        return False
    block = sentences.sentence_block(after)
    is_same = sentences.sentence_document(row) == sentences.sentence_document(after)
    return is_same and not block.is_apparatus and block.kind not in _NEVER_QUOTED


def _opens_table(sentences: Sentences, row: int) -> bool:
    last = sentences.n_sentences - 1
    is_row_before = row > 0 and sentences.sentence_block(row - 1).kind is BlockKind.TABLE_ROW
    is_row_after = row < last and sentences.sentence_block(row + 1).kind is BlockKind.TABLE_ROW
    return is_row_after and not is_row_before
