"""Fits the projection of word-pieces' vectors.

    python -m indexer.encoder.building.projection_fitting --texts corpus.jsonl

It is on the 128 directions in which the states of word-pieces vary most: principal components of
unit vectors, not centred, so that cosines are kept. The texts were the 1,581 paragraphs of
``squadshifts-new-wiki``, part of the reader's training data
(`indexer/reader/building/MODEL_CARD.md`); it took three minutes on two CPU cores.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from indexer.encoder.building.projection import NAME, WEIGHTS_PATH, projected
from indexer.encoder.building.text_encoder import PACKAGED, Encoder
from indexer.records import Vectors

_WIDTH = 128


def fit(states: Vectors) -> Vectors:
    """Return the projection ``(dimension, 128)`` for piece states like ``states``."""
    units = projected(states, None)
    _, directions = np.linalg.eigh(units.T @ units)
    main: Vectors = np.ascontiguousarray(directions[:, ::-1][:, :_WIDTH])
    return main


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True, help="corpus.jsonl with a text a line")
    parser.add_argument("--out", type=Path, default=WEIGHTS_PATH, help="by default what ships")
    options = parser.parse_args(arguments)
    texts = [json.loads(line)["text"] for line in options.texts.read_text("utf-8").splitlines()]
    encoder = Encoder(PACKAGED, precision="fp32")
    projection = fit(encoder.states(texts))
    metadata = {"encoder_sha256": encoder.weights_sha256}
    save_file({NAME: projection.astype(np.float16)}, options.out, metadata=metadata)


if __name__ == "__main__":
    main()
