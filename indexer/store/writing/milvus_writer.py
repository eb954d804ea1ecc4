"""Writes generations of an index in Milvus: into collections of their own, then one alias moves.

A generation gets an alias of its own when it is whole; the next build removes those without one.
"""

import logging
import os
import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from indexer.errors import EncoderError, IndexMissingError, IndexWriteError
from indexer.index_place import MilvusPlace
from indexer.progress import Progress
from indexer.store.manifest import Manifest
from indexer.store.milvus.collections import (
    MOST_CHARACTERS,
    Collections,
    Kind,
    MilvusError,
    alias_name,
    connect,
    milvus_errors,
)
from indexer.store.milvus.files import MANIFEST, file_rows
from indexer.store.milvus.milvus_store import (
    CURRENT,
    HELD,
    MilvusStore,
    models_key,
)
from indexer.store.protocol import StoredIndex
from indexer.store.vector_index import VectorRecall
from indexer.store.word_weights import Vocabulary
from indexer.store.writing.generation_lifecycle import checksums, locked
from indexer.store.writing.milvus_contents import MilvusContents
from indexer.store.writing.milvus_recall import measured_recall
from indexer.store.writing.milvus_schemas import APPROXIMATE, EXACT, create_collections
from indexer.store.writing.models import TextEncoder, pack_models
from indexer.store.writing.new_generation import NewGeneration, manifest_of
from indexer.store.writing.unfinished_vectors import UnfinishedVectors

_LOG = logging.getLogger(__name__)

_ARRAY_HEAD = 32
"""Characters before the content of an array that stands as text, at most."""


