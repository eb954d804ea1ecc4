"""Encodes what is in reports with the packed multilingual model; the service encodes questions."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from indexer.encoder.multilingual_encoder import MultilingualQueryEncoder, centred
from indexer.records import Vectors

_PASSAGE = "passage: "
"""What the model wants before a text of a report; it was trained so."""


class MultilingualTextEncoder(MultilingualQueryEncoder):
    """The multilingual encoder as ONNX, for texts of reports, too."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the embeddings of passages, ``(n_texts, dimension)``, rows of norm 1."""
        return centred(self._encoded_apart(texts), self._centres["passage"])

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        """Return the embeddings of sentences, ``(n_texts, dimension)``, rows of norm 1."""
        return centred(self._encoded_apart(texts), self._centres["sentence"])

    def _encoded_apart(self, texts: Sequence[str]) -> Vectors:
        """Encode each text alone, as eight-bit arithmetic rounds by all that is read together."""
        if not texts:
            return np.zeros((0, self._centres["passage"].shape[0]), dtype=np.float32)
        with ThreadPoolExecutor(self._n_threads) as workers:
            return np.stack(list(workers.map(self._encoded, [_PASSAGE + text for text in texts])))
