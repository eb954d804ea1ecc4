import json
from pathlib import Path

import pytest

from eval.__main__ import main
from indexer.settings import IndexerSettings
from tests.eval.runs_by_hand import write_housing_questions


def test_settings_are_tuned_written_and_used(
    built: IndexerSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CITA_INDEX", str(built.index_dir))
    monkeypatch.setenv("CITA_MIN_CONFIDENCE", "1")
    one, two = (str(write_housing_questions(tmp_path, letter, 20)) for letter in "ab")
    out, run = str(tmp_path / "settings.toml"), str(tmp_path / "run")
    tune = ["tune", "--questions", one, "--holdout", two, "--out", out, "--grid", "lexical=0.4"]

    tuned = main(tune)
    told = capsys.readouterr().out
    used = main(["run", "--questions", one, "--settings", out, "--out", run])
    again = main(tune)

    assert (tuned, used, again) == (0, 0, 2)  # any threshold is better than refusing all
    assert "**A gain on the questions held apart.**" in told
    knobs = json.loads((tmp_path / "run" / "run.json").read_text())["settings"]
    assert knobs["min_confidence"] < 1