class MilvusWriter:
    """Writes generations of an index in Milvus."""

    def __init__(self, place: MilvusPlace) -> None:
        """Remember where it is; nothing is connected yet."""
        self._place, self._store = place, MilvusStore(place)

    @property
    def unfinished(self) -> UnfinishedVectors:
        """Return where the vectors of a build lie: on this machine, beside the models."""
        name = f".unfinished-{self._place.name}"
        return UnfinishedVectors(self._place.models_dir / name)

    @property
    def first_pages_dir(self) -> Path:
        """Return where the first pages of files are kept: on this machine, beside the models."""
        return self._place.models_dir / f".first-pages-{self._place.name}"

    def locked(self) -> AbstractContextManager[None]:
        """Keep other builders of this machine away; Milvus has no lock for those of others."""
        return locked(self._place.models_dir)

    def is_held(self) -> bool:
        """Tell whether the current generation is held since a rollback."""
        held = self._store.aliased(HELD)
        return held is not None and held == self._store.current()

    def release(self) -> None:
        """Hold no generation any more."""
        self._remove_alias(HELD)

    def write(
        self, generation: NewGeneration, previous: StoredIndex | None, progress: Progress
    ) -> tuple[str, Manifest]:
        """Write a generation, make it current and remove the oldest; return name and manifest."""
        self._sweep()
        name = f"{self._next_number():06d}-{generation.fingerprint[:8]}"
        collections = Collections(self._place, name)
        try:
            with progress.stage("write"):
                recall = _write_contents(collections, generation)
            with progress.stage("pack"):
                max_pieces, files = self._pack_models(generation, previous)
            manifest = manifest_of(
                generation, recall, max_pieces=max_pieces, took_s=progress.took_s, files=files
            )
            collections.insert(Kind.FILES, list(file_rows(MANIFEST, manifest.to_json().encode())))
            replaced = self._store.current()
            self._point(name, name)
            self._point(CURRENT, name)
        except MilvusError as error:
            raise IndexWriteError(f"{error}; the previous index still serves") from error
        self.unfinished.clear()
        self._clear_away(name, replaced, keep=generation.settings.build_keep)
        return name, manifest

    def _clear_away(self, name: str, replaced: str | None, *, keep: int) -> None:
        """Remove the oldest generations and release others; what fails is left to the next build.

        The new generation serves by then: the build has not failed.
        """
        try:
            self.prune(keep=keep)
            self._release_all_but(name, replaced)
        except MilvusError as error:
            _LOG.warning(
                "generation %s is current; older ones could not all be removed or released, the "
                "next build tries again: %s",
                name,
                error,
            )

    def check(self, encoder: TextEncoder) -> None:
        """Refuse an encoder whose word-pieces of one passage may not fit into a text field."""
        n_characters = -(-encoder.piece_bytes // 3) * 4 + _ARRAY_HEAD
        if n_characters > MOST_CHARACTERS:
            raise EncoderError(
                f"{encoder.name}: the word-pieces of a passage take up to {n_characters:,} "
                f"characters, and a field of Milvus has {MOST_CHARACTERS:,}; take an encoder with "
                "shorter vectors or fewer word-pieces, or an index in a folder"
            )

    def rollback(self) -> str:
        """Make the generation before the current one current, hold it, and return its name."""
        current = self._store.current()
        names = self._store.generations()
        earlier = [name for name in names if current is not None and name < current]
        if not earlier:
            raise IndexMissingError(
                f"no generation before {current or 'the first'} in {self._place}; "
                "it keeps as many as CITA_BUILD_KEEP says"
            )
        self._store.open(earlier[-1], verify=False)  # one that is not whole is refused
        self._point(HELD, earlier[-1])
        self._point(CURRENT, earlier[-1])
        return earlier[-1]

    def prune(self, *, keep: int) -> None:
        """Remove all but the last ``keep`` generations; the current one always stays."""
        current = self._store.current()
        for name in self._store.generations()[:-keep]:
            if name != current:
                self._drop(name)

    def _point(self, alias: str, generation: str) -> None:
        """Let an alias name a generation, at one moment."""
        collection = Collections(self._place, generation).name(Kind.FILES)
        client, name = connect(self._place), alias_name(self._place, alias)
        is_new = self._store.aliased(alias) is None
        with milvus_errors(self._place):
            if is_new:
                client.create_alias(collection, name)
            else:
                client.alter_alias(collection, name)

    def _sweep(self) -> None:
        """Remove generations that were not finished, or not wholly removed."""
        whole = self._store.generations()
        for name in self._store.begun():
            if name not in whole:
                self._drop(name)

    def _drop(self, generation: str) -> None:
        """Remove a generation; without its alias it is there no more."""
        if self._store.aliased(HELD) == generation:
            self.release()
        self._remove_alias(generation)
        Collections(self._place, generation).drop()

    def _remove_alias(self, alias: str) -> None:
        if self._store.aliased(alias) is not None:
            with milvus_errors(self._place):
                connect(self._place).drop_alias(alias_name(self._place, alias))

    def _release_all_but(self, *kept: str | None) -> None:
        """Free the memory of generations that nobody answers from; a rollback loads one again."""
        for name in self._store.generations():
            if name not in kept:
                Collections(self._place, name).release()

    def _next_number(self) -> int:
        names = self._store.begun()
        return int(names[-1].partition("-")[0]) + 1 if names else 1

    def _pack_models(
        self, generation: NewGeneration, previous: StoredIndex | None
    ) -> tuple[int, tuple[tuple[str, int, str], ...]]:
        """Put the models into their folder unless they are there; return pieces read and files."""
        encoder, multilingual = generation.encoders.english, generation.multilingual
        reader = generation.reader
        key = models_key(
            encoder.sha256, multilingual.sha256 if multilingual else None, reader.sha256
        )
        folder = self._place.models_dir / key
        if not folder.is_dir():
            partial = folder.with_name(f".{key}-{os.getpid()}")
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir(parents=True)
            max_pieces = pack_models(
                partial,
                encoder=encoder,
                multilingual=multilingual,
                reader=reader,
                previous=previous,
            )
            partial.rename(folder)
            return max_pieces, checksums(folder)
        if previous is not None and previous.manifest.encoder_sha256 == encoder.sha256:
            return previous.manifest.max_pieces, checksums(folder)  # the encoder is not loaded
        return encoder.max_pieces, checksums(folder)


def _write_contents(collections: Collections, generation: NewGeneration) -> VectorRecall:
    """Fill the collections of a generation, but for its manifest; return how it is searched."""
    documents = generation.documents
    n_passages = sum(len(embedded.passages) for embedded in documents)
    is_exact = n_passages < generation.settings.build_exact_below
    vocabulary = Vocabulary.of(
        (
            (embedded.document.info.language, text)
            for embedded in documents
            for text in embedded.passage_texts
        ),
        languages=generation.languages,
    )
    create_collections(
        collections,
        dimension=documents[0].vectors.read().passages.shape[1],
        vector_index=EXACT if is_exact else APPROXIMATE,
    )
    contents = MilvusContents(collections, vocabulary=vocabulary, book=generation.book)
    for embedded in documents:
        contents.append(embedded)
    contents.finish()
    collections.finish()
    return VectorRecall(EXACT, 1.0) if is_exact else measured_recall(collections, documents)
