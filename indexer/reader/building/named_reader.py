"""The reader that the settings name: the trained one, or an operator's own cross-encoder.

A cross-encoder takes the trained reader's place: it scores sentences, but marks no answer in them.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from indexer.code_hash import statements_sha256
from indexer.encoder.building.text_encoder import hash_model, model_folder
from indexer.errors import EncoderError
from indexer.onnx_export import export_onnx, put_weights_apart
from indexer.reader.sentence_reader import INPUTS, MODEL_NAME, TOKENIZER_NAME
from indexer.store.manifest import hash_file

SHIPPED = "cita"
"""Name of the reader that is trained by `indexer.reader.building.train` and shipped beside it."""

WEIGHTS_PATH = Path(__file__).with_name("weights.safetensors")
_NETWORK_PATH = Path(__file__).with_name("network.py")


@dataclass(frozen=True, slots=True)
class NamedReader:
    """A sentence reader before it is packed.

    Attributes:
        name: As the settings name it.
        sha256: Hash of its weights and, of the shipped one, of its network's code; lower-case
            hexadecimal.
        folder: Of a cross-encoder; ``None`` for the shipped reader.
    """

    name: str
    sha256: str
    folder: Path | None = None

    def pack(self, folder: Path) -> None:
        """Write what `SentenceReader` needs into ``folder``, which is made.

        Raises:
            EncoderError: The model cannot be loaded, or the shipped one's export differs from it.
        """
        if self.folder is None:
            from indexer.reader.building.network import pack  # noqa: PLC0415  (an up-to-date index needs none)

            pack(WEIGHTS_PATH, folder)
        else:
            folder.mkdir()
            _pack_cross_encoder(self.folder, folder)


def find_reader(name: str) -> NamedReader:
    """Return the reader of this name.

    Args:
        name: `SHIPPED`, a local folder, or a model name of a hub; the latter two hold a
            cross-encoder with one label.

    Raises:
        EncoderError: There is no such model.
    """
    if name == SHIPPED:
        network = statements_sha256(_NETWORK_PATH.read_text(encoding="utf-8"))
        parts = f"{hash_file(WEIGHTS_PATH)} {network}"
        return NamedReader(name, sha256(parts.encode()).hexdigest())
    folder = model_folder(name)
    return NamedReader(name, hash_model(folder), folder)


def _pack_cross_encoder(model: Path, folder: Path) -> None:
    import torch  # noqa: PLC0415  (2 s; only packing needs it)
    from transformers import (  # noqa: PLC0415  (3 s)
        AutoModelForSequenceClassification,
        AutoTokenizer,
    )

    try:
        scorer = AutoModelForSequenceClassification.from_pretrained(model).eval()
        tokenizer = AutoTokenizer.from_pretrained(model)
    except Exception as error:  # the libraries have no common base error
        raise EncoderError(
            f"no cross-encoder in {model}: {error}; set CITA_BUILD_READER to a folder or hub model "
            f"for sequence classification, or to {SHIPPED!r}"
        ) from error
    if scorer.config.num_labels != 1:
        raise EncoderError(
            f"the cross-encoder in {model} has {scorer.config.num_labels} labels, wanted 1; "
            "name one that was trained to rank"
        )

    class Score(torch.nn.Module):
        """The model as a function of arrays."""

        def forward(
            self,
            input_ids: torch.Tensor,
            attention_mask: torch.Tensor,
            token_type_ids: torch.Tensor,
        ) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            if "token_type_ids" in tokenizer.model_input_names:
                features["token_type_ids"] = token_type_ids
            logits: torch.Tensor = scorer(**features).logits
            return logits.squeeze(-1)

    sample = tokenizer(["one", "two"], ["of them", "of all of them"], padding=True)
    zeros = [[0] * len(row) for row in sample["input_ids"]]
    arrays = [torch.tensor(sample.get(name, zeros)) for name in INPUTS]
    module = Score()
    module.model = scorer
    export_onnx(module, arrays, folder / MODEL_NAME, inputs=INPUTS, outputs=["score"])
    put_weights_apart(folder / MODEL_NAME)
    tokenizer_json = tokenizer.backend_tokenizer.to_str()
    (folder / TOKENIZER_NAME).write_text(tokenizer_json, encoding="utf-8")
