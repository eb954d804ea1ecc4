"""Fits the book by which word-piece vectors are stored.

    python -m indexer.encoder.building.piece_book_fitting --texts corpus.jsonl

By k-means, part by part, on the pieces of excerpts spread evenly over the texts. Those were 112
policy papers of the United Nations and of governments; it took some minutes on two CPU cores.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from indexer.encoder.building.piece_book import BOOK_PATH, NAMES
from indexer.encoder.building.projection import projected, projection_for
from indexer.encoder.building.text_encoder import PACKAGED, Encoder
from indexer.records import Vectors
from indexer.store.piece_code import Book, Parts, ProductCode, nearest

_N_PARTS = (32, 16)
"""Of a vector, and of what is left of it: 48 bytes in all."""

_N_WORDS = 256
_N_ROUNDS = 12
_N_EXCERPTS = 500
_EXCERPT_CHARS = 900


def fit(vectors: Vectors) -> Book:
    """Return the book for piece vectors like ``vectors``."""
    random = np.random.default_rng(1)
    book: list[Parts] = []
    rest = vectors
    for n_parts in _N_PARTS:
        book.append(np.stack([_k_means(part, random) for part in np.split(rest, n_parts, axis=1)]))
        code = ProductCode(tuple(book[-1:]))
        rest = rest - code.decode_as_is(code.encode(rest))
    return tuple(book)


def _k_means(vectors: Vectors, random: np.random.Generator) -> Vectors:
    """Return 256 centres of ``vectors``."""
    centres = vectors[np.resize(random.permutation(len(vectors)), _N_WORDS)]
    for _ in range(_N_ROUNDS):
        groups = nearest(vectors, centres)
        sums = np.stack([
            np.bincount(groups, column, minlength=_N_WORDS) for column in vectors.T
        ], axis=1)  # fmt: skip
        counts = np.bincount(groups, minlength=_N_WORDS)
        centres = np.where(counts[:, None], sums / np.maximum(counts, 1)[:, None], centres)
        centres = centres.astype(np.float32)
    return centres


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True, help="jsonl with a text a line")
    parser.add_argument("--out", type=Path, default=BOOK_PATH, help="by default what ships")
    options = parser.parse_args(arguments)
    texts = [json.loads(line)["text"] for line in options.texts.read_text("utf-8").splitlines()]
    encoder = Encoder(PACKAGED, precision="fp32")
    states = encoder.states(_excerpts(texts))
    book = fit(projected(states, projection_for(encoder.weights_sha256)))
    metadata = {"encoder_sha256": encoder.weights_sha256}
    arrays = {name: parts.astype(np.float16) for name, parts in zip(NAMES, book, strict=True)}
    save_file(arrays, options.out, metadata=metadata)


def _excerpts(texts: Sequence[str]) -> list[str]:
    """Return excerpts of ``texts``, `_N_EXCERPTS` at most, evenly spread."""
    excerpts = [
        text[start : start + _EXCERPT_CHARS]
        for text in texts
        for start in range(0, len(text), _EXCERPT_CHARS)
    ]
    step = -(-len(excerpts) // _N_EXCERPTS)
    return excerpts[::step]


if __name__ == "__main__":
    main()
