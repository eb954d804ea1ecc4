"""Finds the passages for a question: a convex sum of six views of each candidate passage.

    question ─┬─▶ nearest passage vectors ─┐
              └─▶ BM25 ────────────────────┴─▶ candidates ─▶ those that pass the filters themselves
                                               ─▶ score by four views ─▶ the better ones
                                               ─▶ word-piece by word-piece ─▶ best first,
                                                  repeats of better ones later

The views are the passage's own cosine, its BM25 share of the best one's, the cosines of its best
sentence and of its best window of three sentences, and how well its word-pieces and those of its
best sentence match those of the question (`indexer.store.late_interaction`). A window's vector is
the mean of its sentences' vectors, which costs no embedding and ranks as well as one embedded
whole.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, field

import numpy as np

from indexer.records import EncodedText, Rows, Scores, Vectors
from indexer.store.late_interaction import Matches
from indexer.store.protocol import SearchIndex
from indexer.store.records import Candidates, SentenceRuns
from service.records import ScoredPassage

N_CANDIDATES = 100
"""Passages that each of the two indexes proposes."""

_N_MATCHED = 50
"""Candidates that are matched by word-pieces, or twice as many as are wanted."""

_AHEAD = 100.0
"""Added where a passage is ranked, not to its score, if it holds what the question names."""

_FAVOUR = 0.07
"""Added to a passage of a report that the question names as its source (docs/decisions.md, D43)."""

_REPEATED = 0.05
"""Deducted from a passage whose text stands in better ones (docs/decisions.md, D23)."""


Narrow = Callable[[Candidates, Rows], tuple[Candidates, frozenset[int]]]
"""Returns those of some passages that may answer, the second ones in any case, and the rows of
their sentences that may not."""


@dataclass(frozen=True, slots=True)
class ViewWeights:
    """Weight of each view in a passage's score; their scale is free, the score divides by the sum.

    The defaults are those of docs/decisions.md, D3; the two views of word-pieces are D17's.
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
class SearchScope:
    """Where to search and how much is wanted.

    Attributes:
        documents: Positions of those that may answer; ``None`` for all. All of them were embedded
            by the encoder of the question.
        top_k: Passages wanted.
        named: Runs of sentence rows of what the question names; their passages come first.
        sources: Positions of the documents that the question names as its source.
        words: Looked for besides those of the question.
        narrow: Takes out what may not answer of those documents; ``None`` if all may.
    """

    documents: Sequence[int] | None
    top_k: int
    named: tuple[range, ...] = ()
    sources: tuple[int, ...] = ()
    words: str = ""
    narrow: Narrow | None = None


@dataclass(frozen=True, slots=True)
class CosineScale:
    """Puts an encoder's cosines on the scale of the English one: ``slope * cosine + intercept``.

    Attributes:
        slope: What a cosine is multiplied by.
        intercept: What is added.
        handicap: What is added besides, where passages of several encoders are ranked in one list;
            it says nothing about whether a question is about them.
    """

    slope: float = 1.0
    intercept: float = 0.0
    handicap: float = 0.0

    def __call__(self, cosines: Scores) -> Scores:
        """Return what ``cosines`` are ranked by, at most 1."""
        added = self.intercept + self.handicap
        scaled: Scores = np.minimum(self.slope * cosines + added, 1.0).astype(np.float32)
        return scaled

    def relevance(self, cosine: float) -> float:
        """Return a cosine on the scale of the English encoder, at most 1."""
        return min(self.slope * cosine + self.intercept, 1.0)


@dataclass(frozen=True, slots=True)
class Views:
    """How passages are scored.

    Attributes:
        weights: Of each view.
        scale: Of the encoder's cosines.
    """

    weights: ViewWeights = field(default_factory=ViewWeights)
    scale: CosineScale = field(default_factory=CosineScale)


