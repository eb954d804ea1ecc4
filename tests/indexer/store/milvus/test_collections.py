"""Calls to Milvus end, whatever it does."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat
from typing import Any

import pytest

from indexer.index_place import MilvusPlace
from indexer.store.milvus import collections
from indexer.store.milvus.collections import Collections, MilvusError, connect, milvus_errors

PLACE = MilvusPlace("http://milvus:19530", "of_these_tests")


class Indexing:
    """A Milvus whose indexes lack some rows, fewer or not each time that somebody asks."""

    def __init__(self, lacking: Iterator[int]) -> None:
        self._lacking = lacking

    def flush(self, _: str) -> None:
        pass

    def list_indexes(self, _: str) -> list[str]:
        return ["vector"]

    def describe_index(self, *_: str) -> dict[str, int]:
        return {"pending_index_rows": next(self._lacking)}


def finish(lacking: Iterator[int], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    monkeypatch.setattr(collections, "connect", lambda _: Indexing(lacking))
    monkeypatch.setattr(collections, "_STANDSTILL_S", 1.0)
    monkeypatch.setattr(collections, "sleep", lambda _: None)
    Collections(PLACE, "000001-aaaaaaaa").finish()


def test_an_index_that_grows_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    slowly = (n_rows for n_rows in range(20, 0, -1) for _ in range(3))

    finish(chain(slowly, repeat(0)), monkeypatch)


def test_an_index_that_stands_still_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MilvusError, match="lacks 7 rows and has got none for 1 s"):
        finish(chain([9, 8], repeat(7)), monkeypatch)


def test_threads_that_connect_at_once_get_one_client(monkeypatch: pytest.MonkeyPatch) -> None:
    pymilvus = pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    made: list[object] = []

    def client(*_: Any, **__: Any) -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    monkeypatch.setattr(pymilvus, "MilvusClient", client)
    with ThreadPoolExecutor(4) as pool:
        clients = set(pool.map(connect, [PLACE] * 4))

    assert clients == set(made)
    assert len(made) == 1


def test_an_error_of_the_transport_is_one_of_milvus() -> None:
    grpc = pytest.importorskip("grpc", reason="the extra `milvus` is not installed")

    with (
        pytest.raises(MilvusError, match="#of_these_tests: it took too long"),
        milvus_errors(PLACE),
    ):
        raise grpc.RpcError("it took too long")
