"""Two indexes that hold and answer the same are told from two that do not."""

from dataclasses import replace

import pytest

from eval.comparison.index_comparison import compare_contents
from indexer.store.generations import open_index
from indexer.store.records import DocumentEntry, DocumentVectors
from service.settings import Settings


def test_another_vector_is_noticed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    index, other = open_index(settings.index_dir), open_index(settings.index_dir)
    changed = other.documents[0].doc_id

    def vectors_of(entry: DocumentEntry) -> DocumentVectors:
        vectors = index.vectors_of(entry)
        if entry.doc_id != changed:
            return vectors
        return replace(vectors, passages=vectors.passages + 1)

    monkeypatch.setattr(other, "vectors_of", vectors_of)

    assert compare_contents(index, other).different == {"passages' vectors": [changed]}


def test_a_document_in_one_index_alone_is_noticed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, other = open_index(settings.index_dir), open_index(settings.index_dir)
    monkeypatch.setattr(other, "documents", other.documents[:-1])

    different = compare_contents(index, other).different

    assert different == {"documents in both": [index.documents[-1].doc_id]}
