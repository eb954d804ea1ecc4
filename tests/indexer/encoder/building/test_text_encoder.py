"""Texts become the vectors that sentence-transformers gives, in the builder and in the service."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Tokenizer
from transformers import BertModel
from transformers.utils import logging as transformers_logging

from indexer.build import build
from indexer.encoder.building.adapter import merge_adapter
from indexer.encoder.building.projection import projected, projection_for
from indexer.encoder.building.text_encoder import PACKAGED, Encoder
from indexer.encoder.query_encoder import TOKENIZER_NAME, QueryEncoder
from indexer.errors import EncoderError
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.model_folders import ENCODER
from indexer.store.piece_code import ByteCode
from service.answer_options import AnswerOptions
from service.pipeline.answering import Answerer
from service.pipeline.question import parse_question
from service.records import Answer
from tests.conftest import HOUSING, ROOT
from tests.indexer.tiny_models import letter_bert

TEXTS = (
    "How does Chile help migrants rent a home?",
    "¿Cómo ayudan las ciudades a las personas refugiadas a encontrar vivienda digna?",
    "Quais cidades oferecem aulas de português às crianças migrantes, e desde quando?",
    "Rents rose by 4.5% in São Paulo between 2016 and 2019 (UN-Habitat, 2020).",
    "El 32 % de los hogares — unas 1.200 familias — vive en asentamientos informales.",
    "A prefeitura abriu três centros de acolhida; “ninguém fica para trás”, disse a ministra.",
    HOUSING,
    "Nairobi",
    "?",
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of another size than the packaged one: 32 numbers a vector, mean of its letters."""
    folder = tmp_path_factory.mktemp("tiny")
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    config = letter_bert(folder / "bert")
    BertModel(config).save_pretrained(folder / "bert")
    reads = Transformer(str(folder / "bert"), max_seq_length=128)
    SentenceTransformer(modules=[reads, Pooling(32)], device="cpu").save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="module")
