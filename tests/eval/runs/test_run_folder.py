from pathlib import Path

import pytest

from eval.errors import RunFormatError
from eval.measures.run_judging import judge_run
from eval.records import RunRow
from eval.runs.run_folder import (
    from_json,
    load_info,
    load_rows,
    load_scores,
    save_info,
    save_rows,
    save_scores,
)
from tests.eval.run_samples import DOCUMENTS, INFO, QUESTION, REFUSED, ROW, UNANSWERABLE


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    scores = judge_run([QUESTION, UNANSWERABLE], [ROW, REFUSED], DOCUMENTS.get, INFO)

    save_info(tmp_path, INFO)
    save_rows(tmp_path, [ROW, REFUSED])
    save_scores(tmp_path, scores)

    assert load_info(tmp_path) == INFO
    assert load_rows(tmp_path) == (ROW, REFUSED)
    assert load_scores(tmp_path) == scores


def test_a_row_that_was_cut_short_is_passed_over(tmp_path: Path) -> None:
    save_rows(tmp_path, [ROW, REFUSED])
    whole = (tmp_path / "run.jsonl").read_text()
    (tmp_path / "run.jsonl").write_text(whole[:-9])

    assert load_rows(tmp_path) == (ROW,)


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(RunFormatError, match=r"scores\.json; make the run with .*--out"):
        load_scores(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "no RunRow: the whole: Invalid JSON"), ('{"qid": 1}', "no RunRow: qid: ")],
)
def test_a_damaged_file_names_the_field(text: str, told: str) -> None:
    with pytest.raises(RunFormatError, match=told):
        from_json(RunRow, text)
