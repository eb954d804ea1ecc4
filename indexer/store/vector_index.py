"""The vector index: exact inner product while that is fast, inverted lists above; FAISS throughout.

A vector's component takes a byte (`indexer.store.byte_vectors`). An exact index has the vectors
itself, mapped. Inverted lists have four bits for every two components, by which they propose
passages in a fifth of the time; the proposals are ranked by the vectors, which lie in a file
beside them (docs/decisions.md, D56).

Source:
    Douze et al. (2024), The Faiss library, arXiv:2401.08281; André, Kermarrec and Le Scouarnec
    (2015), Cache locality is not enough, doi:10.14778/2856318.2856324.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamagedError
from indexer.records import Rows, Vectors
from indexer.store.byte_vectors import ByteVectors, from_bytes, to_bytes
from indexer.store.checked_rows import CheckedRows

PASSAGE_VECTORS = "passage_vectors.npy"
"""The vectors that inverted lists propose from, beside them."""

WANTED_RECALL = 0.96
"""Share of the ten nearest that inverted lists have to find, over the sampled questions."""

RECALL_DEPTH = 10

_MIN_TRAIN_PER_LIST = 39
_TRAINED_PER_LIST = 64
_N_ROUNDS = 10
_LISTS_PER_ROOT = 2
_MIN_PROBED = 8
_ROWS_AT_ONCE = 16_384
_INVERTED = b"Iw"
"""How a file of inverted lists begins."""

_PART_WIDTH = 2
"""Components that four bits stand for."""

_PROPOSED = 3
"""Rows that inverted lists propose, as a multiple of what is wanted."""

_WANTED = 100
"""Rows that are wanted of a search whose first ones are compared with the nearest."""

_SCORED_ROW_BY_ROW = 20_000
"""Up to this many rows of a filter are scored one by one, in about ten milliseconds."""


@dataclass(frozen=True, slots=True)
class VectorRecall:
    """How the vector index compares with exact search.

    Attributes:
        kind: ``"exact"`` or ``"ivf"``.
        recall_at_10: Share of the ten truly nearest vectors found, mean over sampled questions, in
            [0, 1].
    """

    kind: str
    recall_at_10: float


class VectorIndex:
    """Finds the rows whose vectors have the largest inner product with a query."""

    def __init__(self, index: Any, vectors: CheckedRows | ByteVectors | None) -> None:
        """Wrap a FAISS index that is trained and filled.

        Args:
            index: The index; FAISS's stubs are partial.
            vectors: Those of its rows, as they are stored; ``None``: it has them itself.
        """
        self._index = index
        self._vectors = vectors

    @classmethod
    def build(cls, vectors: ByteVectors, *, exact_below: int) -> "VectorIndex":
        """Index ``vectors``: exactly below ``exact_below`` rows, by inverted lists above."""
        is_exact = len(vectors) < max(exact_below, _MIN_TRAIN_PER_LIST)
        index = _exact(vectors.shape[1]) if is_exact else _trained_lists(vectors)
        for _, part in _parts(vectors):
            index.add(part)
        return cls(index, None if is_exact else vectors)

    @classmethod
    def read(cls, path: Path) -> "VectorIndex":
        """Open what `write` wrote; the vectors that inverted lists need lie beside it.

        Raises:
            IndexDamagedError: It is not a FAISS index, or the vectors are not there.
        """
        try:
            with path.open("rb") as file:
                is_inverted = file.read(len(_INVERTED)) == _INVERTED
            index = faiss.read_index(str(path), 0 if is_inverted else faiss.IO_FLAG_MMAP_IFC)
            return cls(index, CheckedRows(path.with_name(PASSAGE_VECTORS)) if is_inverted else None)
        except (RuntimeError, OSError, ValueError) as error:
            raise IndexDamagedError(
                f"{path} is not a vector index; rebuild with `python -m indexer build`"
            ) from error

    @property
    def is_exact(self) -> bool:
        """Tell whether it has the vectors itself."""
        return self._vectors is None

    @property
    def damaged(self) -> Path | None:
        """Return the file that was found damaged when it was read, or ``None``."""
        return self._vectors.damaged if isinstance(self._vectors, CheckedRows) else None

    def write(self, path: Path) -> None:
        """Write the index to one file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def stored(self, rows: Rows) -> ByteVectors:
        """Return the vectors of ``rows`` as they are stored, ``(n, dimension)``."""
        if not len(rows):
            return np.zeros((0, self._index.d), dtype=np.int8)
        if isinstance(self._vectors, CheckedRows):
            return self._vectors.stretches(rows, rows + 1)
        if self._vectors is not None:
            return self._vectors[rows]
        vectors: ByteVectors = self._index.reconstruct_batch(rows).astype(np.int8)
        return vectors

    def search(self, query: Vectors, *, top_k: int, among: Rows | None = None) -> Rows:
        """Return at most ``top_k`` rows, best first.

        Args:
            query: One vector, shape ``(dimension,)``.
            top_k: Rows wanted.
            among: Rows that may be returned, ascending; ``None`` for all.
        """
        if among is None:
            return self._nearest(query, top_k, None)
        if len(among) <= max(_SCORED_ROW_BY_ROW, top_k):
            scores = from_bytes(self.stored(among)) @ query
            return among[np.argsort(-scores, kind="stable")[:top_k]]
        is_among = np.zeros(len(self), dtype=bool)
        is_among[among] = True
        bits = np.packbits(is_among, bitorder="little")
        share = len(among) / len(self)
        selector = faiss.IDSelectorBitmap(len(self), faiss.swig_ptr(bits))
        nearest = self._nearest(query, top_k, self._parameters(selector, share))
        if len(nearest) < top_k:  # its rows stand in lists that were not looked at
            nearest = self._nearest(query, top_k, self._parameters(selector, 0.0))
        return nearest

    def _nearest(self, query: Vectors, top_k: int, parameters: Any) -> Rows:
        question = to_bytes(query[None, :]).astype(np.float32)  # FAISS multiplies bytes with bytes
        n_proposed = top_k if self.is_exact else _PROPOSED * top_k
        # Each thread that searches would get helpers, which have nothing to do with one question
        # and spin on a core for as long as a question takes.
        faiss.omp_set_num_threads(1)
        _, nearest = self._index.search(question, min(n_proposed, len(self)), params=parameters)
        rows: Rows = nearest[0][nearest[0] >= 0]
        if self.is_exact or not len(rows):
            return rows
        rows = np.sort(rows)  # so that what lies together is read together
        scores = self.stored(rows).astype(np.float32) @ question[0]
        return rows[np.argsort(-scores, kind="stable")[:top_k]]

    def _parameters(self, selector: Any, share: float) -> Any:  # faiss's stubs are partial
        """Return how to search a filter's rows, which are ``share`` of all."""
        if not isinstance(self._index, faiss.IndexIVF):
            return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        n_lists = self._index.nlist
        n_probed = min(n_lists, ceil(self._index.nprobe / share)) if share else n_lists
        return faiss.SearchParametersIVF(sel=selector, nprobe=n_probed)  # type: ignore[call-arg]

    def tune(self, vectors: ByteVectors, questions: Vectors) -> VectorRecall:
        """Have inverted lists look at as few lists as `WANTED_RECALL` allows; tell the recall.

        Args:
            vectors: Those that are indexed.
            questions: Vectors like those that will be searched for, ``(n, dimension)``.
        """
        if not isinstance(self._index, faiss.IndexIVF):
            return VectorRecall("exact", 1.0)
        wanted = truly_nearest(_parts(vectors), questions)
        n_probed = min(_MIN_PROBED, self._index.nlist)
        while True:
            self._index.nprobe = n_probed
            nearest = [self.search(asked, top_k=_WANTED)[:RECALL_DEPTH] for asked in questions]
            recall = recall_of(nearest, wanted)
            if recall >= WANTED_RECALL or n_probed == self._index.nlist:
                return VectorRecall("ivf", recall)
            n_probed = min(ceil(n_probed * sqrt(2)), self._index.nlist)


