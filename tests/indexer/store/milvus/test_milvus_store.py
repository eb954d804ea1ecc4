"""A generation in Milvus is whole or it is not there, and one alias says which is current."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import build
from indexer.errors import (
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    IndexUnreachableError,
    IndexWriteError,
    SettingsError,
)
from indexer.index_place import MilvusPlace
from indexer.settings import IndexerSettings
from indexer.store import manifest as manifests
from indexer.store.generations import store_at
from indexer.store.milvus.collections import Collections, Kind, MilvusError, connect
from indexer.store.milvus.files import file_rows
from indexer.store.milvus.milvus_store import MilvusStore
from indexer.store.writing import milvus_writer
from indexer.store.writing.milvus_schemas import EXACT, create_collections
from indexer.store.writing.milvus_writer import MilvusWriter


@pytest.fixture
def own(in_milvus: IndexerSettings, request: pytest.FixtureRequest) -> IndexerSettings:
    """Settings of an index of a test's own beside the other, empty."""
    assert isinstance(in_milvus.index, MilvusPlace)
    place = replace(in_milvus.index, name=request.node.name)
    return in_milvus.model_copy(update={"index": place})


def place_of(settings: IndexerSettings) -> MilvusPlace:
    place = settings.index_place
    assert isinstance(place, MilvusPlace)
    return place


def build_like(settings: IndexerSettings, source: IndexerSettings) -> str:
    return build(settings, source=source.index_place).generation


def test_without_a_build_there_is_no_index(own: IndexerSettings) -> None:
    store = store_at(own.index_place)

    assert store.current() is None
    with pytest.raises(IndexMissingError, match=r"no index in milvus:.*#test_without"):
        store.open()


def test_builds_roll_back_hold_release_and_prune(
    own: IndexerSettings, in_milvus: IndexerSettings
) -> None:
    store, writer = MilvusStore(place_of(own)), MilvusWriter(place_of(own))
    build_like(own, in_milvus)
    first = store.open()
    changed = own.model_copy(update={"build_keep": 2, "build_exact_below": 5})

    second = build(changed).generation
    rolled_back = writer.rollback()
    held = build(changed)
    third = build(changed, release_held=True).generation

    assert rolled_back == first.generation == held.generation
    assert held.is_held
    assert store.current() == third
    assert store.generations() == (second, third)
    assert first.documents  # what was opened is in memory; its rows are gone
    with pytest.raises(MilvusError):
        first.passage(0)


def test_what_is_no_longer_in_memory_is_loaded_when_it_is_opened(
    own: IndexerSettings, in_milvus: IndexerSettings
) -> None:
    build_like(own, in_milvus)
    store = MilvusStore(place_of(own))
    Collections(place_of(own), str(store.current())).release()

    assert store.open().document("housing").text


def test_a_generation_that_was_not_finished_is_swept_away(
    own: IndexerSettings, in_milvus: IndexerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = place_of(own)
    left_over = Collections(place, "000001-00000000")
    create_collections(left_over, dimension=4, vector_index=EXACT)
    monkeypatch.setattr(milvus_writer, "manifest_of", fail)

    with pytest.raises(IndexWriteError, match="the previous index still serves"):
        build_like(own, in_milvus)
    store = MilvusStore(place)
    unfinished, whole = store.begun(), store.generations()
    monkeypatch.undo()
    built = build_like(own, in_milvus)

    assert left_over.generation not in unfinished
    assert (len(unfinished), whole) == (1, ())
    assert store.current() == built
    assert store.begun() == store.generations() == (built,)


def test_a_build_that_serves_has_not_failed_where_older_ones_cannot_be_removed(
    own: IndexerSettings,
    in_milvus: IndexerSettings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(MilvusWriter, "prune", fail)

    built = build_like(own, in_milvus)

    assert MilvusStore(place_of(own)).current() == built
    assert f"{built} is current; older ones could not" in caplog.text


def fail(*_: object, **__: object) -> None:
    raise MilvusError("the disk is full")


def test_rows_and_models_that_are_missing_are_found(
    own: IndexerSettings, in_milvus: IndexerSettings, tmp_path: Path
) -> None:
    build_like(own, in_milvus)
    place = place_of(own)
    store = MilvusStore(place)
    collections = Collections(place, str(store.current()))

    with pytest.raises(IndexUnreachableError, match="copy that folder"):
        MilvusStore(replace(place, models_dir=tmp_path)).open()
    connect(place).delete(collections.name(Kind.PASSAGES), filter="row == 0")
    with pytest.raises(IndexDamagedError, match="has 2 rows, wanted 3"):
        store.open()


def test_another_format_is_refused(
    own: IndexerSettings, in_milvus: IndexerSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_like(own, in_milvus)
    monkeypatch.setattr(manifests, "FORMAT", 999)

    with pytest.raises(IndexMismatchError, match="has index format"):
        store_at(own.index_place).open()


def test_a_text_that_was_changed_is_not_given_out(
    own: IndexerSettings, in_milvus: IndexerSettings
) -> None:
    build_like(own, in_milvus)
    index = store_at(own.index_place).open()
    collections = Collections(place_of(own), index.generation)
    other = collections.query(
        Kind.FILES, 'name == "document/000000001/text"', ["key", "n_parts", "content"]
    )[0]
    row = next(iter(file_rows("document/000000000/text", b""))) | {"content": other["content"]}
    connect(place_of(own)).upsert(collections.name(Kind.FILES), [row])

    with pytest.raises(IndexDamagedError, match="is not its own"):
        index.document("housing")


def test_what_needs_a_folder_says_so(in_milvus: IndexerSettings) -> None:
    with pytest.raises(SettingsError, match="needs an index in a folder"):
        _ = in_milvus.index_dir


def test_a_server_that_is_not_there_is_named() -> None:
    pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    with pytest.raises(IndexUnreachableError, match="no Milvus at /nowhere"):
        store_at(MilvusPlace("/nowhere/index.db")).current()
