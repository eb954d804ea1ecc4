"""The late-interaction index: every word-piece of a passage with a vector of its own.

A passage matches a question as well as its pieces match those of the question: each piece of the
question counts with the cosine of the likest piece of the passage (MaxSim), rare ones more. What
one sentence of the passage contributes is known too, read in its context.

The vectors are the encoder's own states of the passage, made smaller by
`indexer.encoder.building.projection` and stored by `indexer.store.piece_code`. Only those of the
passages that are matched are read.

    pieces/codes.npy   (n_pieces, bytes)     their vectors as they are stored
           runs.npy    (n_runs,)             pieces of each passage's context and sentences
           places.npy  (n_runs,)             where they begin, as passages may share them
           starts.npy  (n_passages + 1, 2)   first piece and first run of each passage
           counts.npy  (n_ids,)              passages that have a piece, by vocabulary id
           document_counts.npy  (n, 2)       the same for each document: id, passages
           document_starts.npy  (n_documents + 1,)  where those of each document begin
           book-0.npy, book-1.npy            typical parts of vectors, if they are stored by them

Source:
    Khattab and Zaharia (2020), arXiv:2004.12832; Santhanam et al. (2022), arXiv:2112.01488.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamagedError
from indexer.records import EncodedText, Rows, Scores
from indexer.store.checked_rows import CheckedRows
from indexer.store.piece_code import Book, ByteCode, Codes, PieceCode, ProductCode, piece_code
from indexer.store.shared_pieces import Parts, share

STARTS = "starts.npy"
RUNS = "runs.npy"
CODES = "codes.npy"
PLACES = "places.npy"
COUNTS = "counts.npy"
DOCUMENT_COUNTS = "document_counts.npy"
DOCUMENT_STARTS = "document_starts.npy"
BOOK = "book-{}.npy"

Counts = NDArray[np.uint16] | NDArray[np.uint32]
"""Vocabulary ids and how many passages have each, ``(n_ids, 2)``, ids ascending; narrow where the
vocabulary allows."""

_LEAST_WEIGHT = 0.05
"""Of a piece that every passage has; larger weights are inverse document frequencies."""


_ROWS_AT_ONCE = 1024
"""Pieces whose vectors are made together: what stays in the cache takes a fifth of the time."""


@dataclass(frozen=True, slots=True)
class PassagePieces:
    """The word-pieces of one passage as it was embedded.

    Attributes:
        ids: Vocabulary ids of all but the special ones.
        starts: Where each begins in the embedded text, ``(n_pieces,)``, ascending.
        codes: Their vectors, a byte a component.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int32]
    codes: Codes


