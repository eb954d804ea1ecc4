"""The collections of an index in Milvus, and calls to it.

Each generation has four collections:

    NAME_000002_1f0c9a7e_files       manifest, words, documents with their text
    NAME_000002_1f0c9a7e_passages    vector, weights of words, word-pieces
    NAME_000002_1f0c9a7e_sentences   vectors, eight rows together
    NAME_000002_1f0c9a7e_named       where things with a number stand

Aliases of the first one say more (`indexer.store.milvus.milvus_store`):

    NAME_000002_1f0c9a7e   the generation is whole
    NAME_current           it is the current one
    NAME_held              a rollback holds it
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from threading import Lock
from time import sleep
from typing import Any

from indexer.errors import IndexDamagedError, IndexerError, IndexUnreachableError
from indexer.index_place import MilvusPlace
from indexer.store.manifest import REBUILD

MOST_ROWS = 500
"""Rows asked for or inserted at a time; Milvus gives out 16,384 at most, and 64 MB."""

MOST_CHARACTERS = 65_535
"""Bytes that a text field may have."""

UNUSED = [0.0, 0.0]
"""In the field of vectors that a collection needs also where none is searched."""

_TIMEOUT_S = 20.0
"""For one answer of Milvus, tries included."""

_WAIT_S = 0.2

_STANDSTILL_S = 1800.0
"""Without a row more in an index: a large segment is indexed in minutes, and counts when done."""

_CONNECTING = Lock()


class Kind(StrEnum):
    """The collections of a generation."""

    FILES = "files"
    PASSAGES = "passages"
    SENTENCES = "sentences"
    NAMED = "named"


class MilvusError(IndexerError):
    """Milvus did not do what was asked of it."""


@contextmanager
def milvus_errors(place: MilvusPlace) -> Iterator[None]:
    """Turn what pymilvus raises into an error of ours.

    Raises:
        MilvusError: Milvus refused or cannot be reached.
    """
    try:
        yield
    except _errors() as error:
        message = getattr(error, "message", None) or error
        raise MilvusError(f"{place}: {message}; see docs/scaling.md") from error


def _errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """Return what pymilvus raises, some errors of its transport among them, and ``others``."""
    from pymilvus.decorators import grpc  # noqa: PLC0415  (a requirement of its own, not of ours)
    from pymilvus.exceptions import MilvusException  # noqa: PLC0415  (2 s; only for this engine)

    return MilvusException, grpc.RpcError, grpc.FutureTimeoutError, *others


def connect(place: MilvusPlace) -> Any:  # pymilvus is not typed
    """Return a client, one for each place: milvus-lite opens a file once in a process.

    Threads that ask at the same moment get the same one.

    Raises:
        IndexUnreachableError: pymilvus is not installed, or there is no server.
    """
    with _CONNECTING:
        return _client(place)


@cache  # alone it would let two threads connect at once
def _client(place: MilvusPlace) -> Any:
    try:
        from pymilvus import MilvusClient  # noqa: PLC0415  (2 s; only for this engine)
    except ImportError as error:
        raise IndexUnreachableError(
            f"{place} needs pymilvus; `pip install --group milvus --constraint requirements.lock`"
        ) from error
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # what it logs is raised, too
    try:
        return MilvusClient(place.uri, token=place.token)
    except _errors(OSError, ValueError) as error:  # an address may be wrong in many ways
        raise IndexUnreachableError(f"no Milvus at {place.uri}: {error}") from error


class Collections:
    """The collections of one generation."""

    def __init__(self, place: MilvusPlace, generation: str) -> None:
        """Name them; they need not be there."""
        self.place, self.generation = place, generation
        self._client = connect(place)

    def name(self, kind: Kind) -> str:
        """Return the name of a collection."""
        return collection_name(self.place, self.generation, kind)

    def insert(self, kind: Kind, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows, at most `MOST_ROWS`.

        Raises:
            MilvusError: They cannot be inserted.
        """
        with milvus_errors(self.place):
            self._client.insert(self.name(kind), [dict(row) for row in rows])

    def load(self) -> None:
        """Have Milvus answer from the collections; those that are loaded stay so.

        Raises:
            IndexDamagedError: They are not there.
            MilvusError: They cannot be loaded.
        """
        with milvus_errors(self.place):
            for kind in Kind:
                if not self._client.has_collection(self.name(kind)):
                    raise IndexDamagedError(f"{self.place} has no {self.name(kind)}; {REBUILD}")
                self._client.load_collection(self.name(kind))

    def release(self) -> None:
        """Have Milvus hold nothing of the collections in memory until they are loaded again.

        Raises:
            MilvusError: They cannot be released.
        """
        with milvus_errors(self.place):
            for kind in Kind:
                self._client.release_collection(self.name(kind))

    def finish(self) -> None:
        """Have all that was inserted kept and indexed.

        Raises:
            MilvusError: It cannot be.
        """
        with milvus_errors(self.place):
            for kind in Kind:
                self._client.flush(self.name(kind))
                for index in self._client.list_indexes(self.name(kind)):
                    self._wait_for(self.name(kind), index)

    def _wait_for(self, collection: str, index: str) -> None:
        """Wait until an index has all rows: what it lacks is searched row by row.

        Raises:
            MilvusError: For `_STANDSTILL_S` it has got no further.
        """
        fewest, waits = None, 0
        while n_rows := self._client.describe_index(collection, index)["pending_index_rows"]:
            waits = 0 if fewest is None or n_rows < fewest else waits + 1
            fewest = n_rows if fewest is None else min(fewest, n_rows)
            if waits * _WAIT_S >= _STANDSTILL_S:
                raise MilvusError(
                    f"{self.place}: index {index} of {collection} lacks {n_rows} rows and has got "
                    f"none for {_STANDSTILL_S:.0f} s; see that Milvus's data nodes run"
                )
            sleep(_WAIT_S)

    def drop(self) -> None:
        """Remove the collections, those that are there.

        Raises:
            MilvusError: They cannot be removed.
        """
        with milvus_errors(self.place):
            for kind in Kind:
                self._client.drop_collection(self.name(kind))

    def count(self, kind: Kind) -> int:
        """Return how many rows a collection has.

        Raises:
            MilvusError: There is no such collection.
        """
        with milvus_errors(self.place):
            rows = self._client.query(
                self.name(kind),
                filter="",
                output_fields=["count(*)"],
                timeout=_TIMEOUT_S,
                consistency_level="Strong",
            )
        return int(rows[0]["count(*)"])

    def query(
        self, kind: Kind, condition: str, fields: Sequence[str], *, is_fresh: bool = False
    ) -> list[dict[str, Any]]:
        """Return the rows that fulfil a condition, at most 16,384, in any order.

        Args:
            kind: Which collection.
            condition: In the filter language of Milvus.
            fields: Wanted.
            is_fresh: Whether what was inserted a moment ago has to be seen.

        Raises:
            MilvusError: Milvus cannot answer.
        """
        consistency = {"consistency_level": "Strong"} if is_fresh else {}
        with milvus_errors(self.place):
            rows = self._client.query(
                self.name(kind),
                filter=condition,
                output_fields=list(fields),
                timeout=_TIMEOUT_S,
                **consistency,
            )
        return [dict(row) for row in rows]

    def rows(
        self, kind: Kind, key: str, values: Sequence[int], fields: Sequence[str]
    ) -> dict[int, dict[str, Any]]:
        """Return the rows whose ``key`` is one of ``values``, by it.

        Raises:
            MilvusError: Milvus cannot answer.
        """
        rows: dict[int, dict[str, Any]] = {}
        for first in range(0, len(values), MOST_ROWS):
            part = values[first : first + MOST_ROWS]
            condition = f"{key} in {listed(part)}"
            rows |= {int(row[key]): row for row in self.query(kind, condition, [key, *fields])}
        return rows

    def nearest(
        self,
        field: str,
        vector: Any,
        *,
        limit: int,
        documents: Sequence[int] | None,
    ) -> dict[int, float]:
        """Return the score of at most ``limit`` passages by row, best first.

        Args:
            field: Vector field that is searched.
            vector: Dense, or the weights of a sparse one.
            limit: Passages wanted.
            documents: Positions of the documents that may be found; ``None`` for all.

        Raises:
            MilvusError: Milvus cannot answer.
        """
        if documents is not None and not len(documents):
            return {}
        with milvus_errors(self.place):
            hits = self._client.search(
                self.name(Kind.PASSAGES),
                data=[vector],
                anns_field=field,
                limit=limit,
                filter="" if documents is None else f"document in {listed(documents)}",
                output_fields=["row"],
                search_params={"metric_type": "IP"},
                timeout=_TIMEOUT_S,
            )[0]
        return {int(hit["row"]): float(hit["distance"]) for hit in hits}


def listed(values: Sequence[int]) -> str:
    """Return numbers as the filter language has a list."""
    return f"[{', '.join(str(int(value)) for value in values)}]"


def alias_name(place: MilvusPlace, name: str) -> str:
    """Return the name of an alias of an index."""
    return f"{place.name}_{name.replace('-', '_')}"


def collection_name(place: MilvusPlace, generation: str, kind: Kind) -> str:
    """Return the name of a collection of a generation."""
    return f"{alias_name(place, generation)}_{kind}"
