"""Weights that are not those that were judged build nothing."""

from pathlib import Path

import pytest

from indexer.encoder.building.e5_weights import weights_path
from indexer.encoder.building.packaged_weights import check_weights
from indexer.encoder.building.text_encoder import PACKAGED, model_folder
from indexer.errors import EncoderError


def test_the_packages_hold_what_was_judged() -> None:
    check_weights(weights_path())
    check_weights(model_folder(PACKAGED) / "tokenizer.json")


def test_another_file_of_the_name_is_refused(tmp_path: Path) -> None:
    changed = tmp_path / "tokenizer.json"
    changed.write_bytes((model_folder(PACKAGED) / "tokenizer.json").read_bytes() + b" ")

    with pytest.raises(EncoderError, match="not the file that was judged"):
        check_weights(changed)
