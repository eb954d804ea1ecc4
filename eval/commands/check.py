"""`check`: hold question sets to their rules."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from eval.commands.command import Command, CommandResult
from eval.errors import QuestionFormatError
from eval.sets.corpus_texts import GoldTexts, load_gold_texts
from eval.sets.questions import SHIPPED_DIR, load_questions
from eval.sets.rules import REQUIRED, check
from eval.sets.statistics import overlap_summary, set_summary
from eval.settings import EvalSettings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: all we ship")
    parser.add_argument(
        "--corpus", type=Path, default=Path("corpus"), help="folder of the documents asked about"
    )


def _run(parsed: argparse.Namespace, settings: EvalSettings) -> CommandResult:
    gold_texts = load_gold_texts(parsed.corpus, settings.shared_dir)
    lines: list[str] = []
    n_findings = 0
    for path in parsed.files or sorted(SHIPPED_DIR.glob("*.jsonl")):
        n_in_file, lines_of_file = _check_file(path, gold_texts)
        n_findings += n_in_file
        lines += lines_of_file
    lines += _remarks(gold_texts, settings.shared_dir)
    return CommandResult("".join(f"{line}\n" for line in lines), bool(n_findings))


def _check_file(path: Path, gold_texts: GoldTexts) -> tuple[int, list[str]]:
    """Return how many findings a file has, and the lines to print: findings, then statistics."""
    try:
        questions = load_questions(path)
    except QuestionFormatError as error:
        return len(error.faults), [str(error)]
    findings = check(questions, gold_texts, REQUIRED.get(path.stem))
    return len(findings), [
        *(f"{path}: {finding}" for finding in findings),
        f"{path}:",
        *set_summary(questions, gold_texts),
        f"  {len(findings)} findings",
    ]


def _remarks(gold_texts: GoldTexts, shared_dir: Path) -> Iterator[str]:
    if not gold_texts.reports:
        yield f"no reports in {shared_dir} (CITA_SHARED): nothing was compared with their text"
    development = shared_dir / "eval" / "dev" / "questions.jsonl"
    if development.is_file():
        overlaps = overlap_summary(load_questions(development), gold_texts)
        yield f"for comparison, overlap of the development set: {overlaps}"


COMMAND = Command(
    "check",
    "hold question sets to their rules: one line a finding, then each set's numbers",
    _add_arguments,
    _run,
)
