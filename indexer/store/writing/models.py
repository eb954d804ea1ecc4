"""Puts the models that a generation carries into its folder."""

import shutil
from pathlib import Path
from typing import Protocol

from indexer.store.model_folders import ENCODER, MULTILINGUAL_ENCODER, READER
from indexer.store.piece_code import Book
from indexer.store.protocol import StoredIndex


class Model(Protocol):
    """A model that can be packed: the question encoder or the sentence reader."""

    @property
    def name(self) -> str:
        """Name in the settings."""

    @property
    def sha256(self) -> str:
        """Hash of its weights, lower-case hexadecimal."""

    def pack(self, folder: Path) -> None:
        """Write what the service opens into ``folder``, which is made."""


class TextEncoder(Model, Protocol):
    """The encoder of questions and passages."""

    @property
    def precision(self) -> str:
        """Arithmetic in which it runs, ``"bf16"`` or ``"fp32"``."""

    @property
    def max_pieces(self) -> int:
        """Word-pieces that it reads, special tokens not counted."""

    @property
    def piece_bytes(self) -> int:
        """Bytes that the word-pieces of a passage take at most, one a component."""

    @property
    def book(self) -> Book | None:
        """By which its word-pieces' vectors are stored; ``None``: a byte a component."""


class TextEncoders(Protocol):
    """The encoders of a build."""

    @property
    def english(self) -> TextEncoder:
        """Return the encoder of reports in English."""

    @property
    def multilingual(self) -> Model | None:
        """Return the encoder of all others, or ``None`` where one is for all."""


def pack_models(
    folder: Path,
    *,
    encoder: TextEncoder,
    multilingual: Model | None,
    reader: Model,
    previous: StoredIndex | None,
) -> int:
    """Put the models into ``folder``; return the word-pieces that the encoder reads.

    A model that the previous generation has is linked: loading it takes seconds.
    """
    if previous is not None and previous.manifest.reader_sha256 == reader.sha256:
        link_model(folder / READER, previous.models_dir / READER)
    else:
        reader.pack(folder / READER)
    if multilingual is not None:
        multilingual.pack(folder / MULTILINGUAL_ENCODER)
    if previous is not None and previous.manifest.encoder_sha256 == encoder.sha256:
        link_model(folder / ENCODER, previous.models_dir / ENCODER)
        return previous.manifest.max_pieces
    encoder.pack(folder / ENCODER)
    return encoder.max_pieces


def link_model(folder: Path, previous: Path) -> None:
    """Give ``folder``, which is made, the files of ``previous``, as hard links if possible."""
    folder.mkdir()
    for path in sorted(previous.iterdir()):
        try:
            (folder / path.name).hardlink_to(path)
        except OSError:
            shutil.copyfile(path, folder / path.name)
