import json
from pathlib import Path

import pytest

from eval.__main__ import main
from indexer.settings import IndexerSettings
from tests.eval.runs_by_hand import write_housing_questions


def test_a_gate_holds_back_what_answers_less(
    built: IndexerSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CITA_INDEX", str(built.index_dir))
    monkeypatch.setenv("CITA_MIN_CONFIDENCE", "0")
    monkeypatch.chdir(tmp_path)
    gate = ["gate", "--baseline", "baseline.json"]

    questions = str(write_housing_questions(tmp_path, "a", 8))
    accepted = main([*gate, "--accept", "--questions", questions])
    same = main(gate)
    monkeypatch.setenv("CITA_MIN_CONFIDENCE", "1")
    capsys.readouterr()
    refusing = main(gate)
    answered = [text for text in capsys.readouterr().out.splitlines() if "| answered |" in text]
    allowed = main([*gate, "--fail-below", "1"])

    assert (accepted, same, refusing, allowed) == (0, 0, 1, 0)
    assert json.loads(Path("baseline.json").read_text())["run"]["questions_path"] == "a.jsonl"
    assert answered[0].endswith("| 0 | 8 | 0 | **dropped** |")
