"""Vectors of unchanged documents are taken over, stored as an index of this size stores them."""

import weakref
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.encoder.building import document_vectors
from indexer.encoder.building.document_vectors import (
    EmbeddedDocuments,
    Encoders,
    Group,
    KnownVectors,
    embed_documents,
)
from indexer.encoder.building.text_encoder import Encoder
from indexer.settings import IndexerSettings
from indexer.store.byte_vectors import ByteVectors
from indexer.store.generations import store_at
from indexer.store.piece_code import ByteCode, ProductCode
from indexer.store.records import DocumentVectors
from indexer.store.writing.contents import EmbeddedDocument
from indexer.store.writing.previous_generation import PreviousGeneration
from indexer.store.writing.unfinished_vectors import UnfinishedVectors

ALWAYS, NEVER = 0, 1_000_000
"""Passages from which on an index is compact."""


@pytest.fixture
def previous(built: IndexerSettings) -> PreviousGeneration:
    return PreviousGeneration(store_at(built.index_place))


@pytest.fixture
def known(previous: PreviousGeneration, tmp_path: Path) -> KnownVectors:
    return KnownVectors(previous, UnfinishedVectors(tmp_path / "unfinished"))


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
            yield [self._documents[cut.document.doc_id].vectors.read() for cut in group]


def test_below_the_bound_documents_stay_as_they_are(
    kept: dict[str, EmbeddedDocument], known: KnownVectors, encoder: Encoder
) -> None:
    embed = Embedding(kept)

    found = embed_documents([], kept, Encoders(encoder, None), known, embed, exact_below=NEVER)

    assert found == EmbeddedDocuments(kept, 0)
    assert embed.ids == []


def test_from_the_bound_on_pieces_take_48_bytes_and_nothing_is_embedded(
    kept: dict[str, EmbeddedDocument], known: KnownVectors, encoder: Encoder
) -> None:
    embed = Embedding(kept)

    found = embed_documents([], kept, Encoders(encoder, None), known, embed, exact_below=ALWAYS)

    assert embed.ids == []
    assert encoder.book is not None
    for doc_id, document in kept.items():
        pieces = found.documents[doc_id].vectors.read().pieces
        exact = ByteCode().decode(document.vectors.read().pieces.codes)
        assert pieces.codes.shape[1] == 48
        assert len(pieces.codes) <= len(exact)  # passages of a section share its heading
        begins = pieces.places + np.repeat(pieces.starts[:-1, 0], np.diff(pieces.starts[:, 1]))
        runs = zip(begins.tolist(), pieces.runs.tolist(), strict=True)
        rows = np.concatenate([np.arange(begin, begin + n) for begin, n in runs])
        stored = ProductCode(encoder.book).decode(pieces.codes)[rows]
        likeness = (stored * exact).sum(axis=1)
        assert likeness.mean() > 0.96 * np.linalg.norm(exact, axis=1).mean()


def test_a_document_cut_anew_is_stored_like_one_that_was_kept(
    kept: dict[str, EmbeddedDocument], known: KnownVectors, encoder: Encoder
) -> None:
    first = min(kept)
    others = {doc_id: document for doc_id, document in kept.items() if doc_id != first}
    encoders, cut = Encoders(encoder, None), kept[first]
    at_once = embed_documents([], kept, encoders, known, Embedding(kept), exact_below=ALWAYS)

    found = embed_documents([cut], others, encoders, known, Embedding(kept), exact_below=ALWAYS)

    codes, wanted = (
        result.documents[first].vectors.read().pieces.codes for result in (found, at_once)
    )
    assert np.array_equal(codes, wanted)


def test_a_compact_document_is_embedded_again_for_an_exact_index(
    kept: dict[str, EmbeddedDocument], known: KnownVectors, encoder: Encoder
) -> None:
    encoders, embed = Encoders(encoder, None), Embedding(kept)
    compact = embed_documents([], kept, encoders, known, embed, exact_below=ALWAYS).documents
    nothing = PreviousGeneration(store_at(known.unfinished.folder / "nothing"))

    found = embed_documents(
        [], compact, encoders, replace(known, previous=nothing), embed, exact_below=NEVER
    )

    assert sorted(embed.ids) == sorted(kept)
    assert found.n_embedded > 0
    for doc_id, document in kept.items():
        codes = found.documents[doc_id].vectors.read().pieces.codes
        assert np.array_equal(codes, document.vectors.read().pieces.codes)


class StoppedError(Exception):
    """Ends a build in the middle."""


def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every document embedded in a group of its own."""
    monkeypatch.setattr(document_vectors, "_TEXTS_TOGETHER", 1)


def without_vectors(known: KnownVectors) -> KnownVectors:
    """Return what a build without a generation before it knows."""
    nothing = PreviousGeneration(store_at(known.unfinished.folder / "nothing"))
    return replace(known, previous=nothing)


@pytest.mark.parametrize("exact_below", [NEVER, ALWAYS], ids=["exact", "compact"])
def test_a_build_goes_on_from_what_one_that_was_stopped_had_embedded(
    kept: dict[str, EmbeddedDocument],
    known: KnownVectors,
    encoder: Encoder,
    exact_below: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_by_one(monkeypatch)
    encoders, cuts, known = Encoders(encoder, None), list(kept.values()), without_vectors(known)
    embed, again = Embedding(kept), Embedding(kept)

    def stopped(groups: Sequence[Group]) -> Iterator[list[DocumentVectors]]:
        yield next(embed(groups))
        raise StoppedError

    with pytest.raises(StoppedError):
        embed_documents(cuts, {}, encoders, known, stopped, exact_below=exact_below)
    found = embed_documents(cuts, {}, encoders, known, again, exact_below=exact_below)

    assert sorted([*embed.ids, *again.ids]) == sorted(kept)
    assert len(embed.ids) == 1
    known.unfinished.clear()
    at_once = embed_documents(cuts, {}, encoders, known, embed, exact_below=exact_below)
    for doc_id, document in at_once.documents.items():
        vectors, wanted = found.documents[doc_id].vectors.read(), document.vectors.read()
        assert np.array_equal(vectors.sentences, wanted.sentences)
        assert np.array_equal(vectors.pieces.codes, wanted.pieces.codes)


def test_memory_holds_the_vectors_of_one_group_at_a_time(
    kept: dict[str, EmbeddedDocument],
    known: KnownVectors,
    encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_by_one(monkeypatch)
    first = kept[min(kept)]
    cuts = [
        replace(first, document=replace(first.document, doc_id=f"copy-{number}"))
        for number in range(5)
    ]
    made: list[weakref.ref[ByteVectors]] = []
    n_held = []

    def embed(groups: Sequence[Group]) -> Iterator[list[DocumentVectors]]:
        for _ in groups:
            n_held.append(sum(vectors() is not None for vectors in made))
            own = first.vectors.read()
            made.append(weakref.ref(own.sentences))
            yield [own]
            del own

    known = without_vectors(known)
    embed_documents(cuts, {}, Encoders(encoder, None), known, embed, exact_below=NEVER)

    assert len(n_held) == len(cuts)
    assert max(n_held) <= 1
