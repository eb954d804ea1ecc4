"""Passages match a question piece by piece; every number here was worked out by hand."""

from pathlib import Path

import numpy as np
import pytest

from indexer.encoder.query_encoder import QueryEncoder
from indexer.errors import IndexDamagedError
from indexer.records import EncodedText, Rows
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.late_interaction import (
    DocumentPieces,
    PassagePieces,
    PieceIndex,
    document_pieces,
    stored,
)
from indexer.store.model_folders import ENCODER

EAST, NORTH, WEST = (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)
BETWEEN = (0.6, 0.8)


def text(ids: list[int], pieces: list[tuple[float, float]]) -> EncodedText:
    return EncodedText(
        vector=np.asarray(EAST, dtype=np.float32),
        ids=np.asarray(ids, dtype=np.int64),
        pieces=np.asarray(pieces, dtype=np.float32).reshape(-1, 2),
    )


def passage(ids: list[int], pieces: list[tuple[float, float]]) -> PassagePieces:
    return PassagePieces(
        ids=np.asarray(ids, dtype=np.int32),
        starts=np.arange(len(ids), dtype=np.int32),
        vectors=stored(np.asarray(pieces, dtype=np.float32)),
    )


def rows(*numbers: int) -> Rows:
    return np.asarray(numbers, dtype=np.int64)


@pytest.fixture
def documents() -> list[DocumentPieces]:
    """Two documents: two passages with three sentences, and one passage with one."""
    one = document_pieces(
        [passage([7, 1, 2], [WEST, EAST, NORTH]), passage([1, 3], [NORTH, BETWEEN])],
        [rows(-1, 0, 1), rows(2, 2)],
    )
    two = document_pieces([passage([1], [WEST])], [rows(0)])
    return [one, two]


@pytest.fixture
def index(documents: list[DocumentPieces], tmp_path: Path) -> PieceIndex:
    PieceIndex.write(tmp_path / "pieces", documents, [0, 3])
    return PieceIndex.read(tmp_path / "pieces")


def test_each_piece_of_the_question_counts_with_the_likest_of_the_passage(
    index: PieceIndex,
) -> None:
    asked = text([2, 3], [EAST, NORTH])  # each in one passage of three: they weigh the same

    found = index.match(asked, rows(0, 1, 2))

    assert found.passages == pytest.approx([1.0, (0.6 + 1.0) / 2, (-1.0 + 0.0) / 2], abs=0.005)


def test_a_sentence_counts_with_its_own_pieces_and_a_context_is_no_sentence(
    index: PieceIndex,
) -> None:
    found = index.match(text([2, 3], [EAST, NORTH]), rows(2, 0))

    assert found.sentences.tolist() == [3, 0, 1]
    assert found.position.tolist() == [0, 1, 1]
    assert found.scores == pytest.approx([-0.5, 0.5, 0.5], abs=0.005)


def test_a_rare_piece_counts_more(index: PieceIndex) -> None:
    common, rare, unseen = index.weights(rows(1, 2, 999))

    assert common + rare + unseen == pytest.approx(1.0)
    # the logarithms of 4 over 3.5, 1.5 and 0.5
    assert rare / common == pytest.approx(0.98083 / 0.13353, rel=1e-3)
    assert unseen / rare == pytest.approx(2.07944 / 0.98083, rel=1e-3)


def test_a_question_without_pieces_matches_nothing(index: PieceIndex) -> None:
    found = index.match(text([], []), rows(0, 1))

    assert found.passages.tolist() == [0.0, 0.0]
    assert len(found.sentences) == len(found.position) == len(found.scores) == 0
    assert index.match_texts(text([], []), [text([1], [EAST])]).tolist() == [0.0]


def test_no_passages_have_no_scores(index: PieceIndex) -> None:
    assert len(index.match(text([2], [EAST]), rows()).passages) == 0


def test_a_text_that_is_not_indexed_is_matched_alike(index: PieceIndex) -> None:
    asked = text([2, 3], [EAST, NORTH])

    found = index.match_texts(asked, [text([7, 1, 2], [WEST, EAST, NORTH]), text([1], [WEST])])

    assert found == pytest.approx(index.match(asked, rows(0, 2)).passages, abs=0.005)


@pytest.mark.parametrize(
    ("at", "first_passage", "n", "first_sentence"), [(0, 0, 2, 0), (1, 2, 1, 3)]
)
def test_a_document_gets_its_pieces_back(
    index: PieceIndex,
    documents: list[DocumentPieces],
    at: int,
    first_passage: int,
    n: int,
    first_sentence: int,
) -> None:
    found = index.of(first_passage, n, first_sentence)

    assert found.starts.tolist() == documents[at].starts.tolist()
    assert found.where.tolist() == documents[at].where.tolist()
    assert np.array_equal(found.vectors, documents[at].vectors)


def test_vectors_are_stored_to_within_a_hundredth() -> None:
    kept = stored(np.asarray([BETWEEN], dtype=np.float32))

    assert kept.dtype == np.int8
    assert kept[0] / 127 == pytest.approx(BETWEEN, abs=0.005)


@pytest.mark.parametrize("name", ["starts.npy", "where.npy", "vectors.npy", "counts.npy"])
def test_a_damaged_index_is_refused_with_what_to_do(
    index: PieceIndex, tmp_path: Path, name: str
) -> None:
    assert index.width == 2
    (tmp_path / "pieces" / name).write_bytes(b"nothing")

    with pytest.raises(IndexDamagedError, match="rebuild with `python -m indexer build`"):
        PieceIndex.read(tmp_path / "pieces")


def test_every_piece_of_a_built_index_stands_in_its_sentence(built: IndexerSettings) -> None:
    index = open_index(built.index_dir)
    encoder = QueryEncoder(index.folder / ENCODER, max_pieces=254)

    for entry in index.documents:
        pieces = index._pieces.of(entry.first_passage, entry.n_passages, entry.first_sentence)
        for at, sentence in enumerate(index.sentences(entry)):
            said = encoder.encode_whole(sentence.span.of(index.document(entry.doc_id).text))
            assert pieces.where[pieces.where[:, 0] == at, 1].tolist() == said.ids.tolist()


def test_the_same_sentence_is_found_by_its_own_words(built: IndexerSettings) -> None:
    index = open_index(built.index_dir)
    encoder = QueryEncoder(index.folder / ENCODER, max_pieces=254)
    passages = np.arange(index.n_passages)

    for row in range(index.n_sentences):
        found = index._pieces.match(encoder.encode_whole(index.sentence_text(row)), passages)
        assert int(found.sentences[np.argmax(found.scores)]) == row
