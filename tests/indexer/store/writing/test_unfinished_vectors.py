"""Vectors of a build that is not finished come back as they were, or not at all."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from indexer.errors import IndexWriteError
from indexer.settings import IndexerSettings
from indexer.store.generations import store_at
from indexer.store.manifest import FORMAT
from indexer.store.records import DocumentVectors
from indexer.store.writing import unfinished_vectors
from indexer.store.writing.unfinished_vectors import UnfinishedVectors
from tests.conftest import ROOT


@pytest.fixture
def vectors(built: IndexerSettings) -> DocumentVectors:
    index = store_at(built.index_place).open()
    return index.vectors_of(index.documents[0])


@pytest.fixture
def unfinished(tmp_path: Path) -> UnfinishedVectors:
    return UnfinishedVectors(tmp_path / "unfinished")


def test_vectors_come_back_as_they_were(
    unfinished: UnfinishedVectors, vectors: DocumentVectors
) -> None:
    unfinished.keep("key", vectors, is_compact=False)

    found = unfinished.find("key", is_compact=False)

    assert found is not None
    assert not found.is_compact
    for name in ("sentences", "passages"):
        assert np.array_equal(getattr(found.read(), name), getattr(vectors, name))
    for name in ("starts", "runs", "codes", "counts", "places"):
        own, wanted = getattr(found.read().pieces, name), getattr(vectors.pieces, name)
        assert own.dtype == wanted.dtype
        assert np.array_equal(own, wanted)


def test_vectors_of_other_texts_or_another_form_are_not_found(
    unfinished: UnfinishedVectors, vectors: DocumentVectors
) -> None:
    unfinished.keep("key", vectors, is_compact=False)

    assert unfinished.find("another key", is_compact=False) is None
    assert unfinished.find("key", is_compact=True) is None


@pytest.mark.parametrize("n_bytes", [0, 1, 2000, -1])
def test_a_file_that_was_cut_counts_as_none(
    unfinished: UnfinishedVectors, vectors: DocumentVectors, n_bytes: int
) -> None:
    unfinished.keep("key", vectors, is_compact=False)
    (path,) = unfinished.folder.iterdir()

    path.write_bytes(path.read_bytes()[:n_bytes])

    assert unfinished.find("key", is_compact=False) is None


def test_a_file_that_was_changed_counts_as_none(
    unfinished: UnfinishedVectors, vectors: DocumentVectors
) -> None:
    unfinished.keep("key", vectors, is_compact=False)
    (path,) = unfinished.folder.iterdir()
    content = bytearray(path.read_bytes())

    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    assert unfinished.find("key", is_compact=False) is None


def test_after_clearing_nothing_is_left(
    unfinished: UnfinishedVectors, vectors: DocumentVectors
) -> None:
    unfinished.keep("key", vectors, is_compact=False)

    unfinished.clear()

    assert not unfinished.folder.exists()


def test_a_disk_that_takes_nothing_says_what_to_do(
    tmp_path: Path, vectors: DocumentVectors
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(IndexWriteError, match="make room there"):
        UnfinishedVectors(tmp_path / "file" / "x").keep("key", vectors, is_compact=False)


def test_a_full_disk_is_not_filled_with_a_part(
    unfinished: UnfinishedVectors, vectors: DocumentVectors
) -> None:
    default = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
    try:
        with pytest.raises(IndexWriteError, match="make room there"):
            unfinished.keep("key", vectors, is_compact=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, default)

    assert list(unfinished.folder.iterdir()) == []


def test_parts_that_builders_left_when_they_were_killed_do_not_add_up(
    unfinished: UnfinishedVectors, vectors: DocumentVectors
) -> None:
    script = (
        "import os, sys; from pathlib import Path; import numpy as np; "
        "from indexer.store.writing import unfinished_vectors as module; "
        "from types import SimpleNamespace; "
        "module._arrays = lambda _: {}; np.savez = lambda *_, **__: os.abort(); "
        "module.UnfinishedVectors(Path(sys.argv[1])).keep('killed', None, is_compact=False)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, str(unfinished.folder)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGABRT
    (left_over,) = unfinished.folder.iterdir()

    unfinished.keep("key", vectors, is_compact=False)

    assert not left_over.exists()
    assert len(list(unfinished.folder.iterdir())) == 1


def test_vectors_of_another_format_are_not_found(
    unfinished: UnfinishedVectors, vectors: DocumentVectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfinished.keep("key", vectors, is_compact=False)

    monkeypatch.setattr(unfinished_vectors, "FORMAT", FORMAT + 1)

    assert unfinished.find("key", is_compact=False) is None
