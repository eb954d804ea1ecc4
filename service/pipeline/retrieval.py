"""Finds the passages for a question: a convex sum of six views of each candidate passage.

    question ─┬─▶ nearest passage vectors ─┐
              └─▶ BM25 ────────────────────┴─▶ candidates ─▶ score by four views ─▶ the better ones
                                               ─▶ word-piece by word-piece ─▶ best first,
                                                  what repeats a better one later

The views are the passage's own cosine, its BM25 share of the best one's, the cosines of its best
sentence and of its best window of three sentences, and how well its word-pieces and those of its
best sentence match those of the question (`indexer.store.late_interaction`). A window's vector is
the mean of its sentences' vectors, which costs no embedding and ranks as well as one embedded
whole.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.records import EncodedText, Rows, Scores, Vectors
from indexer.store.index import Index
from service.pipeline.facets import admits
from service.pipeline.sentences import Sentences
from service.records import Filters, Question, ScoredPassage

N_CANDIDATES = 100
"""Passages that each of the two indexes proposes."""

_N_MATCHED = 50
"""Candidates that are matched by word-pieces, or twice as many as are wanted."""

_REPEATED = 0.05
"""What counts against a passage whose text stands in better ones (docs/decisions.md, D23)."""


@dataclass(frozen=True, slots=True)
class ViewWeights:
    """Weight of each view in a passage's score; their scale is free, the score divides by the sum.

    Fitted on the development set (docs/decisions.md, D3 and D17).
    """

    dense: float = 1.0
    lexical: float = 0.4
    sentence: float = 1.0
    window: float = 2.0
    pieces: float = 4.0
    sentence_pieces: float = 3.0

    @property
    def total(self) -> float:
        """Return the sum of the weights."""
        weights: tuple[float, ...] = astuple(self)
        return sum(weights)


@dataclass(frozen=True, slots=True)
class ScoredSentences:
    """The sentences of retrieved passages with their cosines to the question.

    Attributes:
        rows: Sentence rows of the index, ascending, each once.
        own: Cosine of each sentence.
        window: Cosine of the mean of each sentence and its neighbours.
        matching: How well its word-pieces match the question's, in [-1, 1].
        passage: Position of the best retrieved passage that holds it, 0 for the best one.
    """

    rows: Rows
    own: Scores
    window: Scores
    matching: Scores
    passage: Rows


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What was found for a question.

    Attributes:
        passages: Best first.
        sentences: All sentences of those passages.
        best_dense: Largest cosine of a passage with the question, -1 if nothing was found.
    """

    passages: tuple[ScoredPassage, ...]
    sentences: ScoredSentences
    best_dense: float


def retrieve(
    question: Question, query: EncodedText, index: Index, *, top_k: int, weights: ViewWeights
) -> Retrieved:
    """Return at most ``top_k`` passages, best first; what repeats a better one comes later.

    Equal ones keep the order of the index.

    Args:
        question: What is asked, and which documents may answer.
        query: It as the encoder sees it.
        index: Where to look.
        top_k: Passages wanted.
        weights: Weight of each view.
    """
    documents = _matching(index, question.filters)
    dense_rows = index.vectors.search(
        query.vector, top_k=max(N_CANDIDATES, top_k), among=_rows_of(index, documents)
    )
    bm25 = index.lexical.search(question.text, top_k=max(N_CANDIDATES, top_k), documents=documents)
    candidates = np.union1d(dense_rows, np.fromiter(bm25, dtype=np.int64, count=len(bm25)))
    dense = _cosines(index.passage_vectors[candidates], query.vector)
    sentences, firsts = _sentences_of(index, candidates, query.vector)
    views = (
        weights.dense * dense
        + weights.lexical * _shares(bm25, candidates)
        + weights.sentence * _best_of(sentences.own, firsts)
        + weights.window * _best_of(sentences.window, firsts)
    )
    likely = np.argsort(-views, kind="stable")[: max(_N_MATCHED, 2 * top_k)]
    matches = index.pieces.match(query, candidates[likely])
    best_sentences = np.zeros_like(matches.passages)
    np.maximum.at(best_sentences, matches.position, matches.scores)
    matched = weights.pieces * matches.passages + weights.sentence_pieces * best_sentences
    scores = (views[likely] + matched) / weights.total
    order = _diverse(index.passage_rows[candidates[likely]], scores, top_k)
    best = likely[order]
    passages = tuple(
        _scored(index, int(candidates[at]), float(score))
        for at, score in zip(best, scores[order], strict=True)
    )
    # A match's place among the sentences: they stand passage by passage, one row after the other.
    position = likely[matches.position]
    first_rows = index.passage_rows[candidates[position], 3]
    matching = np.zeros_like(sentences.own)
    matching[firsts[position] + matches.sentences - first_rows] = matches.scores
    kept = _kept(replace(sentences, matching=matching), best)
    return Retrieved(passages, kept, float(dense.max(initial=-1.0)))


