"""Encodes questions with the model that the builder packed into the index; no PyTorch needed."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from indexer.errors import IndexDamagedError
from indexer.onnx_model import open_model
from indexer.records import EncodedText, Vectors

MODEL_NAME = "encoder.onnx"
TOKENIZER_NAME = "tokenizer.json"


class QueryEncoder:
    """The index's own encoder as ONNX, safe to call from several threads."""

    def __init__(self, folder: Path, *, max_pieces: int, n_threads: int = 2) -> None:
        """Load the model.

        Args:
            folder: Holds `MODEL_NAME` and `TOKENIZER_NAME`.
            max_pieces: Word-pieces of a text that are read, special tokens not counted.
            n_threads: CPU threads that one text may use.

        Raises:
            IndexDamagedError: The files are missing or not a model.
        """
        try:
            self._session = open_model(folder / MODEL_NAME, n_threads=n_threads)
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_NAME))
        except Exception as error:  # both libraries raise plain Exception
            raise IndexDamagedError(
                f"no question encoder in {folder}: {error}; rebuild with `python -m indexer build`"
            ) from error
        self._tokenizer.no_padding()
        n_special = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        self._tokenizer.enable_truncation(max_pieces + n_special)

    def is_word(self, text: str) -> bool:
        """Tell whether the model knows ``text`` as one whole word: some 20,000 common ones."""
        return self._tokenizer.token_to_id(text.lower()) is not None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the embeddings of ``texts``, shape ``(n_texts, dimension)``, rows of norm 1."""
        return np.stack([self.encode_whole(text).vector for text in texts])

    def encode_whole(self, text: str) -> EncodedText:
        """Return the embeddings of ``text`` and of each of its word-pieces."""
        read = self._tokenizer.encode(text)
        ids = np.asarray([read.ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        vectors, pieces = self._session.run(None, inputs)
        is_said = np.asarray(read.special_tokens_mask) == 0
        return EncodedText(
            vector=vectors[0],
            ids=ids[0, is_said],
            pieces=pieces[0, is_said],
        )
