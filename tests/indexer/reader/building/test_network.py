import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from safetensors.torch import save_file

from indexer.encoder.building.text_encoder import PACKAGED, model_folder
from indexer.errors import EncoderError
from indexer.reader.building import network as model
from indexer.reader.building.network import (
    Reader,
    Shape,
    as_tensors,
    export,
    load_base,
    load_reader,
    quantise,
    save_weights,
)
from indexer.reader.building.train import Example, Recipe, batch_loss, keep_share, measure, train
from indexer.reader.sentence_reader import PieceRow, padded

TINY = Shape(
    vocab_size=50,
    max_position_embeddings=64,
    hidden_size=16,
    intermediate_size=32,
    num_hidden_layers=2,
    num_attention_heads=2,
)
ROWS = [
    PieceRow([1, 9, 2, 11, 12, 13, 2], [0, 0, 0, 1, 1, 1, 0], 3),
    PieceRow([1, 9, 2, 14, 2], [0, 0, 0, 1, 0], 3),
]
EXAMPLES = [
    Example((ROWS[0], ROWS[1]), answer=0, first=4, last=5),
    Example((ROWS[1], PieceRow([1, 8, 2, 15, 2], [0, 0, 0, 1, 0], 3)), answer=None),
]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A tiny BERT with random weights, named as BERT's are."""
    folder = tmp_path / "base"
    folder.mkdir()
    config = {name: getattr(TINY, name) for name in Shape.__slots__}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    save_file(_bert_state(), folder / "model.safetensors")
    return folder


def test_layers_compute_what_bert_computes() -> None:
    from transformers import BertModel  # noqa: PLC0415  (3 s)

    theirs = BertModel.from_pretrained(model_folder(PACKAGED), add_pooling_layer=False)
    ours = load_base(model_folder(PACKAGED)).eval()
    inputs = as_tensors(ROWS)
    heard: list[torch.Tensor] = []
    ours.layers[-1].register_forward_hook(lambda _module, _inputs, output: heard.append(output))

    with torch.inference_mode():
        ours(*inputs)
        wanted = theirs(
            input_ids=inputs[0], attention_mask=inputs[1], token_type_ids=inputs[2]
        ).last_hidden_state

    needed = [0, *range(ROWS[0].first, len(ROWS[0].ids))]  # the last layer makes no others
    seen = inputs[1][:, needed].bool()
    torch.testing.assert_close(heard[0][seen], wanted[:, needed][seen], atol=1e-4, rtol=1e-4)


def test_rows_whose_sentences_begin_elsewhere_are_read_as_if_alone(base: Path) -> None:
    reader = load_base(base).eval()
    rows = [ROWS[0], PieceRow([1, 9, 8, 2, 7, 2, 14, 15, 16, 2], [0] * 6 + [1] * 3 + [0], 6)]

    with torch.inference_mode():
        score, start, end = reader(*as_tensors(rows))
        alone = [reader(*as_tensors([row])) for row in rows]

    for at, (row, outputs) in enumerate(zip(rows, alone, strict=True)):
        sentence = slice(row.first, row.first + sum(row.types))
        torch.testing.assert_close(score[at], outputs[0][0])
        torch.testing.assert_close(start[at, sentence], outputs[1][0, sentence])
        torch.testing.assert_close(end[at, sentence], outputs[2][0, sentence])


def test_logits_stand_on_the_sentence_alone(base: Path) -> None:
    _, start, end = load_base(base)(*as_tensors(ROWS))

    outside = as_tensors(ROWS)[2] == 0
    assert (start[outside] < -9000).all()
    assert (end[outside] < -9000).all()
    assert (start[~outside] > -100).all()


def test_embeddings_are_not_trained(base: Path) -> None:
    reader = load_base(base)

    assert not {"words.weight", "positions.weight", "norm.weight"} & reader.trained().keys()
    assert not reader.words.weight.requires_grad


def test_weights_come_back(base: Path, tmp_path: Path) -> None:
    reader = load_base(base).eval()
    save_weights(reader, tmp_path / "weights.safetensors", base=base)

    again = load_reader(base, tmp_path / "weights.safetensors")

    torch.testing.assert_close(
        again(*as_tensors(ROWS))[0], reader(*as_tensors(ROWS))[0], atol=1e-2, rtol=1e-2
    )


def test_weights_of_another_base_are_refused(base: Path, tmp_path: Path) -> None:
    save_weights(load_base(base), tmp_path / "weights.safetensors", base=base)
    state = _bert_state()
    state["embeddings.LayerNorm.bias"] += 1
    save_file(state, base / "model.safetensors")

    with pytest.raises(EncoderError, match="trained from a base"):
        load_reader(base, tmp_path / "weights.safetensors")


