"""`gate`: ask a few questions and fail if they are answered worse than the baseline says."""

import argparse
from pathlib import Path

from eval.commands.command import Command, CommandResult, add_drop_limits, add_index
from eval.comparison.baseline import (
    compare_with_baseline,
    load_baseline,
    measure_baseline,
    save_baseline,
)
from eval.comparison.comparison_summary import comparison_summary
from eval.comparison.drop_limits import DropLimit, dropped_measures
from eval.runs.pipelines import InProcess
from eval.sets.questions import SHIPPED_DIR, load_questions
from eval.settings import EvalSettings

_QUESTIONS = SHIPPED_DIR / "briefs.jsonl"
_BASELINE = Path(__file__).parents[1] / "baselines" / "briefs.json"


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--baseline", type=Path, default=_BASELINE, metavar="FILE")
    add_index(parser)
    add_drop_limits(parser)
    parser.add_argument(
        "--accept", action="store_true", help="make what is now the baseline; commit it with why"
    )
    parser.add_argument(
        "--questions", type=Path, default=_QUESTIONS, metavar="FILE", help="of a new baseline"
    )


def _run(parsed: argparse.Namespace, settings: EvalSettings) -> CommandResult:
    pipeline = InProcess(settings.open_index(parsed.index), settings.service)
    if parsed.accept:
        present = measure_baseline(_relative(parsed.questions), pipeline, qids=None)
        save_baseline(parsed.baseline, present)
        return CommandResult(f"{parsed.baseline}: {len(present.scores)} questions\n")
    baseline = load_baseline(parsed.baseline)
    path = _existing(Path(baseline.run.questions_path))
    present = measure_baseline(path, pipeline, qids=baseline.scores)
    texts = {question.qid: question.text for question in load_questions(path)}
    comparison = compare_with_baseline(baseline, present, texts)
    dropped = dropped_measures(parsed.fail_below or [DropLimit(None, 0.0)], comparison.differences)
    return CommandResult(comparison_summary(comparison, dropped=dropped), bool(dropped))


def _relative(path: Path) -> Path:
    """Return a path relative to the working folder if it lies below.

    A baseline then names its questions alike on every machine.
    """
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _existing(path: Path) -> Path:
    """Return a question file where it was, or the one of its name that ships."""
    return path if path.is_file() else SHIPPED_DIR / path.name


COMMAND = Command(
    "gate", "fail if a few questions are answered worse than before", _add_arguments, _run
)