def _diverse(passages: NDArray[np.int32], scores: Scores, top_k: int) -> list[int]:
    """Return the positions of at most ``top_k`` passages: good ones that do not repeat each other.

    Neighbouring passages overlap (`indexer.segmentation.passages`). One whose text stands in better
    ones counts for less, by the share of it that does (no text stands in more than two), and so
    comes later; its score stays.

    Args:
        passages: Rows of ``Index.passage_rows``.
        scores: Of each, in [-1, 1].
        top_k: Passages wanted.

    Source:
        Carbonell and Goldstein (1998), The use of MMR, 10.1145/290941.291025.
    """
    documents, starts, ends = passages[:, :3].T
    marginal = scores.astype(np.float64)
    order: list[int] = []
    for _ in range(min(top_k, len(scores))):
        best = int(marginal.argmax())
        order.append(best)
        common = np.minimum(ends, ends[best]) - np.maximum(starts, starts[best])
        is_same = documents == documents[best]
        marginal -= _REPEATED * is_same * np.maximum(common, 0) / (ends - starts)
        marginal[best] = -np.inf
    return order


def _matching(index: Index, filters: Filters) -> list[int] | None:
    """Return the positions of the documents that pass ``filters``; ``None`` if all do."""
    if filters == Filters():
        return None
    return [at for at, entry in enumerate(index.documents) if admits(filters, entry)]


def _rows_of(index: Index, documents: Sequence[int] | None) -> Rows | None:
    if documents is None:
        return None
    ranges = [
        np.arange(entry.first_passage, entry.first_passage + entry.n_passages, dtype=np.int64)
        for entry in (index.documents[position] for position in documents)
    ]
    return np.concatenate(ranges) if ranges else np.zeros(0, dtype=np.int64)


def _sentences_of(index: Index, candidates: Rows, query: Vectors) -> tuple[ScoredSentences, Rows]:
    """Return the candidates' sentences, passage by passage, and where each passage's begin.

    They are not matched yet.
    """
    bounds = index.passage_rows[candidates]
    counts = bounds[:, 4] - bounds[:, 3] + 1
    ends = np.cumsum(counts, dtype=np.int64)
    firsts = ends - counts
    rows = np.arange(ends[-1] if len(ends) else 0) - np.repeat(firsts - bounds[:, 3], counts)
    passage = np.repeat(np.arange(len(candidates)), counts)
    unmatched = np.zeros(len(rows), dtype=np.float32)
    return score_sentences(index, rows, passage, query=query, matching=unmatched), firsts


def score_sentences(
    sentences: Sentences, rows: Rows, passage: Rows, *, query: Vectors, matching: Scores
) -> ScoredSentences:
    """Return the sentences at ``rows``, which stand in ``passage``, with their cosines."""
    own = _cosines(sentences.sentence_vectors[rows], query)
    window = _window_cosines(sentences, rows, query)
    return ScoredSentences(rows, own, window, matching, passage)


def _window_cosines(sentences: Sentences, rows: Rows, query: Vectors) -> Scores:
    """Return the cosine of each sentence's window: itself and its neighbours in the document."""
    documents = sentences.sentence_rows[:, 0]
    vectors = sentences.sentence_vectors
    total = np.asarray(vectors[rows], dtype=np.float32)
    for step in (-1, 1):
        near = np.clip(rows + step, 0, len(documents) - 1)
        is_near = (documents[near] == documents[rows]) & (near != rows)
        total = total + np.asarray(vectors[near], np.float32) * is_near[:, None]
    norms = np.linalg.norm(total, axis=1)
    cosines: Scores = (total @ query) / np.maximum(norms, 1e-9)
    return cosines


def _cosines(vectors: NDArray[np.floating[Any]], query: Vectors) -> Scores:
    cosines: Scores = np.asarray(vectors, dtype=np.float32) @ query
    return cosines


def _shares(bm25: dict[int, float], candidates: Rows) -> Scores:
    """Return each candidate's BM25 score as a share of the best one's, in [0, 1]."""
    best = max(bm25.values(), default=1.0)
    return np.asarray([bm25.get(int(row), 0.0) / best for row in candidates], dtype=np.float32)


def _best_of(scores: Scores, firsts: Rows) -> Scores:
    if not len(firsts):
        return np.zeros(0, dtype=np.float32)
    best: Scores = np.maximum.reduceat(scores, firsts)
    return best


def _scored(index: Index, row: int, score: float) -> ScoredPassage:
    passage = index.passage(row)
    text = passage.span.of(index.document(passage.doc_id).text)
    return ScoredPassage(row=row, passage=passage, text=text, score=score)


def _kept(sentences: ScoredSentences, best: Rows) -> ScoredSentences:
    """Return the sentences of the ``best`` candidates; one that is in two goes to the first."""
    rank = np.full(int(sentences.passage.max(initial=-1)) + 1, -1)
    rank[best] = np.arange(len(best))
    ranks = rank[sentences.passage]
    kept = np.flatnonzero(ranks >= 0)
    kept = kept[np.lexsort((ranks[kept], sentences.rows[kept]))]
    _, firsts = np.unique(sentences.rows[kept], return_index=True)
    chosen = kept[firsts]
    return ScoredSentences(
        rows=sentences.rows[chosen],
        own=sentences.own[chosen],
        window=sentences.window[chosen],
        matching=sentences.matching[chosen],
        passage=ranks[chosen],
    )