def packed(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model as the service gets it."""
    folder = tmp_path_factory.mktemp("packed") / "encoder"
    Encoder(str(tiny), precision="fp32").pack(folder)
    return folder


def adapted(encoder: Encoder) -> SentenceTransformer:
    """Return the packaged model with its adapter, as sentence-transformers has it."""
    model = SentenceTransformer(str(encoder._folder), device="cpu")
    merge_adapter(model)
    return model


def cosines(found: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    cosine: np.ndarray = (found * wanted).sum(axis=1)
    return cosine


def test_the_packed_encoder_gives_what_sentence_transformers_gives(
    built: IndexerSettings, encoder: Encoder
) -> None:
    index = open_index(built.index_dir, verify=False)
    packed = QueryEncoder(index.folder / ENCODER, max_pieces=index.manifest.max_pieces)
    reference = adapted(encoder)

    found = packed.encode(TEXTS)

    wanted = reference.encode(list(TEXTS), normalize_embeddings=True)
    assert np.abs(found - wanted).max() < 1e-4


def test_the_builder_gives_what_sentence_transformers_gives(encoder: Encoder) -> None:
    reference = adapted(encoder)

    found = encoder.encode(TEXTS)

    wanted = reference.encode(list(TEXTS), normalize_embeddings=True)
    assert found.shape == (len(TEXTS), 384)
    assert np.abs(found - wanted).max() < 1e-5


def test_vectors_have_unit_length_and_keep_the_order_of_the_texts(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)

    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])

    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-6)
    assert np.abs(together - alone).max() < 1e-5


def test_pieces_are_the_models_states_made_small(encoder: Encoder) -> None:
    reference = adapted(encoder)
    projection = projection_for(encoder.weights_sha256)

    vectors, pieces = encoder.encode_passages(TEXTS)

    assert projection is not None
    assert np.abs(vectors - encoder.encode(TEXTS)).max() < 1e-5
    states = reference.encode(list(TEXTS), output_value="token_embeddings")
    for text, found, state in zip(TEXTS, pieces, states, strict=True):
        small = state[1:-1].numpy() @ projection  # without [CLS] and [SEP]
        wanted = small / np.linalg.norm(small, axis=1, keepdims=True)
        assert ByteCode().decode(found.codes) == pytest.approx(wanted, abs=0.005)
        assert found.ids.tolist() == reference.tokenizer(text)["input_ids"][1:-1]
        assert found.starts.tolist() == sorted(found.starts)


def test_the_packed_encoder_gives_the_same_pieces(built: IndexerSettings, encoder: Encoder) -> None:
    index = open_index(built.index_dir, verify=False)
    packed = QueryEncoder(index.folder / ENCODER, max_pieces=index.manifest.max_pieces)

    for text, wanted in zip(TEXTS, encoder.encode_passages(TEXTS)[1], strict=True):
        found = packed.encode_whole(text)
        assert found.ids.tolist() == wanted.ids.tolist()
        assert found.pieces == pytest.approx(ByteCode().decode(wanted.codes), abs=0.006)


def test_pieces_of_a_model_without_a_projection_keep_their_size(tiny: Path) -> None:
    _, found = Encoder(str(tiny), precision="fp32").encode_passages(["one", "two of them"])

    assert [each.codes.shape for each in found] == [(3, 32), (9, 32)]


def test_a_projection_keeps_most_of_what_tells_pieces_apart(encoder: Encoder) -> None:
    reference = adapted(encoder)
    states = reference.encode(list(TEXTS), output_value="token_embeddings")
    units = projected(np.concatenate([state.numpy() for state in states]), None)
    projection = projection_for(encoder.weights_sha256)

    assert projection is not None
    assert projection.shape == (384, 128)
    kept = np.linalg.norm(units @ projection, axis=1) ** 2
    assert kept.mean() > 0.6  # 128 directions by chance keep a third


def test_no_texts_have_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)
    assert [len(part) for part in encoder.encode_passages([])] == [0, 0]
    assert encoder.count_pieces([]) == []


def test_vectors_do_not_depend_on_how_many_threads_make_them() -> None:
    texts = [f"City {number} houses newcomers." * (1 + number % 9) for number in range(200)]
    made = []
    for n_threads in (1, 4):
        encoder = Encoder(PACKAGED, precision="auto")
        encoder.count_pieces(texts)  # leaves the tokenizer without cutting and padding
        encoder._n_threads = n_threads  # as on a machine with so many cores
        vectors, pieces = encoder.encode_passages(texts)
        made.append((encoder.encode(texts), vectors, [each.codes.tobytes() for each in pieces]))

    alone, together = made
    assert np.array_equal(alone[0], together[0])
    assert np.array_equal(alone[1], together[1])
    assert alone[2] == together[2]


def test_half_precision_points_the_same_way(encoder: Encoder) -> None:
    half = Encoder(PACKAGED, precision="bf16")

    found = half.encode(TEXTS)

    assert found.dtype == np.float32
    assert cosines(found, encoder.encode(TEXTS)).min() >= 0.998


def test_precision_is_chosen_by_what_the_processor_has() -> None:
    flags = Path("/proc/cpuinfo").read_text("utf-8")
    has_bf16 = any(flag in flags.split() for flag in ("amx_bf16", "avx512_bf16"))

    chosen = Encoder(PACKAGED, precision="auto").precision

    assert chosen == ("bf16" if has_bf16 else "fp32")


@given(st.lists(st.text(max_size=60) | st.sampled_from(TEXTS), max_size=4))
def test_pieces_are_those_of_the_tokenizer(encoder: Encoder, texts: list[str]) -> None:
    tokenizer = Tokenizer.from_file(str(encoder._folder / TOKENIZER_NAME))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    counted = encoder.count_pieces(texts)

    assert counted == [len(tokenizer.encode(text, add_special_tokens=False)) for text in texts]


def test_the_model_reads_256_pieces_with_its_special_ones(encoder: Encoder) -> None:
    assert encoder.max_pieces == 254


def test_a_model_is_known_by_its_files(tiny: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(tiny, copy)
    before = Encoder(str(copy), precision="fp32").sha256
    (copy / "config.json").write_text((copy / "config.json").read_text("utf-8") + " ", "utf-8")

    after = Encoder(str(copy), precision="fp32").sha256

    assert before == Encoder(str(tiny), precision="fp32").sha256
    assert after != before


def test_a_model_of_another_dimension_works(tiny: Path) -> None:
    encoder = Encoder(str(tiny), precision="fp32")

    assert encoder.encode(["one", "two of them"]).shape == (2, 32)
    assert (encoder.dimension, encoder.max_pieces) == (32, 126)
    assert encoder.count_pieces(["one, two"]) == [7]  # one for each letter and the comma


def test_a_model_of_another_dimension_is_packed_as_it_is(tiny: Path, packed: Path) -> None:
    reference = SentenceTransformer(str(tiny), device="cpu")

    found = QueryEncoder(packed, max_pieces=126).encode(TEXTS)

    wanted = reference.encode(list(TEXTS), normalize_embeddings=True)
    assert np.abs(found - wanted).max() < 1e-4


def test_a_model_whose_files_lie_in_folders_is_packed_as_well(
    tiny: Path, tmp_path: Path, packed: Path
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny, folder)
    (folder / "0_Transformer").mkdir()
    for name in ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"):
        (folder / name).rename(folder / "0_Transformer" / name)
    (folder / "sentence_bert_config.json").rename(
        folder / "0_Transformer" / "sentence_bert_config.json"
    )
    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    modules[0]["path"] = "0_Transformer"
    (folder / "modules.json").write_text(json.dumps(modules), "utf-8")

    Encoder(str(folder), precision="fp32").pack(tmp_path / "packed")

    found = QueryEncoder(tmp_path / "packed", max_pieces=126).encode(TEXTS)
    assert np.array_equal(found, QueryEncoder(packed, max_pieces=126).encode(TEXTS))


def test_a_whole_index_is_built_and_asked_with_another_encoder(
    built: IndexerSettings, tiny: Path
) -> None:
    result = build(built.model_copy(update={"build_encoder": str(tiny)}))

    index = open_index(built.index_dir)
    question = parse_question("How many households used the rental subsidy?")
    asked = Answerer(index).answer(question, AnswerOptions(min_confidence=0))
    assert result.n_extracted == 2
    assert (index.manifest.encoder, index.manifest.dimension) == (str(tiny), 32)
    assert index._nearest.stored(np.arange(index.n_passages)).shape[1] == 32
    assert isinstance(asked, Answer)


def test_an_export_that_differs_from_its_model_is_refused(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(_: object, __: object, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        n_pieces = inputs["input_ids"].shape[1]
        return [np.zeros((1, 32), np.float32), np.zeros((1, n_pieces, 32), np.float32)]

    monkeypatch.setattr(onnxruntime.InferenceSession, "run", nowhere)

    with pytest.raises(EncoderError, match=r"differs from it by .*wanted at most 1e-4; use anoth"):
        Encoder(str(tiny), precision="fp32").pack(tmp_path / "packed")


def test_without_its_package_the_packaged_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, PACKAGED.replace("-", "_"), None)

    with pytest.raises(EncoderError, match="is not installed; run `make setup`"):
        Encoder(PACKAGED, precision="fp32")


def test_a_name_that_no_model_can_have_is_refused() -> None:
    with pytest.raises(EncoderError, match="nor a folder, and the hub gave"):
        Encoder("no/such/model", precision="fp32")


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    encoder = Encoder(str(tmp_path), precision="fp32")

    with pytest.raises(EncoderError, match=f"no encoder in {tmp_path}.*name a folder that holds"):
        encoder.encode(["text"])


def test_damaged_weights_are_refused(tiny: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny, tmp_path / "model")
    (tmp_path / "model" / "model.safetensors").write_bytes(b"\0" * 99)

    encoder = Encoder(str(tmp_path / "model"), precision="fp32")

    with pytest.raises(EncoderError, match="no encoder in"):
        encoder.encode(["text"])


def test_an_unknown_encoder_is_refused_offline_with_what_to_do(
    built: IndexerSettings, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "indexer", "build", "--quiet"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HF_HUB_OFFLINE": "1",
            "HF_HOME": str(tmp_path),
            "CITA_CORPUS": str(built.corpus),
            "CITA_INDEX": str(built.index_dir),
            "CITA_BUILD_ENCODER": "nobody/no-such-model",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.startswith("EncoderError: no model 'nobody/no-such-model': it is neither")
    assert done.stderr.rstrip().endswith("name a folder that holds one")
    assert "Traceback" not in done.stderr


def test_batches_that_nobody_wants_any_more_are_not_encoded(encoder: Encoder) -> None:
    begun: list[int] = []

    def encode(texts: list[str]) -> int:
        begun.append(len(texts))
        time.sleep(0.02)
        return len(texts)

    batches = encoder._by_batch(encode, ["a text"] * 6400, None)
    assert next(batches)[1] == 32
    batches.close()

    assert sum(begun) < 6400 / 2
