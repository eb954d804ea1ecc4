"""An index in Milvus beside the local one of the same reports."""

import pytest

from indexer.build import build
from indexer.index_place import MilvusPlace
from indexer.settings import IndexerSettings


@pytest.fixture(scope="session")
def in_milvus(_built: IndexerSettings, tmp_path_factory: pytest.TempPathFactory) -> IndexerSettings:
    """Settings of a corpus of two reports and its index in Milvus."""
    pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    folder = tmp_path_factory.mktemp("milvus")
    place = MilvusPlace(str(folder / "index.db"))
    settings = _built.model_copy(update={"index": place, "models": folder / "models"})
    build(settings, source=_built.index_dir)
    return settings
