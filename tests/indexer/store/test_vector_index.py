from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer.errors import IndexDamagedError
from indexer.records import Vectors
from indexer.store import vector_index
from indexer.store.byte_vectors import to_bytes
from indexer.store.vector_index import PASSAGE_VECTORS, VectorIndex, VectorRecall
from indexer.store.writing.rows_writer import RowsWriter

THREADS = Path("/proc/self/task")


def unit_vectors(n: int, dimension: int = 16) -> Vectors:
    """Return vectors in forty clusters, as texts on forty subjects would lie."""
    random = np.random.default_rng(7)
    centres = random.standard_normal((40, dimension))
    made = centres[np.arange(n) % 40] + 0.1 * random.standard_normal((n, dimension))
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return np.asarray(made, dtype=np.float32)


def test_exact_search_ranks_by_inner_product() -> None:
    vectors = unit_vectors(50)
    index = VectorIndex.build(to_bytes(vectors), exact_below=100)

    found = index.search(vectors[3], top_k=5)

    assert found.tolist() == np.argsort(-(vectors @ vectors[3]), kind="stable")[:5].tolist()
    assert index.tune(to_bytes(vectors), vectors[:9]) == VectorRecall("exact", 1.0)


def test_inverted_lists_find_nearly_what_exact_search_finds() -> None:
    vectors = unit_vectors(3000)
    index = VectorIndex.build(to_bytes(vectors), exact_below=100)

    measured = index.tune(to_bytes(vectors), vectors[::50])

    assert measured.kind == "ivf"
    assert measured.recall_at_10 > 0.9


def test_lists_that_a_filter_leaves_rows_in_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_index, "_SCORED_ROW_BY_ROW", 5)
    vectors = unit_vectors(3000)
    index = VectorIndex.build(to_bytes(vectors), exact_below=100)
    among = np.arange(1, 3000, 40)  # all in the cluster of row 1, none in that of row 0

    found = index.search(vectors[0], top_k=20, among=among)

    assert len(found) == 20
    assert set(found.tolist()) <= set(among.tolist())


@pytest.mark.parametrize("exact_below", [1, 10_000], ids=["ivf", "exact"])
def test_vectors_are_given_back_as_they_are_stored(exact_below: int) -> None:
    vectors = to_bytes(unit_vectors(2000))
    index = VectorIndex.build(vectors, exact_below=exact_below)

    found = index.stored(np.asarray([1999, 0, 7], dtype=np.int64))

    assert np.array_equal(found, vectors[[1999, 0, 7]])
    assert index.stored(np.asarray([], dtype=np.int64)).shape == (0, 16)


@pytest.mark.skipif(not THREADS.is_dir(), reason="Linux tells a process's threads")
@pytest.mark.parametrize("exact_below", [1, 10_000], ids=["ivf", "exact"])
def test_a_thread_that_searches_gets_no_helpers(exact_below: int) -> None:
    vectors = unit_vectors(2000)
    index = VectorIndex.build(to_bytes(vectors), exact_below=exact_below)

    def search() -> int:
        before = len(list(THREADS.iterdir()))
        index.search(vectors[0], top_k=10)
        return len(list(THREADS.iterdir())) - before

    with ThreadPoolExecutor(1) as another_thread:
        n_helpers = another_thread.submit(search).result()

    assert n_helpers == 0


@pytest.mark.parametrize("exact_below", [1, 10_000], ids=["ivf", "exact"])
def test_a_filter_leaves_only_the_rows_it_names(exact_below: int) -> None:
    vectors = unit_vectors(2000)
    index = VectorIndex.build(to_bytes(vectors), exact_below=exact_below)

    found = index.search(vectors[0], top_k=10, among=np.asarray([5, 1999, 777], dtype=np.int64))

    assert sorted(found.tolist()) == [5, 777, 1999]


@pytest.mark.parametrize("exact_below", [1, 10_000], ids=["ivf", "exact"])
def test_an_index_reads_back_as_it_was_written(tmp_path: Path, exact_below: int) -> None:
    vectors = unit_vectors(1000)
    index = VectorIndex.build(to_bytes(vectors), exact_below=exact_below)
    index.write(tmp_path / "v.faiss")
    with RowsWriter(tmp_path / PASSAGE_VECTORS, dtype=np.int8, width=16, has_sums=True) as writer:
        writer.append(to_bytes(vectors))

    again = VectorIndex.read(tmp_path / "v.faiss")

    assert len(again) == 1000
    assert again.search(vectors[9], top_k=7).tolist() == index.search(vectors[9], top_k=7).tolist()


def test_a_file_that_is_no_index_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "v.faiss").write_bytes(b"not an index")

    with pytest.raises(IndexDamagedError, match="python -m indexer build"):
        VectorIndex.read(tmp_path / "v.faiss")
