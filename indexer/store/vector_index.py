"""The vector index: exact inner product while that is fast, inverted lists above; FAISS throughout.

Source:
    Douze et al. (2024), The Faiss library, arXiv:2401.08281.
"""

from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from indexer.errors import IndexDamagedError
from indexer.records import Rows, Vectors

_RECALL_QUERIES = 200
_RECALL_DEPTH = 10
_MIN_TRAIN_PER_LIST = 39
_PROBED_SHARE = 1 / 32
_MIN_PROBED = 8


@dataclass(frozen=True, slots=True)
class VectorRecall:
    """How the vector index compares with exact search.

    Attributes:
        kind: ``"exact"`` or ``"ivf"``.
        recall_at_10: Share of the ten truly nearest vectors found, mean over sampled vectors that
            are in the index, in [0, 1].
    """

    kind: str
    recall_at_10: float


class VectorIndex:
    """Finds the rows whose vectors have the largest inner product with a query."""

    def __init__(self, index: Any) -> None:  # faiss's stubs are partial
        """Wrap a FAISS index that is trained and filled."""
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors, *, exact_below: int) -> "VectorIndex":
        """Index ``vectors``: exactly below ``exact_below`` rows, by inverted lists above."""
        is_exact = len(vectors) < max(exact_below, _MIN_TRAIN_PER_LIST)
        index = faiss.IndexFlatIP(vectors.shape[1]) if is_exact else _trained_lists(vectors)
        index.add(vectors)
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> "VectorIndex":
        """Read what `write` wrote.

        Raises:
            IndexDamagedError: It is not a FAISS index.
        """
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise IndexDamagedError(
                f"{path} is not a vector index; rebuild with `python -m indexer build`"
            ) from error

    def write(self, path: Path) -> None:
        """Write the index to one file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Vectors, *, top_k: int, among: Rows | None = None) -> Rows:
        """Return at most ``top_k`` rows, best first.

        Args:
            query: One vector, shape ``(dimension,)``.
            top_k: Rows wanted.
            among: Rows that may be returned; ``None`` for all.
        """
        parameters = None
        if among is not None:
            parameters = self._search_parameters(faiss.IDSelectorBatch(among))
        _, nearest = self._index.search(query[None, :], min(top_k, len(self)), params=parameters)
        rows: Rows = nearest[0]
        return rows[rows >= 0]

    def _search_parameters(self, selector: Any) -> Any:  # faiss's stubs are partial
        if isinstance(self._index, faiss.IndexIVF):
            # A filter may leave rows in few lists only: all are looked at, the selector is cheap.
            return faiss.SearchParametersIVF(sel=selector, nprobe=self._index.nlist)  # type: ignore[call-arg]
        return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]

    def recall(self, vectors: Vectors) -> VectorRecall:
        """Measure recall@10 against exact search, with up to 200 of ``vectors`` as queries."""
        if not isinstance(self._index, faiss.IndexIVF):
            return VectorRecall("exact", 1.0)
        step = max(1, len(vectors) // _RECALL_QUERIES)
        queries = vectors[::step][:_RECALL_QUERIES]
        depth = min(_RECALL_DEPTH, len(vectors))
        exact = faiss.IndexFlatIP(vectors.shape[1])
        exact.add(vectors)
        _, wanted = exact.search(queries, depth)
        _, nearest = self._index.search(queries, depth)
        shares = [
            len(set(have) & set(want)) / depth for have, want in zip(nearest, wanted, strict=True)
        ]
        return VectorRecall("ivf", round(float(np.mean(shares)), 4))


def _trained_lists(vectors: Vectors) -> Any:  # faiss's stubs are partial
    n_vectors, dimension = vectors.shape
    n_lists = max(1, min(int(4 * sqrt(n_vectors)), n_vectors // _MIN_TRAIN_PER_LIST))
    index: Any = faiss.index_factory(dimension, f"IVF{n_lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = 1
    index.train(vectors)
    index.nprobe = max(round(n_lists * _PROBED_SHARE), min(n_lists, _MIN_PROBED))
    return index
