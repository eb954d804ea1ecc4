"""Recall in Milvus is measured without the vectors of all documents in memory."""

import weakref
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from indexer.settings import IndexerSettings
from indexer.store.byte_vectors import ByteVectors
from indexer.store.generations import store_at
from indexer.store.records import DocumentVectors
from indexer.store.writing import milvus_recall
from indexer.store.writing.contents import EmbeddedDocument, StoredVectors
from indexer.store.writing.milvus_recall import measured_recall
from indexer.store.writing.previous_generation import PreviousGeneration

N_QUESTIONS = 5


class Milvus:
    """Finds the truly nearest passages, as Milvus does where it searches exactly.

    Attributes:
        questions: That it was asked.
    """

    def __init__(self, documents: list[EmbeddedDocument]) -> None:
        self._passages = np.concatenate([
            embedded.vectors.read().passages for embedded in documents
        ]).astype(np.float32)  # fmt: skip
        self.questions: list[list[float]] = []

    def nearest(self, _: str, vector: list[float], *, limit: int, documents: None) -> list[int]:
        assert documents is None
        self.questions.append(vector)
        scores = self._passages @ np.asarray(vector, dtype=np.float32)
        return [int(row) for row in np.argsort(-scores)[:limit]]


def test_questions_are_spread_evenly_and_one_document_is_held_at_a_time(
    built: IndexerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(milvus_recall, "N_QUESTIONS", N_QUESTIONS)
    previous = PreviousGeneration(store_at(built.index_place))
    assert previous.index is not None
    known = [previous.document(entry.content_key) for entry in previous.index.documents]
    stored = [document for document in known if document is not None]
    milvus: Any = Milvus(stored * 3)
    handed_out: list[weakref.ref[ByteVectors]] = []

    def copied(vectors: DocumentVectors) -> DocumentVectors:
        assert sum(reference() is not None for reference in handed_out) <= 1
        sentences = vectors.sentences.copy()
        handed_out.append(weakref.ref(sentences))
        return replace(vectors, sentences=sentences)

    def watched(document: EmbeddedDocument) -> EmbeddedDocument:
        read = document.vectors.read
        return replace(
            document, vectors=StoredVectors(is_compact=False, read=lambda: copied(read()))
        )

    recall = measured_recall(milvus, [watched(document) for document in stored * 3])

    sentences = np.concatenate([document.vectors.read().sentences for document in stored * 3])
    step = len(sentences) // N_QUESTIONS
    assert recall.recall_at_10 == 1.0
    assert np.array_equal(milvus.questions, sentences[::step].astype(np.float32))
