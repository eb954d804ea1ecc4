"""What several rooms' tests share: the development data, the packaged encoder, a small index."""

import fcntl
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings

from indexer.build import build
from indexer.encoder.building.text_encoder import PACKAGED, Encoder
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.index import DATABASE, Index

ROOT = Path(__file__).resolve().parents[1]

# How long an example takes says more about the machine than about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

HOUSING = """+++
title = "Housing newcomers in Ardenia"
year = 2021
countries = ["CL"]
+++

# Housing newcomers in Ardenia

The ministry opened its rental subsidy to foreign residents in 2019. Some 4,500 households used it
in the first year. However, landlords in the port city still asked for a guarantor.

## What the municipality offers

The municipal office offers three things:

- legal advice on tenancy contracts,
- a guarantee fund that covers three months of rent,
- mediation between tenants and landlords.

| District | Households |
|---|---|
| North | 1,200 |
| Harbour | 3,300 |
"""

TRANSPORT = """Public transport for people on the move

The tram line reaches the reception centre every ten minutes. It carries 12,000 passengers a day.

Night buses connect the industrial zone with the eastern suburbs, where many seasonal workers live.
"""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data, found through ``CITA_SHARED``."""
    folder = Path(os.environ.get("CITA_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no development data in {folder}; set CITA_SHARED to the folder that has it")
    return folder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The packaged encoder in single precision."""
    return Encoder(PACKAGED, precision="fp32")


def made_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """Return a folder that ``make`` fills, once for all processes of a run of the tests.

    Args:
        tmp_path_factory: Of the run; processes of pytest-xdist have folders below a common one.
        name: Of the folder, one for each use.
        make: Fills the folder, which is empty at first; no test may change it afterwards.
    """
    common = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        common = common.parent
    folder = common / f"made-once-{name}"
    with (common / f"{folder.name}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if not lock.read():
            shutil.rmtree(folder, ignore_errors=True)  # of a process that failed
            folder.mkdir()
            make(folder)
            lock.write("made")
    return folder


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> IndexerSettings:
    def settings_in(folder: Path) -> IndexerSettings:
        return IndexerSettings(
            corpus=folder / "reports",
            index=folder / "index",
            build_precision="fp32",
            build_workers=1,
        )

    def make(folder: Path) -> None:
        settings = settings_in(folder)
        settings.corpus.mkdir()
        (settings.corpus / "housing.md").write_text(HOUSING, encoding="utf-8")
        (settings.corpus / "transport.txt").write_text(TRANSPORT, encoding="utf-8")
        build(settings)

    return settings_in(made_once(tmp_path_factory, "index", make))


def copy_index(source: Path, target: Path) -> None:
    """Copy an index to where none is; its models, which no test changes in place, are linked."""
    shutil.copytree(source, target, symlinks=True, copy_function=_copy)


def _copy(source: str, target: str) -> None:
    copy = os.link if Path(source).suffix in {".onnx", ".weights"} else shutil.copyfile
    copy(source, target)


def index_content(index_dir: Path) -> bytes:
    """Return all bytes of an index, with what its databases keep compressed."""
    files = [path.read_bytes() for path in index_dir.rglob("*") if path.is_file()]
    for path in index_dir.rglob(DATABASE):
        with closing(sqlite3.connect(path)) as database:
            rows = database.execute("SELECT layout, passages FROM document").fetchall()
            rows += database.execute("SELECT content FROM text").fetchall()
        files += [zlib.decompress(content) for row in rows for content in row]
    return b"".join(files)


def index_of(reports: Mapping[str, str], built: IndexerSettings, folder: Path) -> Index:
    """Return an index of other reports; its models are those of an index that is there.

    Args:
        reports: Text of each file of the corpus, by its name.
        built: Settings of the index that has the models.
        folder: Where corpus and index go, empty.
    """
    settings = built.model_copy(update={"corpus": folder / "corpus", "index": folder / "index"})
    settings.corpus.mkdir()
    for name, text in reports.items():
        (settings.corpus / name).write_text(text, "utf-8")
    copy_index(built.index_dir, settings.index_dir)
    build(settings)
    return open_index(settings.index_dir, verify=False)


@pytest.fixture
def built(_built: IndexerSettings, tmp_path: Path) -> IndexerSettings:
    """Settings of a corpus of two reports and its index, both a test's own to change."""
    corpus_dir, index_dir = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(_built.corpus, corpus_dir)
    copy_index(_built.index_dir, index_dir)
    return _built.model_copy(update={"corpus": corpus_dir, "index": index_dir})


@pytest.fixture
def streets(built: IndexerSettings) -> Index:
    """An index with a report whose passages overlap: street by street, all alike."""
    report = " ".join(f"Street {n} of the harbour has {n} rented rooms." for n in range(1, 31))
    (built.corpus / "streets.md").write_text(f"# Streets\n\n{report}\n", encoding="utf-8")
    build(built.model_copy(update={"build_max_words": 40}))
    return open_index(built.index_dir, verify=False)
