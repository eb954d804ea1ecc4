"""What people say is stored as they allowed, and nothing else."""

import csv
import io
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from service.feedback import FILE, Feedback, FeedbackStore, KeptQuestion, Verdict, export_feedback

KEPT = KeptQuestion("Who pays?", (("country", "CL"),), (("chile-rent", 3, 9),))


def exported(state_dir: Path) -> list[dict[str, str]]:
    written = io.StringIO()
    n_rows = export_feedback(state_dir, written)
    rows = list(csv.DictReader(io.StringIO(written.getvalue())))
    assert n_rows == len(rows)
    return rows


def test_the_day_is_kept_and_not_the_hour(tmp_path: Path) -> None:
    night = datetime.fromisoformat("2026-11-21T23:30:00-05:00")

    FeedbackStore(tmp_path / "new").add(Feedback(Verdict.USEFUL), now=night)

    (row,) = exported(tmp_path / "new")
    assert row["day"] == "2026-11-22"
    assert "23:30" not in str(row)


def test_the_question_is_kept_only_where_it_may_be(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path)
    store.add(Feedback(Verdict.WRONG, "another year", "es", "f00d"))
    store.add(Feedback(Verdict.MISSING, kept=KEPT))

    without, with_question = exported(tmp_path)

    assert (without["verdict"], without["comment"], without["language"]) == (
        "wrong",
        "another year",
        "es",
    )
    assert without["question"] == without["filters"] == without["places"] == ""
    assert with_question["question"] == "Who pays?"
    assert with_question["filters"] == '[["country", "CL"]]'
    assert with_question["places"] == '[["chile-rent", 3, 9]]'


def test_a_spreadsheet_does_not_run_a_comment(tmp_path: Path) -> None:
    FeedbackStore(tmp_path).add(Feedback(Verdict.WRONG, '=HYPERLINK("http://evil.example")'))

    assert exported(tmp_path)[0]["comment"].startswith("'=")


def test_a_long_comment_is_cut(tmp_path: Path) -> None:
    FeedbackStore(tmp_path).add(Feedback(Verdict.WRONG, "x" * 5000))

    assert len(exported(tmp_path)[0]["comment"]) == 2000


def test_nothing_said_exports_the_header_alone(tmp_path: Path) -> None:
    assert exported(tmp_path) == []
    assert not (tmp_path / FILE).exists()


def test_a_damaged_file_is_an_error_and_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database, but of some length" * 100)

    with pytest.raises(sqlite3.Error):
        FeedbackStore(tmp_path).add(Feedback(Verdict.USEFUL))
