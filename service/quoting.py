"""Chooses what to quote: the fewest sentences that answer, each of them understandable alone.

scored sentences ─▶ best first ─▶ with the neighbour they lean on ─▶ within the budget
                 ─▶ neighbours joined into one quote ─▶ reading order
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.artefact import Index
from indexer.records import Block, BlockKind, Span
from service.records import AnswerOptions
from service.retrieval import Retrieved

_NEVER_QUOTED = frozenset({BlockKind.HEADING, BlockKind.TABLE_HEADER, BlockKind.CAPTION})
_MIN_WORDS = 3
_WEB_ADDRESS = re.compile(r"\bhttps?://|\bwww\.")
"""A sentence with a web address is a reference, not a statement (answer .66 → .70 without them)."""

_SAME_COSINE = 0.85
"""Two sentences with a larger cosine say the same; only the better one is quoted."""

_MARGIN = 0.12
"""A sentence this much worse than the best one is not quoted (scores lie in [-1, 1]). On the
development set .12 quotes 3.3 sentences a question and answers .65 to .67; .2 quotes 3.7 and
answers .67; .05 quotes 2.4 and answers .55 to .60."""

_LEANS_BACK = re.compile(
    r"""(?: [-•–]\s+ )?
    (?: this | these | those | that | it | its | they | their | them | he | she | his | her
      | such | both | however | but | yet | nevertheless | nonetheless | instead | otherwise
      | conversely | therefore | thus | hence | consequently | accordingly | as\ a\ result
      | in\ addition | additionally | moreover | furthermore | also | likewise | similarly
      | in\ contrast | for\ example | for\ instance | meanwhile | still | rather | and | or | so
      | este | esta | estos | estas | ese | esa | ello | ellos | sin\ embargo | pero | además
      | por\ lo\ tanto | asimismo | por\ ejemplo
      | isso | isto | esses | essas | eles | elas | no\ entanto | porém | além\ disso | portanto
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """What will be quoted from one place.

    Attributes:
        document: Position of the document in the index.
        span: Whole sentences of its text.
        passage: Position of the retrieved passage that holds the best of them, 0 for the best one.
        score: The best sentence's score.
    """

    document: int
    span: Span
    passage: int
    score: float


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that may be quoted.

    Attributes:
        row: Its row in the index.
        passage: Position of its passage among the retrieved ones.
        score: Own, window's and passage's similarity to the question.
    """

    row: int
    passage: int
    score: float


def choose_quotes(
    retrieved: Retrieved, index: Index, options: AnswerOptions
) -> tuple[QuotedSpan, ...]:
    """Return what to quote, in reading order; empty if nothing was retrieved.

    Documents come in the order of their best quote, quotes of one document in the order of its
    text.
    """
    ranked = sorted(
        _quotable(retrieved, index), key=lambda sentence: (-sentence.score, sentence.row)
    )
    chosen: dict[int, _Sentence] = {}
    for sentence in ranked:
        if sentence.score < ranked[0].score - _MARGIN:
            break
        taken = chosen | {
            row: sentence for row in _with_support(sentence.row, index) if row not in chosen
        }
        is_new = len(taken) > len(chosen) and not _is_said(sentence.row, chosen, index)
        if is_new and _fits(taken, index, options):
            chosen = taken
        elif not chosen:
            chosen = {sentence.row: sentence}  # whole and without its support, before none at all
    return _in_reading_order(_joined(chosen, index))


def _quotable(retrieved: Retrieved, index: Index) -> Iterator[_Sentence]:
    sentences = retrieved.sentences
    for at, row in enumerate(map(int, sentences.rows)):
        passage = int(sentences.passage[at])
        if not _may_be_quoted(index, row):
            continue
        similarity = float(sentences.own[at] + sentences.window[at])
        yield _Sentence(row, passage, (similarity + 2 * retrieved.passages[passage].score) / 4)


def _may_be_quoted(index: Index, row: int) -> bool:
    if _block(index, row).kind in _NEVER_QUOTED:
        return False
    return _n_words(index, row) >= _MIN_WORDS and not _WEB_ADDRESS.search(_text(index, row))


def _with_support(row: int, index: Index) -> list[int]:
    """Return a sentence with the one before it where it leans on that, and a list item's lead."""
    support = [row]
    while _LEANS_BACK.match(_text(index, support[0])) and len(support) <= 1:
        before = support[0] - 1
        if before < 0 or not _is_same_block(index, before, row):
            break
        support.insert(0, before)
    lead = _lead_row(index, support[0])
    return support if lead is None else [lead, *support]


def _lead_row(index: Index, row: int) -> int | None:
    """Return the row of the sentence that introduces a list item's list."""
    block = _block(index, row)
    if block.kind is not BlockKind.LIST_ITEM or block.lead is None:
        return None
    first = index.documents[int(index.sentence_rows[row, 0])].first_sentence
    starts = index.sentence_rows[first : row + 1, 1]
    return first + int(np.searchsorted(starts, block.lead.start))


def _is_said(row: int, chosen: dict[int, _Sentence], index: Index) -> bool:
    if not chosen:
        return False
    vectors: NDArray[np.float32] = index.sentence_vectors[list(chosen)].astype(np.float32)
    return bool((vectors @ index.sentence_vectors[row].astype(np.float32)).max() > _SAME_COSINE)


def _fits(chosen: dict[int, _Sentence], index: Index, options: AnswerOptions) -> bool:
    n_words = sum(_n_words(index, row) for row in chosen)
    return n_words <= options.max_words and len(_runs(list(chosen), index)) <= options.max_quotes


def _joined(chosen: dict[int, _Sentence], index: Index) -> list[QuotedSpan]:
    """Join neighbouring sentences of one block into one quote."""
    quotes = []
    for run in _runs(list(chosen), index):
        best = max((chosen[row] for row in run), key=lambda sentence: sentence.score)
        document, start, _, _ = map(int, index.sentence_rows[run[0]])
        span = Span(start, int(index.sentence_rows[run[-1], 2]))
        quotes.append(QuotedSpan(document, span, best.passage, best.score))
    return quotes


def _runs(rows: Sequence[int], index: Index) -> list[list[int]]:
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][-1] + 1 and _is_same_block(index, row - 1, row):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _in_reading_order(quotes: Sequence[QuotedSpan]) -> tuple[QuotedSpan, ...]:
    best: dict[int, float] = {}
    for quote in quotes:
        best[quote.document] = max(quote.score, best.get(quote.document, -1.0))
    return tuple(
        sorted(quotes, key=lambda quote: (-best[quote.document], quote.document, quote.span))
    )


def _is_same_block(index: Index, row: int, other: int) -> bool:
    same: bool = np.array_equal(
        index.sentence_rows[row, [0, 3]], index.sentence_rows[other, [0, 3]]
    )
    return same


def _block(index: Index, row: int) -> Block:
    document, _, _, block = map(int, index.sentence_rows[row])
    return index.document(index.documents[document].doc_id).blocks[block]


def _text(index: Index, row: int) -> str:
    document, start, end, _ = map(int, index.sentence_rows[row])
    return index.document(index.documents[document].doc_id).text[start:end]


def _n_words(index: Index, row: int) -> int:
    return len(_text(index, row).split())
