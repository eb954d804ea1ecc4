"""What several rooms' tests share: the development data, the packaged encoder, a small index."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from indexer.build import build
from indexer.encoder.building.text_encoder import PACKAGED, Encoder
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.index import Index

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


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> IndexerSettings:
    corpus_dir = tmp_path_factory.mktemp("reports")
    (corpus_dir / "housing.md").write_text(HOUSING, encoding="utf-8")
    (corpus_dir / "transport.txt").write_text(TRANSPORT, encoding="utf-8")
    settings = IndexerSettings(
        corpus=corpus_dir,
        index=tmp_path_factory.mktemp("index"),
        build_precision="fp32",
        build_workers=1,
    )
    build(settings)
    return settings


def _copy(source: str, target: str) -> None:
    """Copy a file of an index; its models, which no test changes in place, are linked."""
    copy = os.link if Path(source).suffix == ".onnx" else shutil.copyfile
    copy(source, target)


@pytest.fixture
def built(_built: IndexerSettings, tmp_path: Path) -> IndexerSettings:
    """Settings of a corpus of two reports and its index, both a test's own to change."""
    corpus_dir, index_dir = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(_built.corpus, corpus_dir)
    shutil.copytree(_built.index_dir, index_dir, symlinks=True, copy_function=_copy)
    return _built.model_copy(update={"corpus": corpus_dir, "index": index_dir})


@pytest.fixture
def streets(built: IndexerSettings) -> Index:
    """An index with a report whose passages overlap: street by street, all alike."""
    report = " ".join(f"Street {n} of the harbour has {n} rented rooms." for n in range(1, 31))
    (built.corpus / "streets.md").write_text(f"# Streets\n\n{report}\n", encoding="utf-8")
    build(built.model_copy(update={"build_max_words": 40}))
    return open_index(built.index_dir, verify=False)
