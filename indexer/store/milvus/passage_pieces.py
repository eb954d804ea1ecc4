"""Late interaction on word-pieces that are read from Milvus, passage by passage."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.records import EncodedText, Rows, Scores
from indexer.store.late_interaction import (
    Counts,
    DocumentPieces,
    Matches,
    PieceWeights,
    matches_of,
    no_matches,
    places_in_order,
)
from indexer.store.milvus.arrays import from_text, to_text
from indexer.store.milvus.collections import Collections, Kind
from indexer.store.milvus.files import PIECES, read_file
from indexer.store.piece_code import Book, piece_code


class PassagePieces:
    """Scores passages and sentences by their word-pieces.

    Attributes:
        is_compact: Whether their vectors are stored by a book.
    """

    def __init__(self, collections: Collections) -> None:
        """Read in how many passages each piece stands, and how their vectors are stored.

        Raises:
            IndexDamagedError: That is not there.
            MilvusError: Milvus cannot answer.
        """
        self._collections = collections
        counts, n_passages, *book = from_text(read_file(collections, PIECES).decode())
        self._weights = PieceWeights(counts, int(n_passages[0]))
        self.is_compact = bool(book)
        self._code = piece_code(tuple(book) or None)

    def match(self, question: EncodedText, passages: Rows) -> Matches:
        """Return how well ``passages`` and their sentences match ``question``."""
        rows = self._collections.rows(
            Kind.PASSAGES, "row", passages.tolist(), ("first", "codes", "runs")
        )
        codes, runs = (
            _arrays(rows, passages.tolist(), "codes"),
            _arrays(rows, passages.tolist(), "runs"),
        )
        lengths = np.concatenate([np.zeros(0, dtype=np.int64), *runs]).astype(np.int64)
        kept = np.flatnonzero(lengths)
        if not len(kept) or not len(question.ids):
            return no_matches(len(passages))
        cosines = self._code.decode(joined(codes)) @ question.pieces.T  # (n_pieces, n_asked)
        n_runs = np.asarray([len(own) for own in runs])
        position = np.repeat(np.arange(len(passages)), n_runs)[kept]
        return matches_of(
            np.maximum.reduceat(cosines, (np.cumsum(lengths) - lengths)[kept], axis=0),
            position,
            kept - (np.cumsum(n_runs) - n_runs)[position],
            weights=self._weights.of(question.ids),
            first_sentences=np.asarray([rows[row]["first"] for row in passages.tolist()]),
        )

    def match_texts(self, question: EncodedText, texts: Sequence[EncodedText]) -> Scores:
        """Return how well each of ``texts``, which need not be indexed, matches ``question``."""
        return self._weights.match_texts(question, texts)

    def of(self, passages: Sequence[int], counts: Counts) -> DocumentPieces:
        """Return the pieces of a document, given the rows of its passages and its counts."""
        rows = self._collections.rows(Kind.PASSAGES, "row", passages, ("codes", "runs"))
        codes, runs = (_arrays(rows, passages, field) for field in ("codes", "runs"))
        lengths = [(len(c), len(r)) for c, r in zip(codes, runs, strict=True)]
        return DocumentPieces(
            starts=np.cumsum([(0, 0), *lengths], axis=0, dtype=np.int64),
            runs=joined(runs),
            codes=joined(codes),
            counts=counts,
            places=places_in_order(runs),
        )


def passage_fields(pieces: DocumentPieces, number: int) -> dict[str, str]:
    """Return the fields with the pieces of a document's ``number``-th passage."""
    codes, runs = pieces.of_passage(number)
    return {"codes": to_text(codes), "runs": to_text(runs)}


def pieces_file(counts: NDArray[np.int32], n_passages: int, book: Book | None) -> bytes:
    """Return the file that `PassagePieces` reads.

    Args:
        counts: Passages that have a piece, by vocabulary id.
        n_passages: Passages that have pieces.
        book: By which vectors are stored; ``None``: a byte a component.
    """
    return to_text(counts, np.asarray([n_passages]), *(book or ())).encode()


def _arrays(
    rows: Mapping[int, Mapping[str, Any]], passages: Sequence[int], field: str
) -> list[NDArray[Any]]:
    """Return what a field holds of each passage."""
    return [from_text(rows[row][field])[0] for row in passages]


def joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Return arrays as one; those without rows may be of another width or type."""
    kept = [array for array in arrays if len(array)] or list(arrays[:1])
    return np.concatenate(kept) if kept else np.zeros((0, 1), dtype=np.uint8)