def test_the_export_gives_the_same_numbers(base: Path, tmp_path: Path) -> None:
    reader = load_base(base)
    export(reader, tmp_path / "reader.onnx")

    session = onnxruntime.InferenceSession(str(tmp_path / "reader.onnx"))
    found = session.run(None, padded([ROWS[1]]))

    assert [output.name for output in session.get_outputs()] == ["score", "start", "end"]
    with torch.inference_mode():
        wanted = reader(*as_tensors([ROWS[1]]))
    for ours, theirs in zip(found, wanted, strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), atol=1e-4)


def test_weights_of_eight_bits_score_nearly_the_same(base: Path, tmp_path: Path) -> None:
    reader = load_base(base)
    export(reader, tmp_path / "reader.onnx")
    size = (tmp_path / "reader.onnx").stat().st_size

    assert quantise(reader, tmp_path / "reader.onnx")

    session = onnxruntime.InferenceSession(str(tmp_path / "reader.onnx"))
    score, *_ = session.run(None, padded(ROWS))
    with torch.inference_mode():
        wanted, *_ = reader(*as_tensors(ROWS))
    np.testing.assert_allclose(score, wanted.numpy(), atol=0.2)
    assert (tmp_path / "reader.onnx").stat().st_size != size


def test_weights_that_lose_too_much_stay_as_they_are(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = load_base(base)
    export(reader, tmp_path / "reader.onnx")
    before = (tmp_path / "reader.onnx").read_bytes()
    monkeypatch.setattr(model, "_QUANTISED_DIFFERENCE", 0.0)

    assert not quantise(reader, tmp_path / "reader.onnx")
    assert [path.name for path in tmp_path.glob("reader*")] == ["reader.onnx"]
    assert (tmp_path / "reader.onnx").read_bytes() == before


def test_training_learns_what_answers(base: Path, tmp_path: Path) -> None:
    torch.manual_seed(1)
    reader = load_base(base)
    recipe = Recipe(batch=2, rate=1e-2)
    before = float(batch_loss(reader, EXAMPLES, span_weight=0.5).detach())

    train(reader, EXAMPLES * 40, recipe, checkpoint=tmp_path / "checkpoint.pt", checkpoint_s=1e9)

    figures = measure(reader, EXAMPLES)
    assert float(batch_loss(reader, EXAMPLES, span_weight=0.5).detach()) < before / 4
    assert (figures.sentence_accuracy, figures.null_auroc, figures.span_f1) == (1, 1, 1)


def test_a_share_of_what_was_learnt_is_kept(base: Path) -> None:
    reader = load_base(base)
    start = {name: weight.detach().clone() for name, weight in reader.trained().items()}
    with torch.no_grad():
        for weight in reader.trained().values():
            weight.add_(4)

    keep_share(reader, start, 0.75)

    for name, weight in reader.trained().items():
        torch.testing.assert_close(weight.detach(), start[name] + 3)


def test_training_resumes_where_it_was_stopped(base: Path, tmp_path: Path) -> None:
    checkpoint = tmp_path / "checkpoint.pt"
    again = EXAMPLES * 4
    train(load_base(base), again, Recipe(batch=2), checkpoint=checkpoint, checkpoint_s=-1)
    resumed = load_base(base)

    train(resumed, again, Recipe(batch=2), checkpoint=checkpoint, checkpoint_s=-1)

    saved = torch.load(checkpoint, weights_only=True)
    assert saved["step"] == 4
    for name, weight in resumed.trained().items():
        torch.testing.assert_close(weight.detach(), saved["weights"][name])


def _bert_state() -> dict[str, torch.Tensor]:
    """Return random weights under the names that BERT's files use."""
    torch.manual_seed(0)
    reader = Reader(TINY)
    state = {
        "embeddings.word_embeddings.weight": reader.words.weight,
        "embeddings.position_embeddings.weight": reader.positions.weight,
        "embeddings.token_type_embeddings.weight": reader.types.weight,
        "embeddings.LayerNorm.weight": reader.norm.weight,
        "embeddings.LayerNorm.bias": reader.norm.bias,
    }
    names = {
        "attention.output.dense": (16, 16),
        "attention.output.LayerNorm": None,
        "intermediate.dense": (32, 16),
        "output.dense": (16, 32),
        "output.LayerNorm": None,
        **{f"attention.self.{part}": (16, 16) for part in ("query", "key", "value")},
    }
    for number in range(TINY.num_hidden_layers):
        for name, shape in names.items():
            part = f"encoder.layer.{number}.{name}"
            state[f"{part}.weight"] = torch.ones(16) if shape is None else torch.randn(shape) / 8
            state[f"{part}.bias"] = torch.zeros(16 if shape is None else shape[0])
    return {name: weight.detach().clone() for name, weight in state.items()}
