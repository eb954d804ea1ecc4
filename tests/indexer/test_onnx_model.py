"""Opening a model tells nobody."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

_OPENS = (
    "import sys, pathlib; from indexer.onnx_model import open_model; "
    "open_model(pathlib.Path(sys.argv[1]), n_threads=1)"
)


def test_a_model_is_opened_without_a_word_to_the_maker_of_onnxruntime(tmp_path: Path) -> None:
    model = tmp_path / "model.onnx"
    model.write_bytes(b"")
    home = tmp_path / "home"
    home.mkdir()
    # As on a server; on CI machines and in tests it is silent by itself.
    environ = {"HOME": str(home), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}

    opening = subprocess.run(
        [sys.executable, "-c", _OPENS, str(model)],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "onnxruntime" in opening.stderr  # it was loaded, and found no model
    assert "ModuleNotFoundError" not in opening.stderr
    assert list(home.rglob("*")) == []  # the identifier it reports under, and what waits to be sent
