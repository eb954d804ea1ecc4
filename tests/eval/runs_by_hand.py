"""Runs made by hand: a pipeline that answers as it is told, and folders of what it said."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eval.records import (
    Cause,
    Curves,
    Estimate,
    JudgedQuestion,
    QuestionScores,
    RankedPassage,
    ReliabilityBin,
    RunInfo,
    RunQuote,
    RunRow,
    Scores,
)
from eval.runs.run_folder import save_info, save_rows, save_scores
from eval.served_documents import ServedDocument
from indexer.records import Span

RIGHT, WRONG = "Alta pays for two years.", "The rooms stand empty."
ALTA = f"{RIGHT} {WRONG}"


@dataclass
class ScriptedPipeline:
    """Quotes `RIGHT` for the questions in ``right``, else `WRONG`; answers if sure enough.

    Attributes:
        right: Ids of questions.
        confidence: Of each question's answer by id; 0.5 for others.
    """

    right: frozenset[str] = frozenset()
    confidence: Mapping[str, float] = field(default_factory=dict)
    knobs: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)
    name: str = "in process"
    fingerprint: str = "f00d"
    index_place: str | None = None
    doc_ids: tuple[str, ...] = ("alta",)

    def ask(self, question: JudgedQuestion) -> RunRow:
        return row(
            question,
            is_right=question.qid in self.right,
            confidence=self.confidence.get(question.qid, 0.5),
        )

    def document(self, doc_id: str) -> ServedDocument | None:
        known = ServedDocument("alta", ALTA, passages=(Span(0, len(ALTA)),))
        return known if doc_id == "alta" else None


def row(question: JudgedQuestion, *, is_right: bool, confidence: float = 0.5) -> RunRow:
    said = RIGHT if is_right else WRONG
    start = ALTA.index(said)
    quote = RunQuote(
        text=said, doc="alta", start=start, end=start + len(said), page=4,
        highlight=(0, 4), citation=1,
    )  # fmt: skip
    passage = RankedPassage(
        rank=1, passage_id=f"alta:0-{len(ALTA)}", score=0.75, doc="alta", start=0, end=len(ALTA),
        page=4, text=ALTA,
    )  # fmt: skip
    is_answered = confidence >= 0.5
    return RunRow(
        qid=question.qid,
        question=question.text,
        lang=question.language,
        confidence=confidence,
        answered=is_answered,
        refusal_code=None if is_answered else "nothing_relevant",
        took_ms=20.0,
        passages=(passage,),
        quotes=(quote,),
    )


def line(qid: str, *, answerable: bool = True, text: str | None = None) -> dict[str, object]:
    """Return a line of a question file whose answer is `RIGHT`."""
    asked: dict[str, object] = {
        "qid": qid, "question": text or f"How long, {qid}?", "answerable": answerable,
    }  # fmt: skip
    if answerable:
        asked |= {"gold": [{"doc": "alta", "quote": RIGHT}], "answer_strings": ["two years"]}
    return asked


def write_questions(path: Path, *lines: Mapping[str, object]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    return path


def info(questions_path: Path, name: str = "first", **changes: object) -> RunInfo:
    values: dict[str, object] = {
        "name": name, "questions_path": str(questions_path),
        "questions_sha256": hashlib.sha256(questions_path.read_bytes()).hexdigest(),
        "n_questions": 2, "pipeline": "in process", "index_fingerprint": "f00d",
        "index_dir": "index/corpus", "settings": {"top_k": 10}, "git_revision": "abc",
        "cita_version": "0.1.0", "started_at": "2026-01-02T03:04:05+00:00",
    }  # fmt: skip
    return RunInfo(**{**values, **changes})  # type: ignore[arg-type]  # fields of any type


def write_run(
    folder: Path,
    run: RunInfo,
    scores: Mapping[str, Mapping[str, float]],
    *,
    causes: Mapping[str, Cause] | None = None,
    rows: tuple[RunRow, ...] | None = None,
) -> Path:
    """Write a run folder whose questions scored as given."""
    folder.mkdir()
    causes = causes or {}
    asked = rows or tuple(
        row(JudgedQuestion(qid, f"How long, {qid}?", "en", is_answerable=True), is_right=True)
        for qid in scores
    )
    names = dict.fromkeys(name for one in scores.values() for name in one)
    measures = {
        name: Estimate(0.5, 0.25, 0.75, sum(name in one for one in scores.values()))
        for name in names
    }
    save_info(folder, run)
    save_rows(folder, asked)
    save_scores(
        folder,
        Scores(
            measures=measures | {"p50 ms": Estimate(20.0, 19.5, 20.5, 2)},
            groups={"language": {"en": measures}, "theme": {f"t{n}": measures for n in range(13)}},
            questions=tuple(
                QuestionScores(qid, one, causes.get(qid)) for qid, one in scores.items()
            ),
            run=run,
            equity={"exact": {"Africa": Estimate(-0.2, -0.3, -0.1, 2)}},
            curves=Curves(((0.5, 0.0), (1.0, 0.5)), (ReliabilityBin(0.5, 0.4, 2),)),
        ),
    )
    return folder


def write_housing_questions(folder: Path, letter: str, n_questions: int) -> Path:
    """Write questions that the housing report answers."""
    gold = {"doc": "housing", "quote": "The ministry opened its rental subsidy"}
    lines = (
        {**line(f"{letter}{n}"), "gold": [gold], "answer_strings": ["2019"],
         "question": f"When did ministry {letter}{n} open the rental subsidy?"}
        for n in range(n_questions)
    )  # fmt: skip
    return write_questions(folder / f"{letter}.jsonl", *lines)
