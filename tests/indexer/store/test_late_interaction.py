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
    Matches,
    PassagePieces,
    PieceIndex,
    document_pieces,
)
from indexer.store.model_folders import ENCODER
from indexer.store.piece_code import ByteCode
from indexer.store.writing.piece_writer import PieceWriter

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
        ids=np.asarray(ids, dtype=np.int64),
        starts=np.arange(len(ids), dtype=np.int32),
        codes=ByteCode().encode(np.asarray(pieces, dtype=np.float32)),
    )


def rows(*numbers: int) -> Rows:
    return np.asarray(numbers, dtype=np.int64)


@pytest.fixture
def documents() -> list[DocumentPieces]:
    """Two documents: two passages with three sentences, and one passage with one."""
    one = document_pieces(
        [passage([7, 1, 2], [WEST, EAST, NORTH]), passage([1, 3], [NORTH, BETWEEN])],
        [rows(1, 1, 1), rows(0, 2)],
    )
    two = document_pieces([passage([1], [WEST])], [rows(0, 1)])
    return [one, two]


@pytest.fixture
def index(documents: list[DocumentPieces], tmp_path: Path) -> PieceIndex:
    with PieceWriter(tmp_path / "pieces", book=None) as writer:
        for document in documents:
            writer.append(document)
    return PieceIndex(tmp_path / "pieces")


def matches(index: PieceIndex, question: EncodedText, passages: Rows) -> Matches:
    """Match passages of `documents`, whose first sentences are these."""
    return index.match(question, passages, rows(0, 2, 3)[passages])


def test_each_piece_of_the_question_counts_with_the_likest_of_the_passage(
    index: PieceIndex,
) -> None:
    asked = text([2, 3], [EAST, NORTH])  # each in one passage of three: they weigh the same

    found = matches(index, asked, rows(0, 1, 2))

    assert found.passages == pytest.approx([1.0, (0.6 + 1.0) / 2, (-1.0 + 0.0) / 2], abs=0.005)


def test_a_sentence_counts_with_its_own_pieces_and_a_context_is_no_sentence(
    index: PieceIndex,
) -> None:
    found = matches(index, text([2, 3], [EAST, NORTH]), rows(2, 0))

    assert found.sentences.tolist() == [3, 0, 1]
    assert found.position.tolist() == [0, 1, 1]
    assert found.scores == pytest.approx([-0.5, 0.5, 0.5], abs=0.005)


def test_a_rare_piece_counts_more(index: PieceIndex) -> None:
    common, rare, unseen = index._weights.of(rows(1, 2, 999))

    assert common + rare + unseen == pytest.approx(1.0)
    # the logarithms of 4 over 3.5, 1.5 and 0.5
    assert rare / common == pytest.approx(0.98083 / 0.13353, rel=1e-3)
    assert unseen / rare == pytest.approx(2.07944 / 0.98083, rel=1e-3)


def test_a_question_without_pieces_matches_nothing(index: PieceIndex) -> None:
    found = matches(index, text([], []), rows(0, 1))

    assert found.passages.tolist() == [0.0, 0.0]
    assert len(found.sentences) == len(found.position) == len(found.scores) == 0
    assert index.match_texts(text([], []), [text([1], [EAST])]).tolist() == [0.0]


def test_no_passages_have_no_scores(index: PieceIndex) -> None:
    assert len(matches(index, text([2], [EAST]), rows()).passages) == 0


def test_a_text_that_is_not_indexed_is_matched_alike(index: PieceIndex) -> None:
    asked = text([2, 3], [EAST, NORTH])

    found = index.match_texts(asked, [text([7, 1, 2], [WEST, EAST, NORTH]), text([1], [WEST])])

    assert found == pytest.approx(matches(index, asked, rows(0, 2)).passages, abs=0.005)


@pytest.mark.parametrize(("at", "first_passage", "n"), [(0, 0, 2), (1, 2, 1)])
def test_a_document_gets_its_pieces_back(
    index: PieceIndex, documents: list[DocumentPieces], at: int, first_passage: int, n: int
) -> None:
    found, wanted = index.of(at, first_passage, n), documents[at]

    assert found.starts.tolist() == wanted.starts.tolist()
    assert found.runs.tolist() == wanted.runs.tolist()
    assert found.counts.tolist() == wanted.counts.tolist()
    assert found.places.tolist() == wanted.places.tolist()
    assert found.codes.tolist() == wanted.codes.tolist()


@pytest.mark.parametrize(
    "name", ["starts.npy", "runs.npy", "places.npy", "codes.npy", "codes.sums.npy", "counts.npy"]
)
@pytest.mark.usefixtures("index")
def test_a_damaged_index_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "pieces" / name).write_bytes(b"nothing")

    with pytest.raises(IndexDamagedError, match="rebuild with `python -m indexer build`"):
        PieceIndex(tmp_path / "pieces")


def test_every_piece_of_a_built_index_stands_in_its_sentence(built: IndexerSettings) -> None:
    index = open_index(built.index_dir)
    encoder = QueryEncoder(index.folder / ENCODER, max_pieces=254)

    for at, entry in enumerate(index.documents):
        pieces = index._pieces.of(at, entry.first_passage, entry.n_passages)
        text = index.document(entry.doc_id).text
        for position in range(entry.n_passages):
            passage = index.passage(entry.first_passage + position)
            (piece, run), (_, last_run) = pieces.starts[position : position + 2].tolist()
            held = index.sentences(entry)[passage.first_sentence : passage.last_sentence + 1]
            runs = pieces.runs[run:last_run].tolist()
            assert piece + sum(runs) == pieces.starts[position + 1, 0]
            texts = [sentence.span.of(text) for sentence in held]
            assert runs[1:] == [len(encoder.encode_whole(words).ids) for words in texts]


def test_the_same_sentence_is_found_by_its_own_words(built: IndexerSettings) -> None:
    index = open_index(built.index_dir)
    encoder = QueryEncoder(index.folder / ENCODER, max_pieces=254)
    passages = np.arange(index.n_passages)

    for row in range(index.n_sentences):
        found = index.match(encoder.encode_whole(index.sentence_text(row)), passages)
        assert int(found.sentences[np.argmax(found.scores)]) == row
