"""Models that have not changed are taken over from the previous generation."""

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from indexer.encoder.query_encoder import MODEL_NAME, TOKENIZER_NAME
from indexer.store.writing.models import link_model


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """The models of a generation."""
    folder = tmp_path / "previous"
    folder.mkdir()
    for name in (MODEL_NAME, TOKENIZER_NAME):
        (folder / name).write_text(name, "utf-8")
    return folder


def test_the_models_of_the_previous_generation_are_linked(models: Path, tmp_path: Path) -> None:
    link_model(tmp_path / "new", models)

    for name in (MODEL_NAME, TOKENIZER_NAME):
        assert (tmp_path / "new" / name).samefile(models / name)


def test_where_nothing_can_be_linked_the_models_are_copied(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)

    link_model(tmp_path / "new", models)

    for name in (MODEL_NAME, TOKENIZER_NAME):
        assert not (tmp_path / "new" / name).samefile(models / name)
        assert (tmp_path / "new" / name).read_text("utf-8") == name
