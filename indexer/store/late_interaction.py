"""The late-interaction index: every word-piece of a passage with a vector of its own.

A passage matches a question as well as its pieces match those of the question: each piece of the
question counts with the cosine of the likest piece of the passage (MaxSim), rare ones more. What
one sentence of the passage contributes is known too, read in its context.

The vectors are the encoder's own states of the passage, made smaller by
`indexer.encoder.building.projection`.

Source:
    Khattab and Zaharia (2020), arXiv:2004.12832; Santhanam et al. (2022), arXiv:2112.01488.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamagedError
from indexer.records import EncodedText, Rows, Scores, Vectors

_STARTS = "starts.npy"
_WHERE = "where.npy"
_VECTORS = "vectors.npy"
_COUNTS = "counts.npy"

_SCALE = 127
"""A component of a unit vector is stored times this, rounded."""

_LEAST_WEIGHT = 0.05
"""Of a piece that every passage has; larger weights are inverse document frequencies."""


@dataclass(frozen=True, slots=True)
class PassagePieces:
    """The word-pieces of one passage as it was embedded.

    Attributes:
        ids: Vocabulary ids without the special ones, shape ``(n_pieces,)``.
        starts: Where in the embedded text each begins, ``(n_pieces,)``.
        vectors: As they are stored, ``(n_pieces, width)``: unit vectors times 127.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    vectors: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class DocumentPieces:
    """The pieces of one document's passages, passage by passage.

    Attributes:
        starts: ``(n_passages + 1,)`` int64: passage ``i`` has pieces ``starts[i]`` up to
            ``starts[i + 1]``.
        where: ``(n_pieces, 2)`` int32: position of the sentence in the document, -1 for a piece of
            the passage's context; and vocabulary id.
        vectors: ``(n_pieces, width)`` int8: unit vectors times 127.
    """

    starts: NDArray[np.int64]
    where: NDArray[np.int32]
    vectors: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Matches:
    """How well passages and their sentences match a question.

    Attributes:
        passages: One score for each passage asked for, in [-1, 1].
        sentences: Rows of the sentences in them, passage by passage.
        position: Which of the passages each stands in.
        scores: Their scores, in [-1, 1].
    """

    passages: Scores
    sentences: Rows
    position: Rows
    scores: Scores


