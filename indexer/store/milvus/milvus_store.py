"""The generations of an index in Milvus: which is current, and opening one of them."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from indexer.errors import (
    IndexDamagedError,
    IndexerError,
    IndexMissingError,
    IndexUnreachableError,
)
from indexer.index_place import MilvusPlace
from indexer.store.manifest import REBUILD, Manifest, check_files
from indexer.store.milvus.collections import (
    Collections,
    Kind,
    alias_name,
    connect,
    milvus_errors,
)
from indexer.store.milvus.files import MANIFEST, read_file
from indexer.store.milvus.milvus_index import SENTENCES_TOGETHER, MilvusIndex

CURRENT = "current"
HELD = "held"

_COLLECTION = re.compile(
    r"(?P<name>\w+)_(?P<number>[0-9]{6,})_(?P<fingerprint>[0-9a-f]{8})"
    rf"_(?:{'|'.join(Kind)})"
)


class MilvusStore:
    """An index in Milvus: the `indexer.store.protocol.IndexStore` past one machine."""

    def __init__(self, place: MilvusPlace) -> None:
        """Remember where it is; nothing is connected yet."""
        self._place = place

    def current(self) -> str | None:
        """Return the name of the current generation, or ``None`` if there is none.

        Raises:
            IndexerError: Milvus cannot be reached.
        """
        return self.aliased(CURRENT)

    def aliased(self, alias: str) -> str | None:
        """Return the generation that an alias of this index names, or ``None``.

        Raises:
            IndexerError: Milvus cannot be reached.
        """
        client, name = connect(self._place), alias_name(self._place, alias)
        with milvus_errors(self._place):
            if name not in client.list_aliases()["aliases"]:
                return None
            collection = client.describe_alias(name)["collection_name"]
        return _generation_of(self._place, str(collection))

    def generations(self) -> tuple[str, ...]:
        """Return the names of all whole generations, oldest first.

        Raises:
            IndexerError: Milvus cannot be reached.
        """
        client: Any = connect(self._place)
        with milvus_errors(self._place):
            aliases = set(client.list_aliases()["aliases"])
        return tuple(name for name in self.begun() if alias_name(self._place, name) in aliases)

    def begun(self) -> tuple[str, ...]:
        """Return the names of all generations, oldest first, those not finished too.

        Raises:
            IndexerError: Milvus cannot be reached.
        """
        client: Any = connect(self._place)
        with milvus_errors(self._place):
            collections = client.list_collections()
        names = {_generation_of(self._place, collection) for collection in collections}
        return tuple(sorted(name for name in names if name is not None))

    def open(
        self,
        generation: str | None = None,
        *,
        verify: bool = True,
        at_once: bool = True,  # noqa: ARG002  (the models are all there is to compare)
    ) -> MilvusIndex:
        """Open the current generation, or the one named.

        Args:
            generation: Name of a generation; ``None`` for the current one.
            verify: Whether the models' checksums are recomputed; rows are counted anyway.
            at_once: Makes no difference here.

        Raises:
            IndexMissingError: There is no index.
            IndexUnreachableError: There is no server, or its models are not on this machine.
            IndexDamagedError: Rows or files are missing or changed.
            IndexMismatchError: It has another format.
            MilvusError: Milvus cannot answer.
        """
        if generation is not None:
            return self._open(generation, verify=verify)
        name = self.current()
        while name is not None:
            try:
                return self._open(name, verify=verify)
            except IndexerError:
                newer = self.current()  # a builder may have published and pruned meanwhile
                if newer == name:
                    raise
                name = newer
        raise IndexMissingError(f"no index in {self._place}; {REBUILD}")

    def _open(self, generation: str, *, verify: bool) -> MilvusIndex:
        collections = Collections(self._place, generation)
        collections.load()
        text = read_file(collections, MANIFEST, is_fresh=True).decode()
        manifest = Manifest.from_json(text, path=Path(collections.name(Kind.FILES)))
        _check_counts(collections, manifest)
        models_dir = models_folder(self._place, manifest)
        if not models_dir.is_dir():
            raise IndexUnreachableError(
                f"the models of {self._place}, generation {generation}, are not in {models_dir}; "
                "copy that folder from the machine that built it, or build under another #NAME "
                "where none has it, see docs/scaling.md"
            )
        problems = check_files(models_dir, manifest, verify=verify)
        if problems:
            raise IndexDamagedError(f"models in {models_dir}: {'; '.join(problems)}; {REBUILD}")
        return MilvusIndex(collections, manifest, models_dir)


def models_folder(place: MilvusPlace, manifest: Manifest) -> Path:
    """Return the folder of the models of a generation; the same models have the same folder."""
    return place.models_dir / models_key(
        manifest.encoder_sha256, manifest.multilingual_sha256, manifest.reader_sha256
    )


def models_key(encoder: str, multilingual: str | None, reader: str) -> str:
    """Return the name of the folder of models with these hashes."""
    return sha256(f"{encoder} {multilingual} {reader}".encode()).hexdigest()[:16]


def _check_counts(collections: Collections, manifest: Manifest) -> None:
    wanted = {
        Kind.PASSAGES: manifest.n_passages,
        Kind.SENTENCES: -(-manifest.n_sentences // SENTENCES_TOGETHER),
    }
    for kind, n_rows in wanted.items():
        n_found = collections.count(kind)
        if n_found != n_rows:
            raise IndexDamagedError(
                f"{collections.name(kind)} has {n_found} rows, wanted {n_rows}; {REBUILD}"
            )


def _generation_of(place: MilvusPlace, collection: str) -> str | None:
    """Return the generation that a collection belongs to; ``None``: to none of this index."""
    parts = _COLLECTION.fullmatch(collection)
    if parts is None or parts["name"] != place.name:
        return None
    return f"{parts['number']}-{parts['fingerprint']}"
