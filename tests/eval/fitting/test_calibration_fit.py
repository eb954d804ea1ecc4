"""Confidences are fitted to judged questions, and told with what they are worth."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from eval.errors import TuningError
from eval.fitting.calibration_fit import (
    MOST_FALSE_ANSWERS,
    CalibrationSet,
    calibrate,
    write_calibration,
)
from eval.fitting.tuning import QuestionFile
from eval.records import JudgedQuestion
from eval.sets.questions import load_questions
from service.pipeline.confidence import Calibration, Evidence
from tests.eval.runs_by_hand import ScriptedPipeline, line, write_questions

N = 20


@dataclass
class Examined(ScriptedPipeline):
    """Finds much for the answerable questions, a0 to a19, and little for the others."""

    def evidence(self, question: JudgedQuestion) -> Evidence:
        number = int(question.qid[1:])
        found = 2.0 + number / 10 if question.is_answerable else number / 10
        return Evidence(0.5, found, () if question.is_answerable else ("Lagos",), ())


def asked(folder: Path, *, n_right: int = N) -> CalibrationSet:
    lines = [line(f"a{at}") for at in range(N)]
    lines += [line(f"u{at}", answerable=False) for at in range(N)]
    path = write_questions(folder / "set.jsonl", *lines)
    right = frozenset(f"a{N - 1 - at}" for at in range(n_right))
    return CalibrationSet(QuestionFile(path, load_questions(path)), Examined(right))


def test_what_speaks_for_an_answer_raises_it_and_unknown_names_lower_it(tmp_path: Path) -> None:
    found = calibrate([asked(tmp_path, n_right=15)])

    assert found.n_questions == 2 * N
    assert found.calibration.per_reader_signal > 0
    assert found.calibration.per_unknown < 0
    assert found.auroc == (1.0,)
    assert found.ece is not None
    assert 0 <= found.ece < 0.3


def test_few_unanswerable_questions_pass_the_threshold(tmp_path: Path) -> None:
    found = calibrate([asked(tmp_path)])

    answerable, unanswerable = found.answered
    assert unanswerable <= MOST_FALSE_ANSWERS + 1 / N  # of those left out of a fit one more may
    assert answerable == 1.0


def test_what_is_written_is_what_the_service_reads(tmp_path: Path) -> None:
    sets = [asked(tmp_path)]
    found = calibrate(sets)
    path = tmp_path / "calibration.toml"

    write_calibration(path, found, sets)

    assert Calibration.read(path) == found.calibration
    told = tomllib.loads(path.read_text(encoding="utf-8"))["found"]
    assert told["n_questions"] == 2 * N
    assert told["set"][0]["index_fingerprint"] == "f00d"


def test_answers_that_are_all_wrong_teach_nothing(tmp_path: Path) -> None:
    with pytest.raises(TuningError, match="0 of them answered rightly"):
        calibrate([asked(tmp_path, n_right=0)])
