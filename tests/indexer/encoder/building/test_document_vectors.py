"""Vectors of unchanged documents are taken over, stored as an index of this size stores them."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from indexer.encoder.building.document_vectors import (
    EmbeddedDocuments,
    Encoders,
    Group,
    embed_documents,
)
from indexer.encoder.building.text_encoder import Encoder
from indexer.settings import IndexerSettings
from indexer.store.generations import store_at
from indexer.store.piece_code import ByteCode, ProductCode
from indexer.store.records import DocumentVectors
from indexer.store.writing.contents import EmbeddedDocument
from indexer.store.writing.previous_generation import PreviousGeneration

ALWAYS, NEVER = 0, 1_000_000
"""Passages from which on an index is compact."""


@pytest.fixture
def previous(built: IndexerSettings) -> PreviousGeneration:
    return PreviousGeneration(store_at(built.index_place))


@pytest.fixture
def kept(previous: PreviousGeneration) -> dict[str, EmbeddedDocument]:
    """Every document of the previous generation, stored exactly, by id."""
    assert previous.index is not None
    documents = (previous.document(entry.content_key) for entry in previous.index.documents)
    return {document.document.doc_id: document for document in documents if document is not None}


class Embedding:
    """Gives documents the vectors that they have, and remembers which it was asked for."""

    def __init__(self, documents: dict[str, EmbeddedDocument]) -> None:
        self._documents = documents
        self.ids: list[str] = []

    def __call__(self, groups: Sequence[Group]) -> Iterator[list[DocumentVectors]]:
        for group in groups:
            self.ids += [cut.document.doc_id for cut in group]
            yield [self._documents[cut.document.doc_id].vectors for cut in group]


def test_below_the_bound_documents_stay_as_they_are(
    kept: dict[str, EmbeddedDocument], previous: PreviousGeneration, encoder: Encoder
) -> None:
    embed = Embedding(kept)

    found = embed_documents([], kept, Encoders(encoder, None), previous, embed, exact_below=NEVER)

    assert found == EmbeddedDocuments(kept, 0)
    assert embed.ids == []


def test_from_the_bound_on_pieces_take_48_bytes_and_nothing_is_embedded(
    kept: dict[str, EmbeddedDocument], previous: PreviousGeneration, encoder: Encoder
) -> None:
    embed = Embedding(kept)

    found = embed_documents([], kept, Encoders(encoder, None), previous, embed, exact_below=ALWAYS)

    assert embed.ids == []
    assert encoder.book is not None
    for doc_id, document in kept.items():
        pieces = found.documents[doc_id].vectors.pieces
        exact = ByteCode().decode(document.vectors.pieces.codes)
        assert pieces.codes.shape[1] == 48
        assert len(pieces.codes) <= len(exact)  # passages of a section share its heading
        begins = pieces.places + np.repeat(pieces.starts[:-1, 0], np.diff(pieces.starts[:, 1]))
        runs = zip(begins.tolist(), pieces.runs.tolist(), strict=True)
        rows = np.concatenate([np.arange(begin, begin + n) for begin, n in runs])
        stored = ProductCode(encoder.book).decode(pieces.codes)[rows]
        likeness = (stored * exact).sum(axis=1)
        assert likeness.mean() > 0.96 * np.linalg.norm(exact, axis=1).mean()


def test_a_document_cut_anew_is_stored_like_one_that_was_kept(
    kept: dict[str, EmbeddedDocument], previous: PreviousGeneration, encoder: Encoder
) -> None:
    first = min(kept)
    others = {doc_id: document for doc_id, document in kept.items() if doc_id != first}
    encoders, cut = Encoders(encoder, None), kept[first]
    at_once = embed_documents([], kept, encoders, previous, Embedding(kept), exact_below=ALWAYS)

    found = embed_documents([cut], others, encoders, previous, Embedding(kept), exact_below=ALWAYS)

    codes, wanted = (result.documents[first].vectors.pieces.codes for result in (found, at_once))
    assert np.array_equal(codes, wanted)


def test_a_compact_document_is_embedded_again_for_an_exact_index(
    kept: dict[str, EmbeddedDocument], encoder: Encoder, previous: PreviousGeneration
) -> None:
    encoders, embed = Encoders(encoder, None), Embedding(kept)
    compact = embed_documents([], kept, encoders, previous, embed, exact_below=ALWAYS).documents
    nothing = PreviousGeneration(store_at(previous.index.folder / "nothing"))  # type: ignore[union-attr]

    found = embed_documents([], compact, encoders, nothing, embed, exact_below=NEVER)

    assert sorted(embed.ids) == sorted(kept)
    assert found.n_embedded > 0
    for doc_id, document in kept.items():
        codes = found.documents[doc_id].vectors.pieces.codes
        assert np.array_equal(codes, document.vectors.pieces.codes)
