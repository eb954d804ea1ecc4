"""Encodes questions for reports that are not in English; no PyTorch needed."""

from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from indexer.errors import IndexDamagedError
from indexer.onnx_model import open_model
from indexer.records import EncodedText, Vectors

MODEL_NAME = "multilingual.onnx"
TOKENIZER_NAME = "tokenizer.json"
CENTRES_NAME = "centres.npy"

CENTRES = ("passage", "sentence", "en", "es", "pt")
"""Rows of the centres: kinds of text, and languages of questions."""

_MAX_PIECES = 512
_QUESTION = "query: "
"""What the model wants before a question; it was trained so."""


class MultilingualQueryEncoder:
    """The multilingual encoder as ONNX, safe to call from several threads."""

    def __init__(self, folder: Path, *, n_threads: int = 2) -> None:
        """Load the model.

        Args:
            folder: Holds `MODEL_NAME`, `TOKENIZER_NAME` and `CENTRES_NAME`.
            n_threads: CPU threads that one text may use, or texts encoded at the same time.

        Raises:
            IndexDamagedError: The files are missing or not a model.
        """
        try:
            self._session = open_model(folder / MODEL_NAME, n_threads=n_threads)
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_NAME))
            rows: Vectors = np.load(folder / CENTRES_NAME)
            self._centres = dict(zip(CENTRES, rows, strict=True))
        except Exception as error:  # both libraries raise plain Exception
            raise IndexDamagedError(
                f"no multilingual encoder in {folder}: {error}; rebuild with "
                "`python -m indexer build`"
            ) from error
        self._tokenizer.enable_truncation(_MAX_PIECES)
        self._n_threads = n_threads

    def encode_question(self, text: str, language: str) -> EncodedText:
        """Return the embedding of a question in a language; it has none of its word-pieces."""
        return EncodedText(
            vector=centred(
                self._encoded(_QUESTION + text), self._centres.get(language, self._centres["en"])
            ),
            ids=np.zeros(0, dtype=np.int64),
            pieces=np.zeros((0, 1), dtype=np.float32),
        )

    def _encoded(self, text: str) -> Vectors:
        ids = np.asarray([self._tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        vector: Vectors = self._session.run(None, inputs)[0][0]
        return vector


def centred(vectors: Vectors, centre: Vectors) -> Vectors:
    """Return unit vectors from ``centre``; texts at the centre itself keep no direction."""
    apart = vectors - centre
    unit: Vectors = apart / np.maximum(np.linalg.norm(apart, axis=-1, keepdims=True), 1e-9)
    return unit
