"""What the encoder learnt from the field's questions: low-rank additions to its layers' weights.

    weight ─▶ weight + b @ a

`indexer.encoder_training` made the adapter that ships. It belongs to one encoder and is merged into
it when that is loaded, so that encoding takes as long as without it.

Source:
    Hu et al. (2022), LoRA: Low-Rank Adaptation of Large Language Models, arXiv:2106.09685.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from safetensors import safe_open

if TYPE_CHECKING:
    from torch import nn

WEIGHTS_PATH = Path(__file__).with_name("adapter.safetensors")

ENCODER_SHA256 = "encoder_sha256"
"""Key of the file's metadata: hash of the encoder that the adapter belongs to."""

DOWN, UP = ".a", ".b"
"""Ends of the names of a layer's two arrays, ``(rank, n_inputs)`` and ``(n_outputs, rank)``."""

_LAYERS = "encoder.layer."

_ADAPTED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


def adapter_sha256(encoder_sha256: str) -> str | None:
    """Return the hash of the adapter of an encoder, lower-case hexadecimal; ``None`` without."""
    with safe_open(WEIGHTS_PATH, framework="numpy") as file:
        if file.metadata().get(ENCODER_SHA256) != encoder_sha256:
            return None
    return hashlib.sha256(WEIGHTS_PATH.read_bytes()).hexdigest()


def adapted_layers(model: "nn.Module") -> Iterator[tuple[str, "nn.Linear"]]:
    """Yield the layers of a BERT that are adapted, by name in it, wherever in ``model`` it is."""
    for name, layer in model.named_modules():
        at = name.find(_LAYERS)
        if at >= 0 and name.endswith(_ADAPTED):
            yield name[at:], layer


def merge_adapter(model: "nn.Module", path: Path = WEIGHTS_PATH) -> None:
    """Add the adapter in ``path`` to the weights of ``model``, which holds a BERT, in place."""
    from safetensors.torch import load_file  # noqa: PLC0415  (loads PyTorch)

    adapter = load_file(path)
    for name, layer in adapted_layers(model):
        low_rank = adapter[f"{name}{UP}"].float() @ adapter[f"{name}{DOWN}"].float()
        layer.weight.data = (layer.weight.data.float() + low_rank).to(layer.weight.dtype)
