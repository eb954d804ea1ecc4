from pathlib import Path

import pytest

from eval.__main__ import main
from eval.records import Cause
from tests.eval.runs_by_hand import info, line, write_questions, write_run


def test_a_report_is_written_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_questions(tmp_path / "set.jsonl", line("a"))
    run = write_run(
        tmp_path / "first", info(path), {"a": {"exact": 0.0}}, causes={"a": Cause.NOT_CHOSEN}
    )

    assert main(["report", str(run)]) == 0
    assert capsys.readouterr().out == f"{run / 'report.html'}\n"
