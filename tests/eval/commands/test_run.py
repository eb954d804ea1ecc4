import json
from pathlib import Path

import pytest

from eval.__main__ import main
from tests.eval.runs_by_hand import line, write_questions


def test_a_public_set_goes_through_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "Alta pays for two years. The town hall opens at nine."
    asked = {"id": "s1", "question": "How long does Alta pay?", "is_impossible": False,
             "answers": [{"text": "two years", "answer_start": 14}]}  # fmt: skip
    article = {"title": "Alta", "paragraphs": [{"context": text, "qas": [asked]}]}
    (tmp_path / "dev.json").write_text(json.dumps({"version": "v2.0", "data": [article]}))
    run_dir, set_dir = str(tmp_path / "runs" / "first"), str(tmp_path / "set")

    statuses = [
        main(["run", "--questions", "dev.json", "--format", "squad", "--out", run_dir]),
        main(["export", run_dir, str(tmp_path / "out"), "--format", "trec"]),
        main(["convert", "dev.json", set_dir, "--format", "squad"]),
    ]

    told = capsys.readouterr().out
    assert statuses == [0, 0, 0], told
    assert "## first: 1 questions" in told
    assert "| Quotes | answer | 1.000 |" in told
    assert (tmp_path / "out" / "run.txt").read_text().startswith("s1 Q0 alta:0-")
    assert "questions.jsonl, on the documents of" in told


def test_a_server_that_is_not_there_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = str(write_questions(tmp_path / "set.jsonl", line("a")))

    status = main(
        ["run", "--questions", path, "--url", "http://127.0.0.1:1", "--out", str(tmp_path)]
    )

    assert status == 2
    assert "AskError: http://127.0.0.1:1 cannot be asked" in capsys.readouterr().err


def test_a_server_takes_no_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(write_questions(tmp_path / "set.jsonl", line("a")))

    status = main(
        ["run", "--questions", path, "--url", "http://localhost:1", "--settings", "s.toml",
         "--out", str(tmp_path / "run")]
    )  # fmt: skip

    assert status == 2
    assert "leave out --settings, or --url" in capsys.readouterr().err
