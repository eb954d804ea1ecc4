"""Settings of the evaluation, from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from indexer.index_place import IndexPlace
from indexer.store.generations import store_at
from indexer.store.protocol import StoredIndex
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class EvalSettings:
    """Settings of the commands.

    Attributes:
        service: Settings of the service under evaluation.
        shared_dir: Folder of the development data and the source reports; need not exist.
    """

    service: Settings
    shared_dir: Path

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read every ``CITA_…`` variable.

        Raises:
            SettingsError: A variable is unknown or has a value it cannot have.
        """
        return cls(Settings.from_environ(environ), Path(environ.get("CITA_SHARED", "../shared")))

    def open_index(self, place: IndexPlace | None) -> StoredIndex:
        """Open the index at a place, by default at that of the settings."""
        return store_at(self.service.reached(place or self.service.index_place)).open()
