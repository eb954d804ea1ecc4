from pathlib import Path

import pytest

from eval.__main__ import main
from tests.eval.runs_by_hand import info, line, write_questions, write_run


def test_runs_are_put_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_questions(tmp_path / "set.jsonl", line("a"))
    runs = [
        write_run(tmp_path / name, info(path, name), {"a": {"exact": 1.0}})
        for name in ("first", "second")
    ]

    assert main(["overview", *map(str, runs)]) == 0
    assert capsys.readouterr().out.startswith("| | first | second |\n")
