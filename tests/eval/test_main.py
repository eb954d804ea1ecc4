import json
import re
import shlex
from pathlib import Path

import pytest

from eval.__main__ import _parser, main
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8").replace("\\\n", " ")
COMMANDS = re.findall(r"python -m eval ([a-z].*?)(?:`|$)", GUIDE, re.MULTILINE)

QUESTION = {
    "qid": "b001", "question": "How long do tenants get help?", "lang": "en", "type": "factoid",
    "answerable": True, "difficulty": "easy", "theme": "housing", "answer_strings": ["two years"],
    "gold": [{"doc": "alta", "quote": "Alta pays for two years."}],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    corpus_dir = tmp_path / "corpus"
    corpus_dir.mkdir()
    (corpus_dir / "alta.md").write_text("# Alta\n\nAlta pays\nfor two years.\n")
    (corpus_dir / "catalogue.toml").write_text(
        '[[document]]\nfile = "alta.md"\nthemes = ["housing"]\n'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITA_SHARED", str(tmp_path / "none"))
    return tmp_path


def _write(path: Path, *questions: dict[str, object]) -> str:
    path.write_text("".join(f"{json.dumps(question)}\n" for question in questions))
    return str(path)


def test_a_sound_file_passes_and_its_numbers_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["check", _write(folder / "set.jsonl", QUESTION)])

    told = capsys.readouterr().out
    assert status == 0
    assert "  questions     1" in told
    assert "no reports in" in told
    assert "development set" not in told


def test_findings_are_told_a_line_each_and_fail(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(folder / "set.jsonl", {**QUESTION, "theme": "houses", "country": ["UK"]})

    status = main(["check", path])

    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith(f"{path}: ")]
    assert status == 1
    assert [line.split(": ")[1:3] for line in told] == [["b001", "form"], ["b001", "form"]]


def test_a_file_that_cannot_be_read_fails_with_its_lines(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(folder / "set.jsonl", QUESTION, QUESTION)

    status = main(["check", path])

    assert status == 1
    assert f"{path}:2: qid 'b001' stands on an earlier line" in capsys.readouterr().out


def test_another_corpus_may_be_named_and_a_missing_one_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(folder / "set.jsonl", QUESTION)

    status = main(["check", path, "--corpus", str(folder / "nowhere")])

    assert status == 2
    assert "CorpusError: there is no folder" in capsys.readouterr().err


def test_the_development_set_is_measured_for_comparison(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    development = folder / "shared" / "eval" / "dev"
    development.mkdir(parents=True)
    _write(development / "questions.jsonl", QUESTION)
    monkeypatch.setenv("CITA_SHARED", str(folder / "shared"))

    status = main(["check", _write(folder / "set.jsonl", QUESTION)])

    assert status == 0
    assert "development set: en mean 0.00" in capsys.readouterr().out


def test_a_public_set_goes_through_every_command(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Alta pays for two years. The town hall opens at nine."
    asked = {"id": "s1", "question": "How long does Alta pay?", "is_impossible": False,
             "answers": [{"text": "two years", "answer_start": 14}]}  # fmt: skip
    article = {"title": "Alta", "paragraphs": [{"context": text, "qas": [asked]}]}
    (folder / "dev.json").write_text(json.dumps({"version": "v2.0", "data": [article]}))
    run_dir, set_dir = str(folder / "runs" / "first"), str(folder / "set")

    statuses = [
        main(["run", "--questions", "dev.json", "--format", "squad", "--out", run_dir]),
        main(["export", run_dir, str(folder / "out"), "--format", "trec"]),
        main(["convert", "dev.json", set_dir, "--format", "squad"]),
    ]

    told = capsys.readouterr().out
    assert statuses == [0, 0, 0], told
    assert "## first: 1 questions" in told
    assert "| Quotes | answer | 1.000 |" in told
    assert (folder / "out" / "run.txt").read_text().startswith("s1 Q0 alta:0-")
    assert "questions.jsonl, on the documents of" in told


def test_a_server_that_is_not_there_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(folder / "set.jsonl", QUESTION)

    status = main(["run", "--questions", path, "--url", "http://127.0.0.1:1", "--out", "runs/a"])

    assert status == 2
    assert "AskError: http://127.0.0.1:1 cannot be asked" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_guide_is_understood(command: str) -> None:
    assert _parser().parse_args(shlex.split(command)).command
