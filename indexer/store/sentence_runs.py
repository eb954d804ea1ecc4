"""The sentences of candidate passages, wherever their vectors are stored."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.distinct_rows import distinct
from indexer.records import Rows, Vectors
from indexer.store.records import Candidates, SentenceRuns
from indexer.store.window_vectors import window_sums


def sentence_runs(
    candidates: Candidates,
    *,
    n_sentences: int,
    vectors_of: Callable[[Rows], Vectors],
    documents_of: Callable[[Rows], NDArray[np.integer[Any]]],
) -> SentenceRuns:
    """Return the sentences of ``candidates``, with what their windows are made of.

    Args:
        candidates: The passages.
        n_sentences: Of the index.
        vectors_of: Returns the embeddings of rows; asked once, rows ascending.
        documents_of: Returns the document that holds each of those rows; asked once.
    """
    counts = candidates.last_sentences - candidates.first_sentences + 1
    ends = np.cumsum(counts, dtype=np.int64)
    firsts = ends - counts
    of_all = ends[-1] if len(ends) else 0
    rows = np.arange(of_all) - np.repeat(firsts - candidates.first_sentences, counts)
    needed = distinct(np.clip([rows - 1, rows, rows + 1], 0, n_sentences - 1))
    vectors = vectors_of(needed)
    own = np.searchsorted(needed, rows)  # neighbours in the index are neighbours in `needed`
    return SentenceRuns(
        rows=rows,
        passages=np.repeat(np.arange(len(counts)), counts),
        firsts=firsts,
        vectors=vectors[own],
        windows=window_sums(own, documents_of(needed), lambda at: vectors[at]),
    )
