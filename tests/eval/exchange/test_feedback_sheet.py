"""What people said becomes a sheet of questions to be judged, and only where they allowed it."""

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from eval.__main__ import main
from eval.exchange.feedback_sheet import QuestionRow, feedback_rows
from eval.exchange.sheet_import import import_rows
from eval.exchange.spreadsheets import read_sheet
from indexer.settings import IndexerSettings
from indexer.store.generations import open_index
from indexer.store.index import Index
from service.feedback import Feedback, FeedbackRow, FeedbackStore, KeptQuestion, Verdict
from tests.fakes import FakeIndex

INDEX = cast("Index", FakeIndex())
USEFUL = FeedbackRow(
    day="2026-01-02",
    verdict="useful",
    comment="The year too?",
    fingerprint="f00d",
    question="Did rents rise?",
    places='[["report", 0, 11]]',
)


def test_a_useful_answer_is_a_candidate_with_its_first_quote() -> None:
    assert list(feedback_rows([USEFUL], INDEX)) == [
        QuestionRow(
            "said1",
            "Did rents rise?",
            "Rents rose.",
            "report",
            "useful, 2026-01-02, to be judged. The year too?",
        )
    ]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(replace(USEFUL, verdict="wrong"), id="wrong"),
        pytest.param(replace(USEFUL, fingerprint="beef"), id="another index"),
        pytest.param(replace(USEFUL, places='[["gone", 0, 11]]'), id="report is gone"),
        pytest.param(replace(USEFUL, places="[]"), id="a refusal"),
    ],
)
def test_without_a_quote_that_holds_the_answer_is_left_to_the_judge(row: FeedbackRow) -> None:
    (found,) = feedback_rows([row], INDEX)

    assert (found.answer, found.document) == ("?", "")


def test_a_question_that_may_not_be_kept_is_no_candidate() -> None:
    rows = [replace(USEFUL, question="", places=""), USEFUL]

    assert [found.qid for found in feedback_rows(rows, INDEX)] == ["said2"]


def test_the_sheet_is_one_that_import_reads(
    built: IndexerSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITA_STATE", str(tmp_path))
    monkeypatch.setenv("CITA_INDEX", str(built.index_dir))
    FeedbackStore(tmp_path).add(Feedback(Verdict.MISSING, kept=KeptQuestion("=Who pays?")))

    status = main(["export-feedback", "--out", str(tmp_path / "sheet.csv")])

    (row,) = read_sheet(tmp_path / "sheet.csv")
    assert status == 0
    assert import_rows([row], open_index(built.index_dir)).lines == ()  # until somebody judges it
    assert "'=Who pays?" in (tmp_path / "sheet.csv").read_text()  # no formula
    assert row["question"] == "=Who pays?"
    assert row["note"].startswith("missing, ")