def _exact(dimension: int) -> Any:  # faiss's stubs are partial
    return faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
    )


def _trained_lists(vectors: ByteVectors) -> Any:  # faiss's stubs are partial
    n_vectors, dimension = vectors.shape
    n_lists = max(1, min(int(_LISTS_PER_ROOT * sqrt(n_vectors)), n_vectors // _MIN_TRAIN_PER_LIST))
    width = next(width for width in (_PART_WIDTH, 1) if dimension % width == 0)
    index: Any = faiss.IndexIVFPQFastScan(
        faiss.IndexFlatIP(dimension),
        dimension,
        n_lists,
        dimension // width,
        4,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.by_residual = False  # a vector is stored alike whatever its list is
    index.cp.seed, index.cp.niter, index.cp.spherical = 1, _N_ROUNDS, True
    index.cp.max_points_per_centroid = _TRAINED_PER_LIST
    index.pq.cp.min_points_per_centroid = 1
    step = max(1, n_vectors // (_TRAINED_PER_LIST * n_lists))
    index.train(vectors[::step].astype(np.float32))
    return index


def recall_of(found: Iterable[Rows | list[int]], wanted: NDArray[np.int64]) -> float:
    """Return the share of the ``wanted`` rows of each question that were found, in [0, 1]."""
    shares = [
        len(np.intersect1d(rows, nearest)) / len(nearest)
        for rows, nearest in zip(found, wanted, strict=True)
    ]
    return round(float(np.mean(shares)), 4)


def truly_nearest(parts: Iterable[tuple[int, Vectors]], questions: Vectors) -> NDArray[np.int64]:
    """Return the ten nearest rows of each question, in no order.

    Args:
        parts: Vectors in the order of the index, each part with its first row.
        questions: Vectors, ``(n, dimension)``.
    """
    scores = np.full((len(questions), 0), -np.inf, dtype=np.float32)
    rows = np.zeros((len(questions), 0), dtype=np.int64)
    for first, part in parts:
        scores = np.hstack([scores, questions @ part.T])
        own = np.broadcast_to(np.arange(first, first + len(part)), (len(questions), len(part)))
        rows = np.hstack([rows, own])
        depth = min(RECALL_DEPTH, scores.shape[1])
        best = np.argpartition(-scores, depth - 1, axis=1)[:, :depth]
        scores = np.take_along_axis(scores, best, axis=1)
        rows = np.take_along_axis(rows, best, axis=1)
    return rows


def _parts(vectors: ByteVectors) -> Iterator[tuple[int, Vectors]]:
    """Yield ``vectors`` in parts as float32, each with its first row."""
    for first in range(0, len(vectors), _ROWS_AT_ONCE):
        yield first, vectors[first : first + _ROWS_AT_ONCE].astype(np.float32)
