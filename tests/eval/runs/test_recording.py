import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import AskError, RunMismatchError
from eval.records import JudgedQuestion, RunRow
from eval.runs.pipelines import Knobs
from eval.runs.recording import describe_run, git_revision, record_run
from eval.runs.run_folder import load_info
from eval.served_documents import ServedDocument
from tests.eval.run_samples import DOCUMENTS, INFO, QUESTION, REFUSED, ROW, UNANSWERABLE

ROOT = Path(__file__).parents[3]


class FakePipeline:
    """A `Pipeline` that remembers what it was asked, and fails once when told to."""

    def __init__(self, *, failing: str | None = None) -> None:
        self.name = "in process"
        self.fingerprint = INFO.index_fingerprint
        self.index_place: str | None = "index"
        self.knobs: Knobs = {"top_k": 2}
        self.asked: list[str] = []
        self._failing = failing

    def ask(self, question: JudgedQuestion) -> RunRow:
        if question.qid == self._failing:
            raise AskError("the server went away")
        self.asked.append(question.qid)
        return {"q1": ROW, "q2": REFUSED}[question.qid]

    def document(self, doc_id: str) -> ServedDocument | None:
        return DOCUMENTS.get(doc_id)


QUESTIONS = (QUESTION, UNANSWERABLE)


def test_every_question_is_asked_once_and_kept(tmp_path: Path) -> None:
    pipeline = FakePipeline()

    rows = record_run(QUESTIONS, pipeline, INFO, tmp_path / "first")

    assert rows == (ROW, REFUSED)
    assert pipeline.asked == ["q1", "q2"]
    lines = (tmp_path / "first" / "run.jsonl").read_text().splitlines()
    assert [json.loads(line)["qid"] for line in lines] == ["q1", "q2"]
    assert load_info(tmp_path / "first") == INFO


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with pytest.raises(AskError):
        record_run(QUESTIONS, FakePipeline(failing="q2"), INFO, tmp_path)
    with (tmp_path / "run.jsonl").open("a") as file:
        file.write('{"qid": "q2", "ques')  # torn off while it was written
    again = FakePipeline()

    rows = record_run(QUESTIONS, again, replace(INFO, started_at="later"), tmp_path)

    assert rows == (ROW, REFUSED)
    assert again.asked == ["q2"]
    assert load_info(tmp_path).started_at == INFO.started_at


def test_a_run_that_stopped_before_its_first_row_goes_on(tmp_path: Path) -> None:
    record_run(QUESTIONS, FakePipeline(), INFO, tmp_path)
    (tmp_path / "run.jsonl").unlink()

    assert record_run(QUESTIONS, FakePipeline(), INFO, tmp_path) == (ROW, REFUSED)


def test_a_folder_with_another_run_is_left_alone(tmp_path: Path) -> None:
    record_run(QUESTIONS, FakePipeline(), INFO, tmp_path)
    other = replace(INFO, index_fingerprint="00", settings={"top_k": 5})

    with pytest.raises(RunMismatchError, match="another index_fingerprint, settings; name another"):
        record_run(QUESTIONS, FakePipeline(), other, tmp_path)


def test_a_run_says_what_it_asked_whom(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("abc")

    info = describe_run(tmp_path / "first", path, FakePipeline(), n_questions=2)

    assert info.questions_sha256.startswith("ba7816bf8f01cfea")  # of "abc", FIPS 180-2
    assert (info.name, info.n_questions, info.index_dir) == ("first", 2, "index")
    assert info.started_at.endswith("+00:00")
    assert info.cita_version == "0.4.0"


def test_a_changed_checkout_is_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(
            ["git", "-C", str(tmp_path), *identity, *arguments], check=True, capture_output=True
        )

    assert git_revision(tmp_path) is None
    git("init")
    (tmp_path / "a").write_text("1")
    git("add", "a")
    git("commit", "-m", "Begin")
    clean = git_revision(tmp_path)
    (tmp_path / "a").write_text("2")

    assert clean is not None
    assert len(clean) == 40
    assert git_revision(tmp_path) == f"{clean}+"
    monkeypatch.setenv("PATH", "")
    assert git_revision(tmp_path) is None
