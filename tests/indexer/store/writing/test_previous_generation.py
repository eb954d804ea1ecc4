"""What the last generation knows is taken over as it is, or not at all."""

import numpy as np
import pytest

from indexer.build import build
from indexer.errors import Reason
from indexer.settings import IndexerSettings
from indexer.store.generations import FolderStore, current_generation, open_index
from indexer.store.writing.previous_generation import PreviousGeneration


def test_without_an_index_nothing_is_known(built: IndexerSettings) -> None:
    previous = PreviousGeneration(FolderStore(built.index_dir / "nowhere"))

    assert previous.index is None
    assert previous.document("any") is None
    assert previous.vectors("any") is None
    assert previous.unread("any") is None


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
    assert np.array_equal(known.vectors.sentences, wanted)


def test_vectors_are_known_by_the_texts_they_are_of(built: IndexerSettings) -> None:
    entry = open_index(built.index_dir).entry("transport")

    known = PreviousGeneration(FolderStore(built.index_dir)).vectors(entry.vector_key)

    assert known is not None
    assert len(known.sentences) == entry.n_sentences
    assert len(known.passages) == len(known.pieces.starts) - 1 == entry.n_passages


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
