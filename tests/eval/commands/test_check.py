import json
from pathlib import Path

import pytest

from eval.__main__ import main

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
