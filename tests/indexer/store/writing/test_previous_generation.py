"""What the last generation knows is taken over as it is, or not at all."""

from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from indexer.build import build
from indexer.errors import (
    IndexDamagedError,
    IndexerError,
    IndexMismatchError,
    IndexMissingError,
    IndexUnreachableError,
    Reason,
)
from indexer.settings import IndexerSettings
from indexer.store.generations import FolderStore, current_generation, open_index
from indexer.store.index import Index
from indexer.store.milvus.collections import MilvusError
from indexer.store.records import DocumentEntry
from indexer.store.writing.previous_generation import PreviousGeneration


def test_without_an_index_nothing_is_known(built: IndexerSettings) -> None:
    previous = PreviousGeneration(FolderStore(built.index_dir / "nowhere"))

    assert previous.index is None
    assert previous.document("any") is None
    assert previous.vectors("any") is None
    assert previous.unread("any") is None


class Unopenable:
    """A store whose index cannot be opened."""

    def __init__(self, error: IndexerError) -> None:
        self._error = error

    def current(self) -> str | None:
        return "000001-aaaaaaaa"

    def open(self, *_: object, **__: object) -> NoReturn:
        raise self._error


@pytest.mark.parametrize("kind", [IndexMissingError, IndexDamagedError, IndexMismatchError])
def test_an_index_that_cannot_be_used_counts_as_none_unless_it_is_needed(
    kind: type[IndexerError],
) -> None:
    store = Unopenable(kind("what is wrong"))

    assert PreviousGeneration(store).index is None
    with pytest.raises(kind, match="what is wrong"):
        PreviousGeneration(store, is_needed=True)


@pytest.mark.parametrize("kind", [IndexUnreachableError, MilvusError])
def test_an_index_that_cannot_be_reached_is_never_taken_for_none(kind: type[IndexerError]) -> None:
    with pytest.raises(kind):
        PreviousGeneration(Unopenable(kind("no server")))


def test_a_build_from_an_index_that_is_not_there_says_so(
    built: IndexerSettings, tmp_path: Path
) -> None:
    before = current_generation(built.index_dir)

    with pytest.raises(IndexMissingError, match=r"no index in .*nowhere"):
        build(built, source=tmp_path / "nowhere")

    assert current_generation(built.index_dir) == before


@pytest.mark.parametrize("name", ["manifest.json", "documents.sqlite", "passages.npy"])
def test_a_damaged_index_counts_as_none(built: IndexerSettings, name: str) -> None:
    folder = built.index_dir / "generations" / str(current_generation(built.index_dir))
    (folder / name).write_bytes(b"\xff damaged")

    previous = PreviousGeneration(FolderStore(built.index_dir))

    assert previous.index is None


def test_a_document_is_known_by_what_decided_it(built: IndexerSettings) -> None:
    index = open_index(built.index_dir)
    entry = index.entry("housing")

    known = PreviousGeneration(FolderStore(built.index_dir)).document(entry.content_key)

    assert known is not None
    assert known.document == index.document("housing")
    assert known.sentences == index.sentences(entry)
    assert [passage.doc_id for passage in known.passages] == ["housing"] * entry.n_passages
    first = entry.first_sentence
    wanted = index._sentence_vectors.between(first, first + entry.n_sentences)
    assert np.array_equal(known.vectors.read().sentences, wanted)


def test_vectors_are_known_by_the_texts_they_are_of(built: IndexerSettings) -> None:
    entry = open_index(built.index_dir).entry("transport")

    known = PreviousGeneration(FolderStore(built.index_dir)).vectors(entry.vector_key)

    assert known is not None
    vectors = known.read()
    assert len(vectors.sentences) == entry.n_sentences
    assert len(vectors.passages) == len(vectors.pieces.starts) - 1 == entry.n_passages


@pytest.mark.parametrize("is_compact", [False, True], ids=["exact", "compact"])
def test_vectors_are_not_read_to_tell_how_they_are_stored(
    built: IndexerSettings, monkeypatch: pytest.MonkeyPatch, *, is_compact: bool
) -> None:
    if is_compact:
        build(built.model_copy(update={"build_exact_below": 1}))
    read: list[DocumentEntry] = []
    monkeypatch.setattr(Index, "vectors_of", lambda _, entry: read.append(entry))

    previous = PreviousGeneration(FolderStore(built.index_dir))
    assert previous.index is not None
    for entry in previous.index.documents:
        document, vectors = (
            previous.document(entry.content_key),
            previous.vectors(entry.vector_key),
        )
        assert document is not None
        assert vectors is not None
        assert document.vectors.is_compact == vectors.is_compact == is_compact

    assert read == []


def test_what_is_not_known_is_none(built: IndexerSettings) -> None:
    previous = PreviousGeneration(FolderStore(built.index_dir))

    assert previous.document("another key") is None
    assert previous.vectors("another key") is None
    assert previous.unread("another key") is None


def test_a_file_that_took_too_much_is_tried_again_when_it_may_take_more(
    built: IndexerSettings,
) -> None:
    bulk = f"<!-- {'x' * 40_000_000} -->"
    (built.corpus / "bulky.html").write_text(f"<p>It has 12 words.</p>{bulk}", "utf-8")
    strict = built.model_copy(update={"build_memory_mb": 8})
    refused = build(strict)
    again = build(strict)

    lenient = build(built)

    assert [file.reason for file in refused.manifest.unread] == [Reason.OUT_OF_MEMORY]
    assert (again.n_extracted, again.is_new) == (0, False)
    assert lenient.manifest.unread == ()
    assert lenient.manifest.n_documents == 3
