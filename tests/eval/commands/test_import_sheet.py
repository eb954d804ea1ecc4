from pathlib import Path

import pytest

from eval.__main__ import main
from indexer.settings import IndexerSettings
from service.pipeline.confidence import SHIPPED_PATH, Calibration

SHEET = """Pregunta;Respuesta;Documento
When did the ministry open its subsidy?;2019;Housing newcomers in Ardenia
How often does the tram come?;every ten minutes;transport.txt
How many trams are there?;;
Who drives?;two hundred drivers;transport
"""


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
