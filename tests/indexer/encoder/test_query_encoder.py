"""Questions become unit vectors without PyTorch, alone or many at a time."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer.encoder.query_encoder import MODEL_NAME, TOKENIZER_NAME, QueryEncoder
from indexer.errors import IndexDamagedError
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.model_folders import ENCODER
from tests.conftest import ROOT

QUESTIONS = [f"How many families live in district {n}, and since when?" for n in range(24)]


@pytest.fixture
def folder(built: IndexerSettings) -> Path:
    """Where an index has its encoder."""
    return open_index(built.index_dir, verify=False).folder / ENCODER


@pytest.fixture
def query_encoder(folder: Path) -> QueryEncoder:
    return QueryEncoder(folder, max_pieces=254)


def test_vectors_have_unit_length_whoever_else_is_encoded(query_encoder: QueryEncoder) -> None:
    together = query_encoder.encode(QUESTIONS)

    alone = query_encoder.encode(QUESTIONS[5:6])

    assert together.shape == (24, 384)
    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.array_equal(together[5:6], alone)


def test_what_stands_behind_the_last_piece_is_not_read(folder: Path) -> None:
    short = QueryEncoder(folder, max_pieces=5)

    found = short.encode(["one two three four five six seven eight"])

    assert np.array_equal(found, short.encode(["one two three four five"]))
    assert not np.array_equal(found, short.encode(["one two three four six"]))


def test_a_text_of_any_length_is_encoded(query_encoder: QueryEncoder) -> None:
    vectors = query_encoder.encode(["", "word " * 5_000])

    assert np.isfinite(vectors).all()


def test_threads_may_share_an_encoder(query_encoder: QueryEncoder) -> None:
    alone = [query_encoder.encode([question]) for question in QUESTIONS]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: query_encoder.encode([question]), QUESTIONS))

    assert all(map(np.array_equal, together, alone))


@pytest.mark.parametrize("content", [None, b"", b"no model"], ids=["missing", "empty", "garbage"])
@pytest.mark.parametrize("name", [MODEL_NAME, TOKENIZER_NAME])
def test_a_damaged_encoder_is_refused_with_what_to_do(
    folder: Path, name: str, content: bytes | None
) -> None:
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)

    with pytest.raises(
        IndexDamagedError, match=r"no question encoder in .*python -m indexer build"
    ):
        QueryEncoder(folder, max_pieces=254)


def test_encoding_a_question_loads_no_pytorch(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from indexer.encoder.query_encoder import QueryEncoder\n"
        "QueryEncoder(Path(sys.argv[1]), max_pieces=254).encode(['Who pays?'])\n"
        "sys.exit('torch' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script, str(folder)], cwd=ROOT, check=False)

    assert done.returncode == 0
