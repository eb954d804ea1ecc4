import json
from pathlib import Path

import pytest

from eval.runs.pipeline_opening import reopen_pipeline
from eval.runs.run_folder import load_info
from service.settings import Settings


def test_a_run_of_a_server_is_reopened_there(
    run_dir: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []

    def opened(index_dir: Path | None, url: str | None, settings: Settings) -> object:
        del index_dir, settings
        asked.append(url)
        return type("Server", (), {"fingerprint": load_info(run_dir).index_fingerprint})()

    monkeypatch.setattr("eval.runs.pipeline_opening.open_pipeline", opened)
    info = json.loads((run_dir / "run.json").read_text())
    info |= {"index_dir": None, "pipeline": "http://127.0.0.1:9"}
    (run_dir / "run.json").write_text(json.dumps(info))

    reopen_pipeline(load_info(run_dir), settings)

    assert asked == ["http://127.0.0.1:9"]