@dataclass(frozen=True, slots=True)
class DocumentPieces:
    """The pieces of one document's passages, passage by passage.

    Attributes:
        starts: ``(n_passages + 1, 2)`` int64: passage ``i`` brings pieces ``starts[i, 0]`` up to
            ``starts[i + 1, 0]``, and has runs ``starts[i, 1]`` up to ``starts[i + 1, 1]``.
        runs: ``(n_runs,)`` uint16: how many pieces the context of a passage has, and then each of
            its sentences in order.
        codes: Their vectors as they are stored.
        counts: Of all pieces.
        places: ``(n_runs,)`` int32: where the pieces of each run begin, counted from
            ``starts[i, 0]`` of its passage; below 0 where an earlier passage brought them.
    """

    starts: NDArray[np.int64]
    runs: NDArray[np.uint16]
    codes: Codes
    counts: Counts
    places: NDArray[np.int32]

    @property
    def is_compact(self) -> bool:
        """Tell whether their vectors are stored by a book, which does not give them back whole."""
        return self.codes.dtype == np.uint8

    def of_passage(self, number: int) -> tuple[Codes, NDArray[np.uint16]]:
        """Return the codes of the pieces of the ``number``-th passage, and its runs."""
        (first_piece, first_run), last_run = self.starts[number], self.starts[number + 1, 1]
        runs = self.runs[first_run:last_run]
        begins = first_piece + self.places[first_run:last_run].astype(np.int64)
        return self.codes[_joined(begins, begins + runs)], runs

    def compacted(self, book: Book, parts: Parts) -> "DocumentPieces":
        """Return them stored by ``book``, those that passages share once.

        As they are if they have no vectors or are stored so already. What comes out is the same
        whether they were just embedded or come from an index.

        Args:
            book: By which they are stored.
            parts: What the runs of each passage are.
        """
        if self.is_compact or not len(self.codes):
            return self
        lengths = np.split(self.runs.astype(np.int64), self.starts[1:-1, 1])
        vectors, begins = share(ByteCode().decode(self.codes), lengths, parts)
        ends = [
            max(begin + n for begin, n in zip(own, passage_lengths.tolist(), strict=True))
            for own, passage_lengths in zip(begins, lengths, strict=True)
        ]
        starts = self.starts.copy()
        starts[1:, 0] = np.maximum.accumulate(ends)
        firsts = np.repeat(starts[:-1, 0], np.diff(starts[:, 1]))
        return replace(
            self,
            starts=starts,
            codes=ProductCode(book).encode(vectors),
            places=(np.concatenate([np.asarray(own) for own in begins]) - firsts).astype(np.int32),
        )


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
        is_compact: Whether their vectors are stored by a book.
    """

    def __init__(self, folder: Path) -> None:
        """Open what `indexer.store.writing.piece_writer` wrote into ``folder``.

        Raises:
            IndexDamagedError: It is not there or no such index.
        """
        try:
            self._codes = CheckedRows(folder / CODES)
            self._starts = mapped(folder / STARTS)
            self._runs = mapped(folder / RUNS)
            self._places = mapped(folder / PLACES)
            counts = mapped(folder / COUNTS)
            self._document_counts = mapped(folder / DOCUMENT_COUNTS)
            self._document_starts = mapped(folder / DOCUMENT_STARTS)
            book = read_book(folder)
        except (OSError, ValueError) as error:
            raise IndexDamagedError(
                f"no word-pieces in {folder}: {error}; rebuild with `python -m indexer build`"
            ) from error
        self.is_compact = book is not None
        self._code: PieceCode = piece_code(book)
        self._weights = PieceWeights(counts, int(np.count_nonzero(np.diff(self._starts[:, 1]))))

    @property
    def damaged(self) -> Path | None:
        """Return the file that was found damaged when it was read, or ``None``."""
        return self._codes.damaged

    def of(self, document: int, first_passage: int, n_passages: int) -> DocumentPieces:
        """Return the pieces of the document at a position, whose passages begin there."""
        starts = self._starts[first_passage : first_passage + n_passages + 1]
        (first_piece, first_run), (last_piece, last_run) = starts[0].tolist(), starts[-1].tolist()
        return DocumentPieces(
            starts=starts - starts[0],
            runs=self._runs[first_run:last_run],
            codes=self._codes.between(first_piece, last_piece),
            counts=self._document_counts[slice(*self._document_starts[document : document + 2])],
            places=self._places[first_run:last_run],
        )

    def match(self, question: EncodedText, passages: Rows, first_sentences: Rows) -> Matches:
        """Return how well passages and their sentences match ``question``.

        A question without pieces matches nothing: every score is 0.

        Args:
            question: The question as the encoder sees it.
            passages: Rows of the passages.
            first_sentences: Row of the first sentence of each.

        Raises:
            IndexDamagedError: What is stored of them does not fit its checksum.
        """
        starts, stops = self._starts[passages], self._starts[passages + 1]
        run_rows = _joined(starts[:, 1], stops[:, 1])
        lengths = self._runs[run_rows].astype(np.int64)
        kept = np.flatnonzero(lengths)
        if not len(kept) or not len(question.ids):
            return no_matches(len(passages))
        position = np.repeat(np.arange(len(passages)), stops[:, 1] - starts[:, 1])[kept]
        in_passage = run_rows[kept] - starts[position, 1]  # 0 is the context
        begins = starts[position, 0] + self._places[run_rows[kept]]
        return matches_of(
            self._best_of_runs(question, begins, lengths[kept]),
            position,
            in_passage,
            weights=self._weights.of(question.ids),
            first_sentences=first_sentences,
        )

    def _best_of_runs(self, question: EncodedText, begins: Rows, lengths: Rows) -> Scores:
        """Return the cosine of each piece of ``question`` with the likest of each run.

        Args:
            question: The question as the encoder sees it.
            begins: First piece of each run; runs that are equal are read once.
            lengths: Pieces of each run, at least 1.
        """
        (begins, lengths), runs = np.unique(
            np.stack([begins, lengths]), axis=1, return_inverse=True
        )
        codes = self._codes.stretches(begins, begins + lengths)
        cosines = np.empty((len(codes), len(question.pieces)), dtype=np.float32)
        for first in range(0, len(codes), _ROWS_AT_ONCE):
            rows = slice(first, first + _ROWS_AT_ONCE)
            cosines[rows] = self._code.decode(codes[rows]) @ question.pieces.T
        firsts = np.cumsum(lengths) - lengths
        best: Scores = np.maximum.reduceat(cosines, firsts, axis=0)
        return best[runs]

    def match_texts(self, question: EncodedText, texts: Sequence[EncodedText]) -> Scores:
        """Return how well each of ``texts``, which need not be indexed, matches ``question``."""
        return self._weights.match_texts(question, texts)


class PieceWeights:
    """Weighs the word-pieces of a question by how rare they are in an index."""

    def __init__(self, counts: NDArray[np.int32], n_passages: int) -> None:
        """Take how many of ``n_passages`` passages that have pieces have each vocabulary id."""
        self._counts, self._n_passages = counts, n_passages

    def of(self, ids: NDArray[np.int64]) -> Scores:
        """Return the share of a question's pieces in its score, ``(n_pieces,)``, their sum 1.

        They are inverse document frequencies among the passages that have pieces; a piece that none
        of them has weighs most.
        """
        known = ids < len(self._counts)
        counts = np.where(known, self._counts[np.where(known, ids, 0)], 0)
        weights = np.maximum(np.log((self._n_passages + 1) / (counts + 0.5)), _LEAST_WEIGHT)
        return (weights / max(float(weights.sum()), 1e-9)).astype(np.float32)

    def match_texts(self, question: EncodedText, texts: Sequence[EncodedText]) -> Scores:
        """Return how well each of ``texts`` matches ``question``."""
        weights = self.of(question.ids)
        return np.asarray(
            [
                (text.pieces @ question.pieces.T).max(axis=0, initial=-1.0) @ weights
                for text in texts
            ],
            dtype=np.float32,
        )


def matches_of(
    best: Scores, position: Rows, in_passage: Rows, *, weights: Scores, first_sentences: Rows
) -> Matches:
    """Return how well passages and sentences match, from how well their runs do.

    Args:
        best: Cosine of each piece of the question with the likest of each run, ``(n, n_pieces)``;
            runs without pieces are left out.
        position: Which of the passages has the run, ascending.
        in_passage: Which of its runs it is; 0 is the context.
        weights: Of the pieces of the question.
        first_sentences: Row of the first sentence of each passage.
    """
    scores = np.zeros(len(first_sentences), dtype=np.float32)
    matched, first_runs = np.unique(position, return_index=True)
    scores[matched] = np.maximum.reduceat(best, first_runs, axis=0) @ weights
    of_sentence = in_passage > 0
    return Matches(
        passages=scores,
        sentences=(first_sentences[position] + in_passage - 1)[of_sentence],
        position=position[of_sentence],
        scores=best[of_sentence] @ weights,
    )


def no_matches(n_passages: int) -> Matches:
    """Return that nothing of so many passages matches: every score is 0."""
    nothing = np.zeros(0, dtype=np.int64)
    scores = np.zeros(n_passages, dtype=np.float32)
    return Matches(scores, nothing, nothing, scores[:0])


def read_book(folder: Path) -> Book | None:
    """Return the book that lies in ``folder``, or ``None``."""
    paths = sorted(folder.glob(BOOK.format("*")))
    return tuple(np.load(path) for path in paths) or None


def mapped(path: Path) -> NDArray[Any]:
    """Open an array file for reading, memory-mapped.

    As a plain array: numpy's own class for mapped ones takes three times as long for each row.
    """
    array: NDArray[Any] = np.load(path, mmap_mode="r").view(np.ndarray)
    return array


def document_pieces(
    passages: Sequence[PassagePieces], runs: Sequence[NDArray[np.int64]]
) -> DocumentPieces:
    """Return the pieces of a document.

    Args:
        passages: Its passages in order, at least one.
        runs: For each passage how many pieces its context has, and then each of its sentences.
    """
    lengths = [
        (len(passage.codes), len(counts)) for passage, counts in zip(passages, runs, strict=True)
    ]
    ids, n_passages = np.unique(
        np.concatenate([np.unique(passage.ids) for passage in passages]), return_counts=True
    )
    counts = np.column_stack([ids, n_passages])
    is_narrow = counts.max(initial=0) <= np.iinfo(np.uint16).max
    return DocumentPieces(
        starts=np.cumsum([(0, 0), *lengths], axis=0, dtype=np.int64),
        runs=np.concatenate(runs).astype(np.uint16),
        codes=np.concatenate([passage.codes for passage in passages]),
        counts=counts.astype(np.uint16) if is_narrow else counts.astype(np.uint32),
        places=places_in_order(runs),
    )


def places_in_order(runs: Sequence[NDArray[np.integer[Any]]]) -> NDArray[np.int32]:
    """Return where the runs of each passage begin if they stand one after the other."""
    places = [np.cumsum(own, dtype=np.int64) - own for own in runs]
    return np.concatenate([np.zeros(0, dtype=np.int64), *places]).astype(np.int32)


def no_pieces(n_passages: int) -> DocumentPieces:
    """Return the pieces of a document whose word-pieces have no vectors."""
    return DocumentPieces(
        starts=np.zeros((n_passages + 1, 2), dtype=np.int64),
        runs=np.zeros(0, dtype=np.uint16),
        codes=np.zeros((0, 1), dtype=np.int8),
        counts=np.zeros((0, 2), dtype=np.uint16),
        places=np.zeros(0, dtype=np.int32),
    )


def _joined(starts: NDArray[np.int64], stops: NDArray[np.int64]) -> Rows:
    """Return the rows ``starts[0]`` up to ``stops[0]``, then the next ones, in one array."""
    counts = stops - starts
    ends = np.cumsum(counts)
    rows: Rows = np.arange(counts.sum()) + np.repeat(starts - (ends - counts), counts)
    return rows
