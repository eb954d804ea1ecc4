"""Measures how many of the truly nearest passages Milvus finds."""

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.records import Vectors
from indexer.store.byte_vectors import ByteVectors, from_bytes
from indexer.store.milvus.collections import Collections
from indexer.store.vector_index import RECALL_DEPTH, VectorRecall, recall_of, truly_nearest
from indexer.store.writing.contents import N_QUESTIONS, EmbeddedDocument
from indexer.store.writing.milvus_schemas import APPROXIMATE


def measured_recall(
    collections: Collections, documents: Sequence[EmbeddedDocument]
) -> VectorRecall:
    """Return which share of the ten nearest passages Milvus finds, asked with sentences.

    Args:
        collections: Filled and indexed.
        documents: That they hold, in order.

    Raises:
        MilvusError: Milvus cannot answer.
    """
    questions = np.concatenate(list(_questions(documents)))
    wanted = truly_nearest(_parts(documents), from_bytes(questions))
    found = (
        collections.nearest("vector", question, limit=RECALL_DEPTH, documents=None)
        for question in questions.astype(np.float32).tolist()
    )
    return VectorRecall(APPROXIMATE, recall_of(map(list, found), wanted))


def _questions(documents: Sequence[EmbeddedDocument]) -> Iterator[ByteVectors]:
    """Yield the sentences that stand for questions, evenly spread, document by document."""
    n_sentences = sum(len(embedded.sentences) for embedded in documents)
    step = max(1, n_sentences // N_QUESTIONS)
    first = 0
    for embedded in documents:
        rows = range(-first % step, len(embedded.sentences), step)
        if rows:
            yield embedded.vectors.read().sentences[list(rows)]
        first += len(embedded.sentences)


def _parts(documents: Sequence[EmbeddedDocument]) -> Iterator[tuple[int, Vectors]]:
    """Yield the vectors of each document's passages with the row of the first one."""
    first = 0
    for embedded in documents:
        yield first, embedded.vectors.read().passages.astype(np.float32)
        first += len(embedded.passages)