class PieceIndex:
    """Scores passages and sentences by their word-pieces; memory-mapped.

    Attributes:
        width: Length of a piece's vector.
    """

    def __init__(
        self,
        starts: NDArray[np.int64],
        where: NDArray[np.int32],
        vectors: NDArray[np.int8],
        counts: NDArray[np.int32],
    ) -> None:
        """Wrap arrays as in `DocumentPieces`, of all documents.

        Args:
            starts: As there.
            where: As there, with the sentence's row in the index.
            vectors: As there.
            counts: Passages that have a piece, by its vocabulary id.
        """
        self._starts, self._where, self._vectors, self._counts = starts, where, vectors, counts
        self.width = int(vectors.shape[1])
        self._n_passages = int(np.count_nonzero(np.diff(starts)))

    @classmethod
    def write(
        cls, folder: Path, documents: Sequence[DocumentPieces], first_sentences: Sequence[int]
    ) -> None:
        """Write the pieces of ``documents`` into ``folder``, which is made.

        Args:
            folder: Where to.
            documents: In the order of the index.
            first_sentences: Row of each document's first sentence.
        """
        folder.mkdir()
        ends = np.cumsum([len(document.where) for document in documents])
        starts = [
            document.starts[:-1] + end - len(document.where)
            for document, end in zip(documents, ends, strict=True)
        ]
        where = np.concatenate([
            document.where + [(first, 0)] * (document.where[:, :1] >= 0)
            for document, first in zip(documents, first_sentences, strict=True)
        ]).astype(np.int32)  # fmt: skip
        bounds = np.concatenate([*starts, ends[-1:]]).astype(np.int64)
        np.save(folder / _STARTS, bounds)
        np.save(folder / _WHERE, where if len(where) else np.full((1, 2), -1, dtype=np.int32))
        vectors = [document.vectors for document in documents if len(document.vectors)]
        # An empty file cannot be mapped: without any pieces a row stands there that none has.
        np.save(folder / _VECTORS, np.concatenate(vectors or [np.zeros((1, 1), dtype=np.int8)]))
        np.save(folder / _COUNTS, _counts(bounds, where[:, 1]))

    @classmethod
    def read(cls, folder: Path) -> "PieceIndex":
        """Open what `write` wrote.

        Raises:
            IndexDamagedError: It is not there or no such index.
        """
        try:
            return cls(
                mapped(folder / _STARTS),
                mapped(folder / _WHERE),
                mapped(folder / _VECTORS),
                mapped(folder / _COUNTS),
            )
        except (OSError, ValueError) as error:
            raise IndexDamagedError(
                f"no word-pieces in {folder}: {error}; rebuild with `python -m indexer build`"
            ) from error

    def of(self, first_passage: int, n_passages: int, first_sentence: int) -> DocumentPieces:
        """Return the pieces of the document whose passages and sentences begin there."""
        starts = self._starts[first_passage : first_passage + n_passages + 1]
        where = np.array(self._where[starts[0] : starts[-1]])
        where[:, 0] = np.where(where[:, 0] < 0, -1, where[:, 0] - first_sentence)
        return DocumentPieces(starts - starts[0], where, self._vectors[starts[0] : starts[-1]])

    def weights(self, ids: NDArray[np.int64]) -> Scores:
        """Return the share of a question's pieces in its score, ``(n_pieces,)``, their sum 1.

        They are inverse document frequencies among the passages that have pieces; a piece that none
        of them has weighs most.
        """
        n_passages = self._n_passages
        known = ids < len(self._counts)
        counts = np.where(known, self._counts[np.where(known, ids, 0)], 0)
        weights = np.maximum(np.log((n_passages + 1) / (counts + 0.5)), _LEAST_WEIGHT)
        return (weights / max(float(weights.sum()), 1e-9)).astype(np.float32)

    def match(self, question: EncodedText, passages: Rows) -> Matches:
        """Return how well ``passages`` and their sentences match ``question``.

        A question without pieces matches nothing: every score is 0.
        """
        has_pieces = self._starts[passages + 1] > self._starts[passages]
        if not has_pieces.any() or not len(question.ids):
            nothing = np.zeros(0, dtype=np.int64)
            zeros = np.zeros(len(passages), dtype=np.float32)
            return Matches(zeros, nothing, nothing, zeros[:0])
        bounds = [(int(self._starts[row]), int(self._starts[row + 1])) for row in passages]
        counts = np.asarray([end - start for start, end in bounds])
        position = np.repeat(np.arange(len(passages)), counts)
        sentences = np.concatenate([self._where[start:end, 0] for start, end in bounds])
        vectors = np.concatenate([self._vectors[start:end] for start, end in bounds])
        cosines = vectors.astype(np.float32) @ (question.pieces.T / _SCALE)  # (n, n_asked)
        # Pieces of one sentence, or of the context, stand together: a run each.
        is_first = np.ones(len(position), dtype=bool)
        is_first[1:] = (np.diff(position) != 0) | (np.diff(sentences) != 0)
        runs = np.flatnonzero(is_first)
        best = np.maximum.reduceat(cosines, runs, axis=0)  # (n_runs, n_asked)
        weights = self.weights(question.ids)
        of_sentence = sentences[runs] >= 0
        scores = np.zeros(len(passages), dtype=np.float32)
        has_pieces = counts > 0
        first_runs = np.searchsorted(position[runs], np.flatnonzero(has_pieces))
        scores[has_pieces] = np.maximum.reduceat(best, first_runs, axis=0) @ weights
        return Matches(
            passages=scores,
            sentences=sentences[runs][of_sentence].astype(np.int64),
            position=position[runs][of_sentence],
            scores=best[of_sentence] @ weights,
        )

    def match_texts(self, question: EncodedText, texts: Sequence[EncodedText]) -> Scores:
        """Return how well each of ``texts``, which need not be indexed, matches ``question``."""
        weights = self.weights(question.ids)
        return np.asarray(
            [
                (text.pieces @ question.pieces.T).max(axis=0, initial=-1.0) @ weights
                for text in texts
            ],
            dtype=np.float32,
        )


def mapped(path: Path) -> NDArray[Any]:
    """Open an array file for reading, memory-mapped.

    As a plain array: numpy's own class for mapped ones takes three times as long for each row.
    """
    array: NDArray[Any] = np.load(path, mmap_mode="r").view(np.ndarray)
    return array


def document_pieces(
    passages: Sequence[PassagePieces], sentences: Sequence[NDArray[np.int64]]
) -> DocumentPieces:
    """Return the pieces of a document.

    Args:
        passages: Its passages in order, at least one.
        sentences: For each piece of each passage the position of its sentence, or -1.
    """
    where = np.column_stack([
        np.concatenate(sentences), np.concatenate([passage.ids for passage in passages])
    ])  # fmt: skip
    return DocumentPieces(
        starts=np.cumsum([0, *(len(passage.ids) for passage in passages)], dtype=np.int64),
        where=where.astype(np.int32),
        vectors=np.concatenate([passage.vectors for passage in passages]),
    )


def no_pieces(n_passages: int) -> DocumentPieces:
    """Return the pieces of a document whose word-pieces have no vectors."""
    return DocumentPieces(
        starts=np.zeros(n_passages + 1, dtype=np.int64),
        where=np.zeros((0, 2), dtype=np.int32),
        vectors=np.zeros((0, 1), dtype=np.int8),
    )


def stored(vectors: Vectors) -> NDArray[np.int8]:
    """Return unit ``vectors`` as they are stored: a byte a component."""
    return np.rint(vectors * _SCALE).astype(np.int8)


def _counts(starts: NDArray[np.int64], ids: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return in how many passages each vocabulary id stands, up to the largest that does."""
    counts = np.zeros(int(ids.max(initial=0)) + 1, dtype=np.int32)
    for start, end in pairwise(starts):
        counts[np.unique(ids[start:end])] += 1
    return counts
