"""The commands that lead to a decision, from the command line, on a real index of two reports."""

import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.records import Cause
from indexer.settings import IndexerSettings
from service.pipeline.confidence import SHIPPED_PATH, Calibration
from tests.eval.runs_by_hand import info, line, write_questions, write_run

SHEET = """Pregunta;Respuesta;Documento
When did the ministry open its subsidy?;2019;Housing newcomers in Ardenia
How often does the tram come?;every ten minutes;transport.txt
How many trams are there?;;
Who drives?;two hundred drivers;transport
"""


def _tried(folder: Path, letter: str) -> str:
    """Write 20 questions that the housing report answers."""
    gold = {"doc": "housing", "quote": "The ministry opened its rental subsidy"}
    lines = (
        {**line(f"{letter}{n}"), "gold": [gold], "answer_strings": ["2019"],
         "question": f"When did ministry {letter}{n} open the rental subsidy?"}
        for n in range(20)
    )  # fmt: skip
    return str(write_questions(folder / f"{letter}.jsonl", *lines))


def test_a_sheet_becomes_a_set_that_is_run_and_compared_under_another_setting(
    built: IndexerSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CITA_INDEX", str(built.index_dir))
    (tmp_path / "sheet.csv").write_text(SHEET)
    questions = tmp_path / "set.jsonl"
    first, second = tmp_path / "first", tmp_path / "second"

    imported = main(["import", str(tmp_path / "sheet.csv"), "--out", str(questions)])
    told = capsys.readouterr().out
    run = main(["run", "--questions", str(questions), "--out", str(first)])
    monkeypatch.setenv("CITA_MIN_CONFIDENCE", "1")
    main(["run", "--questions", str(questions), "--out", str(second)])
    capsys.readouterr()
    compared = main(["compare", str(first), str(second), "--fail-below", "0.1", "--all"])

    assert (imported, run, compared) == (1, 0, 0)  # three questions show nothing for sure
    assert "row 5: “two hundred drivers” does not stand in transport" in told
    assert "3 questions, 1 of them without an answer in the reports; rows left out: 1" in told
    usual = Calibration.read(SHIPPED_PATH).threshold
    assert f"| min_confidence | {usual} | 1.0 |" in capsys.readouterr().out
    assert (first / "report.html").is_file()


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

    accepted = main([*gate, "--accept", "--questions", _tried(tmp_path, "a")])
    same = main(gate)
    monkeypatch.setenv("CITA_MIN_CONFIDENCE", "1")
    capsys.readouterr()
    refusing = main(gate)
    answered = [text for text in capsys.readouterr().out.splitlines() if "| answered |" in text]
    allowed = main([*gate, "--fail-below", "1"])

    assert (accepted, same, refusing, allowed) == (0, 0, 1, 0)
    assert json.loads(Path("baseline.json").read_text())["run"]["questions_path"] == "a.jsonl"
    assert answered[0].endswith("| 0 | 20 | 0 | **dropped** |")


def test_settings_are_tuned_written_and_used(
    built: IndexerSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CITA_INDEX", str(built.index_dir))
    monkeypatch.setenv("CITA_MIN_CONFIDENCE", "1")
    one, two = _tried(tmp_path, "a"), _tried(tmp_path, "b")
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


def test_a_server_takes_no_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(write_questions(tmp_path / "set.jsonl", line("a")))

    status = main(
        ["run", "--questions", path, "--url", "http://localhost:1", "--settings", "s.toml",
         "--out", str(tmp_path / "run")]
    )  # fmt: skip

    assert status == 2
    assert "leave out --settings, or --url" in capsys.readouterr().err


def test_a_report_is_written_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_questions(tmp_path / "set.jsonl", line("a"))
    run = write_run(
        tmp_path / "first", info(path), {"a": {"exact": 0.0}}, causes={"a": Cause.NOT_CHOSEN}
    )

    assert main(["report", str(run)]) == 0
    assert capsys.readouterr().out == f"{run / 'report.html'}\n"


def test_runs_are_put_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_questions(tmp_path / "set.jsonl", line("a"))
    runs = [
        write_run(tmp_path / name, info(path, name), {"a": {"exact": 1.0}})
        for name in ("first", "second")
    ]

    assert main(["overview", *map(str, runs)]) == 0
    assert capsys.readouterr().out.startswith("| | first | second |\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["compare", "a", "b", "--fail-below", "x"], "could not convert", id="limit"),
        pytest.param(["gate", "--fail-below=-1"], "a drop of at least 0", id="negative"),
        pytest.param(
            ["tune", "--questions", "a", "--holdout", "b", "--out", "c", "--grid", "port=1"],
            "'port' cannot be tuned; known are dense, lexical",
            id="grid",
        ),
    ],
)
def test_an_argument_that_does_not_fit_is_told(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)

    assert message in capsys.readouterr().err
