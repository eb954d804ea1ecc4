"""What Milvus has no room for is refused before work goes into it."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from indexer.errors import EncoderError
from indexer.index_place import MilvusPlace
from indexer.store.writing.milvus_writer import MilvusWriter


@pytest.mark.parametrize(
    ("width", "outcome"),
    [
        pytest.param(128, nullcontext(), id="fits"),
        pytest.param(
            384, pytest.raises(EncoderError, match=r"up to 130,0.. .* has 65,535"), id="too wide"
        ),
    ],
)
def test_an_encoder_whose_pieces_do_not_fit_is_refused(
    width: int, outcome: AbstractContextManager[Any]
) -> None:
    encoder: Any = SimpleNamespace(name="models/own", piece_bytes=254 * width)

    with outcome:
        MilvusWriter(MilvusPlace("http://milvus:19530")).check(encoder)


def test_each_index_keeps_the_vectors_of_its_builds_on_this_machine(tmp_path: Path) -> None:
    folders = [
        MilvusWriter(
            MilvusPlace("http://milvus:19530", name, models_dir=tmp_path)
        ).unfinished.folder
        for name in ("cita", "laws")
    ]

    assert [folder.parent for folder in folders] == [tmp_path, tmp_path]
    assert len(set(folders)) == 2
    assert all(folder.name.startswith(".") for folder in folders)
