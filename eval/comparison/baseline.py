"""A baseline in git: scores of a few questions, to compare a change with.

question file ─▶ some of each language, kind and difficulty ─▶ asked, judged ─┬─▶ baseline (git)
                                                     baseline ─▶ compared ◀───┘
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.comparison.run_comparison import Comparison, changes, differences_of, moved_questions
from eval.errors import ComparisonError
from eval.measures.descriptions import DECISIVE
from eval.measures.question_judging import judge_question
from eval.records import JudgedQuestion, RunInfo
from eval.runs.pipelines import Pipeline
from eval.runs.recording import describe_run
from eval.sets.questions import load_questions

N_ASKED = 60


@dataclass(frozen=True, slots=True)
class Baseline:
    """Scores to compare a change with, small enough for git.

    Attributes:
        run: What was asked whom.
        asked_sha256: Of the questions asked and their gold; other questions of the file may change.
        scores: Decisive measures by question, in the order they were asked.
    """

    run: RunInfo
    asked_sha256: str
    scores: Mapping[str, Mapping[str, float]]


def pick(questions: Sequence[JudgedQuestion], *, n: int = N_ASKED) -> tuple[JudgedQuestion, ...]:
    """Return ``n`` questions, evenly from all answerabilities, languages, kinds, difficulties."""
    ordered = sorted(
        questions,
        key=lambda q: (q.is_answerable, q.language, q.kind or "", q.difficulty or "", q.qid),
    )
    n = min(n, len(ordered))
    return tuple(ordered[at * len(ordered) // n] for at in range(n))


def measure_baseline(
    questions_path: Path, pipeline: Pipeline, *, qids: Iterable[str] | None
) -> Baseline:
    """Ask a pipeline some questions of a file.

    Args:
        questions_path: The file.
        pipeline: Answers them.
        qids: Which questions; ``None`` for those that `pick` takes.

    Raises:
        ComparisonError: A question is not in the file any more.
    """
    questions = load_questions(questions_path)
    chosen = pick(questions) if qids is None else _named(questions, qids, questions_path)
    info = describe_run(Path("present"), questions_path, pipeline, n_questions=len(chosen))
    judged = (
        judge_question(question, pipeline.ask(question), pipeline.document, info)
        for question in chosen
    )
    scores = {
        judgement.question.qid: {
            name: round(judgement.scores[name], 6) for name in DECISIVE if name in judgement.scores
        }
        for judgement in judged
    }
    return Baseline(info, _sha256(chosen), scores)


def compare_with_baseline(
    baseline: Baseline, present: Baseline, texts: Mapping[str, str]
) -> Comparison:
    """Compare present scores with the baseline; ``texts`` are the questions by ``qid``.

    Raises:
        ComparisonError: The questions were changed.
    """
    if baseline.asked_sha256 != present.asked_sha256:
        raise ComparisonError(
            f"questions of {present.run.questions_path} that the baseline asked were changed; "
            "make it again with `python -m eval gate --accept`"
        )
    better, worse = moved_questions(baseline.scores, present.scores, texts)
    return Comparison(
        before=baseline.run,
        after=present.run,
        changes=tuple(changes(baseline.run, present.run)),
        differences=differences_of(baseline.scores, present.scores),
        better=better,
        worse=worse,
    )


def load_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        ComparisonError: It is missing or damaged.
    """
    try:
        return _adapter().validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ComparisonError(
            f"there is no {path}; make it with `python -m eval gate --accept`"
        ) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ComparisonError(f"{path} is no baseline: {first['msg']}") from error


def save_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline, a question a line, so that git shows its changes."""
    named = replace(baseline, run=replace(baseline.run, name="baseline"))
    content = _adapter().dump_python(named, mode="json")
    scores = content.pop("scores")
    lines = ",\n".join(f"{json.dumps(qid)}: {json.dumps(scores[qid])}" for qid in scores)
    head = json.dumps(content, indent=1, ensure_ascii=False).removesuffix("\n}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{head},\n "scores": {{\n{lines}\n}}}}\n', encoding="utf-8")


def _named(
    questions: Sequence[JudgedQuestion], qids: Iterable[str], path: Path
) -> tuple[JudgedQuestion, ...]:
    by_qid = {question.qid: question for question in questions}
    missing = [qid for qid in qids if qid not in by_qid]
    if missing:
        raise ComparisonError(
            f"{path} has no {', '.join(missing[:5])}, which the baseline asked; "
            "make it again with `python -m eval gate --accept`"
        )
    return tuple(by_qid[qid] for qid in qids)


def _sha256(questions: Sequence[JudgedQuestion]) -> str:
    text = "\n".join(
        repr((q.qid, q.text, q.gold, q.answer_strings, q.is_answerable)) for q in questions
    )
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _adapter() -> TypeAdapter[Baseline]:
    return TypeAdapter(Baseline)