@dataclass(frozen=True, slots=True)
class ScoredSentences:
    """The sentences of retrieved passages with their cosines to the question.

    Attributes:
        rows: Sentence rows of the index, ascending, each once.
        own: Cosine of each sentence.
        window: Cosine of the mean of each sentence and its neighbours.
        matching: How well its word-pieces match the question's, in [-1, 1]; its own cosine where
            the question has no word-pieces.
        passages: Position of the best retrieved passage that holds it, 0 for the best one.
    """

    rows: Rows
    own: Scores
    window: Scores
    matching: Scores
    passages: Rows


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What was retrieved for a question.

    Attributes:
        passages: Best first.
        sentences: All sentences of those passages.
        best_dense: Largest cosine of a passage with the question, on the English encoder's scale;
            about -1 if there is no passage.
        n_named: How many of the first passages hold what the question names.
    """

    passages: tuple[ScoredPassage, ...]
    sentences: ScoredSentences
    best_dense: float
    n_named: int = 0


def retrieve(
    text: str,
    query: EncodedText,
    index: SearchIndex,
    *,
    scope: SearchScope,
    views: Views,
) -> Retrieved:
    """Return the passages that are wanted, best first; repeats of better ones come later.

    Ties keep the order of the index.

    Args:
        text: The question's words, in the language of the reports.
        query: The question as the encoder sees it.
        index: Where to search.
        scope: Where to search and how many passages are wanted.
        views: How passages are scored.
    """
    weights, scale = views.weights, views.scale
    top_k = scope.top_k
    passages = index.passages_at(scope.named)
    candidates = index.candidates(
        query,
        f"{text} {scope.words}" if scope.words else text,
        limit=max(N_CANDIDATES, top_k),
        documents=scope.documents,
        passages=passages,
    )
    failing: frozenset[int] = frozenset()
    if scope.narrow is not None:
        candidates, failing = scope.narrow(candidates, passages)
    ahead = _AHEAD * np.isin(candidates.rows, passages)
    favour = _FAVOUR * np.isin(candidates.documents, scope.sources)
    runs = index.sentence_runs(candidates)
    likeness = candidates.vectors @ query.vector
    dense = scale(likeness)
    own, window = map(scale, cosines(runs, query.vector))
    by_vectors = (
        weights.dense * dense
        + weights.lexical * _bm25_shares(candidates)
        + weights.sentence * _best_of_runs(own, runs)
        + weights.window * _best_of_runs(window, runs)
    )
    likely = np.argsort(-by_vectors - weights.total * favour - ahead, kind="stable")[
        : max(_N_MATCHED, 2 * top_k)
    ]
    matches = index.match(query, candidates.rows[likely])
    scores = (by_vectors[likely] + _matched(matches, weights)) / weights.total + favour[likely]
    order = _diverse(candidates, likely, scores + ahead[likely], top_k=top_k)
    best = likely[order]
    matching = _matching(matches, likely, candidates, runs) if len(query.ids) else own
    sentences = ScoredSentences(runs.rows, own, window, matching, runs.passages)
    return Retrieved(
        passages=_scored_passages(index, candidates.rows[best], scores[order], favour[best]),
        sentences=_of_passages(sentences, best, without=failing),
        best_dense=scale.relevance(float(likeness.max(initial=-1.0))),
        n_named=int(np.isin(candidates.rows[best], passages).sum()),
    )


def cosines(runs: SentenceRuns, query: Vectors) -> tuple[Scores, Scores]:
    """Return the cosine of each sentence, and that of its window."""
    norms = np.linalg.norm(runs.windows, axis=1)
    window: Scores = (runs.windows @ query) / np.maximum(norms, 1e-9)
    return runs.vectors @ query, window


def _bm25_shares(candidates: Candidates) -> Scores:
    """Return each candidate's BM25 score as a share of the best one's, in [0, 1]."""
    best = candidates.bm25.max(initial=0.0) or 1.0
    return (candidates.bm25 / best).astype(np.float32)


def _best_of_runs(scores: Scores, runs: SentenceRuns) -> Scores:
    """Return the best score among the sentences of each passage."""
    if not len(runs.firsts):
        return np.zeros(0, dtype=np.float32)
    best: Scores = np.maximum.reduceat(scores, runs.firsts)
    return best


def _matched(matches: Matches, weights: ViewWeights) -> Scores:
    """Return what word-pieces add to each matched passage: its own, its best sentence's."""
    best_sentences = np.zeros_like(matches.passages)
    np.maximum.at(best_sentences, matches.position, matches.scores)
    return weights.pieces * matches.passages + weights.sentence_pieces * best_sentences


def _diverse(candidates: Candidates, likely: Rows, scores: Scores, *, top_k: int) -> list[int]:
    """Return the positions of at most ``top_k`` passages: good ones that do not repeat each other.

    Neighbouring passages overlap (`indexer.segmentation.passages`). One whose text stands in better
    ones counts for less, by the share of it that does (no text stands in more than two), and so
    comes later; its score stays.

    Args:
        candidates: All candidates.
        likely: Which of them are ranked.
        scores: Of those, in [-1, 1].
        top_k: Passages wanted.

    Source:
        Carbonell and Goldstein (1998), The use of MMR, 10.1145/290941.291025.
    """
    documents, starts, ends = (
        column[likely] for column in (candidates.documents, candidates.starts, candidates.ends)
    )
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


