"""A folder without the model is refused in words that help."""

from pathlib import Path

import pytest

from indexer.encoder.multilingual_encoder import MultilingualQueryEncoder
from indexer.errors import IndexDamagedError


def test_a_folder_without_the_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="rebuild"):
        MultilingualQueryEncoder(tmp_path)
