"""What the index in Milvus gives is what the local index gives, row by row."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from indexer.build import build
from indexer.encoder.query_encoder import QueryEncoder
from indexer.index_place import IndexPlace, MilvusPlace
from indexer.records import EncodedText
from indexer.settings import IndexerSettings
from indexer.store.generations import store_at
from indexer.store.model_folders import ENCODER
from indexer.store.protocol import StoredIndex

QUESTIONS = [
    "How many households used the rental subsidy in the first year?",
    "night buses for seasonal workers",
    "What is the tram?",
    "?!",
]
NO_ROWS = np.zeros(0, dtype=np.int64)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def opened(place: IndexPlace) -> StoredIndex:
    return store_at(place).open()


@pytest.fixture(scope="module", params=[100_000, 0], ids=["small", "compact"])
def places(
    request: pytest.FixtureRequest,
    _built: IndexerSettings,
    in_milvus: IndexerSettings,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[IndexPlace, IndexPlace]:
    """Where an index lies in a folder, and where the same one lies in Milvus."""
    if request.param == _built.build_exact_below:
        return _built.index_place, in_milvus.index_place
    assert isinstance(in_milvus.index, MilvusPlace)
    folder = tmp_path_factory.mktemp("compact")
    remote = replace(in_milvus.index, name="compact")
    for settings, index in ((_built, folder), (in_milvus, remote)):
        changed = {"index": index, "build_exact_below": request.param}
        build(settings.model_copy(update=changed), source=_built.index_dir)
    return folder, replace(remote, models_dir=in_milvus.models)


@pytest.fixture(scope="module")
def local(places: tuple[IndexPlace, IndexPlace]) -> StoredIndex:
    return opened(places[0])


@pytest.fixture(scope="module")
def remote(places: tuple[IndexPlace, IndexPlace]) -> StoredIndex:
    return opened(places[1])


@pytest.fixture(scope="module")
def encoder(local: StoredIndex) -> QueryEncoder:
    return QueryEncoder(local.models_dir / ENCODER, max_pieces=local.manifest.max_pieces)


def test_both_promise_the_same(local: StoredIndex, remote: StoredIndex) -> None:
    ours, theirs = local.manifest, remote.manifest

    assert theirs.fingerprint == ours.fingerprint
    assert theirs.recall_at_10 == ours.recall_at_10
    assert (theirs.encoder_sha256, theirs.reader_sha256) == (
        ours.encoder_sha256,
        ours.reader_sha256,
    )
    assert (theirs.format, theirs.n_passages, theirs.n_sentences) == (
        ours.format,
        ours.n_passages,
        ours.n_sentences,
    )
    assert remote.changed_part() is None


def test_documents_are_equal(local: StoredIndex, remote: StoredIndex) -> None:
    assert remote.documents == local.documents
    for entry in local.documents:
        assert remote.document(entry.doc_id) == local.document(entry.doc_id)
        assert remote.sentences(entry) == local.sentences(entry)
        assert remote.passage_spans(entry) == local.passage_spans(entry)
        assert remote.entry(entry.doc_id) == entry
        assert remote.position(entry.doc_id) == local.position(entry.doc_id)


def test_vectors_are_equal_to_the_last_bit(local: StoredIndex, remote: StoredIndex) -> None:
    for entry in local.documents:
        ours, theirs = local.vectors_of(entry), remote.vectors_of(entry)

        assert np.array_equal(theirs.sentences, ours.sentences)
        assert np.array_equal(theirs.passages, ours.passages)
        assert np.array_equal(theirs.pieces.counts, ours.pieces.counts)
        for number in range(entry.n_passages):  # a compact local index has shared ones once
            for own, other in zip(
                ours.pieces.of_passage(number), theirs.pieces.of_passage(number), strict=True
            ):
                assert np.array_equal(other, own)


def test_sentences_are_equal_by_row(local: StoredIndex, remote: StoredIndex) -> None:
    rows = range(local.manifest.n_sentences)

    for row in rows:
        assert remote.sentence_text(row) == local.sentence_text(row)
        assert remote.sentence_block(row) == local.sentence_block(row)
        assert remote.lead_row(row) == local.lead_row(row)
        assert remote.info_of(row) == local.info_of(row)
        assert remote.is_superseded(row) == local.is_superseded(row)
        assert [remote.is_same_block(row, other) for other in rows] == [
            local.is_same_block(row, other) for other in rows
        ]


def test_passages_are_equal_by_row_and_by_id(local: StoredIndex, remote: StoredIndex) -> None:
    for row in range(local.manifest.n_passages):
        passage = local.passage(row)

        assert remote.passage(row) == passage
        assert remote.row_of(passage.passage_id) == row
    assert [remote.row_of(name) for name in ("housing:0-1", "nowhere:0-5", "housing")] == [None] * 3


@pytest.mark.parametrize("documents", [None, [1], [], [0, 1]], ids=str)
@pytest.mark.parametrize("text", QUESTIONS)
def test_candidates_and_their_scores_are_equal(
    text: str,
    documents: Sequence[int] | None,
    local: StoredIndex,
    remote: StoredIndex,
    encoder: QueryEncoder,
) -> None:
    query = encoder.encode_whole(text)

    ours, theirs = (
        index.candidates(query, text, limit=2, documents=documents, passages=NO_ROWS)
        for index in (local, remote)
    )

    for field in ("rows", "documents", "starts", "ends", "first_sentences", "last_sentences"):
        assert np.array_equal(getattr(theirs, field), getattr(ours, field))
    assert np.array_equal(theirs.vectors, ours.vectors)
    assert theirs.bm25 == pytest.approx(ours.bm25, rel=1e-5)
    our_runs, their_runs = local.sentence_runs(ours), remote.sentence_runs(theirs)
    for field in ("rows", "passages", "firsts", "vectors", "windows"):
        assert np.array_equal(getattr(their_runs, field), getattr(our_runs, field))
    assert_same_matches(query, ours.rows, local, remote)


def assert_same_matches(
    query: EncodedText, rows: np.ndarray, local: StoredIndex, remote: StoredIndex
) -> None:
    ours, theirs = (index.match(query, rows) for index in (local, remote))
    assert theirs.passages == pytest.approx(ours.passages)
    assert theirs.scores == pytest.approx(ours.scores)
    assert np.array_equal(theirs.sentences, ours.sentences)
    assert np.array_equal(theirs.position, ours.position)


def test_texts_are_matched_alike(
    local: StoredIndex, remote: StoredIndex, encoder: QueryEncoder
) -> None:
    query, *texts = (encoder.encode_whole(text) for text in QUESTIONS)

    assert remote.match_texts(query, texts) == pytest.approx(local.match_texts(query, texts))


def test_named_things_stand_where_they_stand(local: StoredIndex, remote: StoredIndex) -> None:
    keys = ["table 1", "article 2", "figure 1"]

    for documents in (None, [0], [1]):
        assert remote.named(keys, documents=documents) == local.named(keys, documents=documents)
        for kind in ("table", "article"):
            assert remote.numbers_of(kind, documents=documents) == local.numbers_of(
                kind, documents=documents
            )
    assert remote.named([], documents=None) == ()


def test_passages_hold_the_same_sentences(local: StoredIndex, remote: StoredIndex) -> None:
    runs = [range(2, 4), range(7, 8)]

    assert remote.passages_at(runs).tolist() == local.passages_at(runs).tolist()
    assert remote.passages_at([]).tolist() == []


def test_the_same_names_are_unknown(local: StoredIndex, remote: StoredIndex) -> None:
    names = ["Ardenia", "Ardennia", "Lagos", "harbour 3"]

    assert remote.unknown(names) == local.unknown(names)
    assert [*map(remote.has_word, names)] == [*map(local.has_word, names)]
