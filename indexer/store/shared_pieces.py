"""Word-pieces that passages share, stored once.

Passages under one heading have one context: title, headings, a table's header. A large index stores
the pieces of a context once for a document, with the mean of their vectors (docs/decisions.md,
D55). Those of sentences stay apart, though neighbouring passages overlap: what a sentence means is
read in its passage.
"""

from collections.abc import Hashable, Sequence

import numpy as np

from indexer.records import Passage, Rows, Vectors

Parts = Sequence[Sequence[Hashable]]
"""For each passage what its context is, and then each of its sentences: what is equal is shared."""


def parts_of(passages: Sequence[Passage]) -> Parts:
    """Return what the passages of a document, in order, consist of."""
    return [
        [passage.context, *((passage.span.start, at) for at in range(_n_sentences(passage)))]
        for passage in passages
    ]


def _n_sentences(passage: Passage) -> int:
    return passage.last_sentence - passage.first_sentence + 1


def share(
    vectors: Vectors, lengths: Sequence[Rows], parts: Parts
) -> tuple[Vectors, list[list[int]]]:
    """Return each part's vectors once, and where those of each passage's parts begin.

    Parts stand in the order in which passages bring them up. A vector is the mean of those that it
    stands for, made unit.

    Args:
        vectors: Of the pieces of all passages, one passage after the other.
        lengths: For each passage how many pieces each of its parts has.
        parts: What these are.
    """
    places: dict[Hashable, int] = {}
    begins: list[list[int]] = []
    n_stored = 0
    targets: list[Rows] = []
    for passage_lengths, passage_parts in zip(lengths, parts, strict=True):
        own = []
        for n, part in zip(passage_lengths.tolist(), passage_parts, strict=True):
            place = places.setdefault((part, n), n_stored)
            n_stored = max(n_stored, place + n)
            own.append(place)
            targets.append(np.arange(place, place + n))
        begins.append(own)
    sums = np.zeros((n_stored, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, np.concatenate(targets), vectors)
    sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return sums, begins