def _matching(matches: Matches, likely: Rows, candidates: Candidates, runs: SentenceRuns) -> Scores:
    """Return how well each sentence of ``runs`` matches; 0 where its passage was not matched."""
    # Sentences stand passage by passage, one row after the other.
    passages = likely[matches.position]
    places = runs.firsts[passages] + matches.sentences - candidates.first_sentences[passages]
    matching = np.zeros(len(runs.rows), dtype=np.float32)
    matching[places] = matches.scores
    return matching


def _scored_passages(
    index: SearchIndex, rows: Rows, scores: Scores, favours: Scores
) -> tuple[ScoredPassage, ...]:
    scored = []
    for row, score, favour in zip(
        map(int, rows), map(float, scores), map(float, favours), strict=True
    ):
        passage, text = index.passage(row), index.passage_text(row)
        scored.append(ScoredPassage(row, passage, text, score, favour))
    return tuple(scored)


def _of_passages(
    sentences: ScoredSentences, best: Rows, *, without: frozenset[int]
) -> ScoredSentences:
    """Return the sentences of the ``best`` candidates; one that is in two goes to the first.

    Those at the rows ``without`` are left out.
    """
    rank = np.full(int(sentences.passages.max(initial=-1)) + 1, -1)
    rank[best] = np.arange(len(best))
    ranks = rank[sentences.passages]
    is_kept = ranks >= 0
    if without:
        is_kept &= ~np.isin(sentences.rows, sorted(without))
    kept = np.flatnonzero(is_kept)
    kept = kept[np.lexsort((ranks[kept], sentences.rows[kept]))]
    _, firsts = np.unique(sentences.rows[kept], return_index=True)
    chosen = kept[firsts]
    return ScoredSentences(
        rows=sentences.rows[chosen],
        own=sentences.own[chosen],
        window=sentences.window[chosen],
        matching=sentences.matching[chosen],
        passages=ranks[chosen],
    )


def merged(parts: Sequence[Retrieved], *, top_k: int) -> Retrieved:
    """Return what was retrieved from several sets of documents as one, best passage first.

    Args:
        parts: At least one; no document is in two of them.
        top_k: Passages wanted.
    """
    if len(parts) == 1:
        return parts[0]
    places = [
        (worth, part, position)
        for part, retrieved in enumerate(parts)
        for position, worth in enumerate(_worths(retrieved))
    ]
    best = sorted(places, key=lambda place: -place[0])[:top_k]
    rank = {(part, position): at for at, (_, part, position) in enumerate(best)}
    return Retrieved(
        passages=tuple(parts[part].passages[position] for _, part, position in best),
        sentences=_merged_sentences([part.sentences for part in parts], rank),
        best_dense=max(part.best_dense for part in parts),
        n_named=min(top_k, sum(part.n_named for part in parts)),
    )


def _worths(retrieved: Retrieved) -> list[float]:
    """Return what each passage is ranked by among those of others, never more than one before it.

    A passage that repeats better ones stands behind passages of a lower score, and stays there.
    """
    worths: list[float] = []
    for position, scored in enumerate(retrieved.passages):
        worth = scored.score + _AHEAD * (position < retrieved.n_named)
        worths.append(min([worth, *worths[-1:]]))
    return worths


def _merged_sentences(
    parts: Sequence[ScoredSentences], rank: Mapping[tuple[int, int], int]
) -> ScoredSentences:
    """Return the sentences of the passages that are in ``rank``, by part and position."""
    ranks = np.asarray(
        [
            rank.get((part, passage), -1)
            for part, sentences in enumerate(parts)
            for passage in sentences.passages.tolist()
        ],
        dtype=np.int64,
    )
    rows = np.concatenate([part.rows for part in parts])
    kept = np.flatnonzero(ranks >= 0)
    kept = kept[np.argsort(rows[kept], kind="stable")]
    return ScoredSentences(
        rows=rows[kept],
        own=np.concatenate([part.own for part in parts])[kept],
        window=np.concatenate([part.window for part in parts])[kept],
        matching=np.concatenate([part.matching for part in parts])[kept],
        passages=ranks[kept],
    )
