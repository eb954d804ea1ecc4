"""Makes word-piece vectors smaller: from the encoder's 384 dimensions to 128.

`projection_fitting` made the projection that ships. It belongs to one encoder; the pieces of
another keep their size.
"""

from pathlib import Path

import numpy as np
from safetensors import safe_open

from indexer.records import Vectors

WEIGHTS_PATH = Path(__file__).with_name("projection.safetensors")

NAME = "projection"
"""Of the array in the file."""


def projection_for(encoder_sha256: str) -> Vectors | None:
    """Return the projection of an encoder, ``(dimension, 128)``; ``None`` if it has none."""
    with safe_open(WEIGHTS_PATH, framework="numpy") as file:
        if file.metadata().get("encoder_sha256") != encoder_sha256:
            return None
        return np.asarray(file.get_tensor(NAME), dtype=np.float32)


def projected(states: Vectors, projection: Vectors | None) -> Vectors:
    """Return the piece vectors of ``states``: made smaller, of norm 1.

    Args:
        states: The encoder's last states, ``(n_pieces, dimension)``.
        projection: As `projection_for` returns it.
    """
    small = states if projection is None else states @ projection
    vectors: Vectors = small / np.maximum(np.linalg.norm(small, axis=1, keepdims=True), 1e-9)
    return vectors
