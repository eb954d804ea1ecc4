"""Judge what the pipeline answers: `python -m eval --help` lists the commands."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from eval.checking import REQUIRED, check
from eval.errors import EvalError, QuestionFormatError
from eval.questions import load_questions
from eval.sources import Sources, load_sources
from eval.tally import summary, told_overlaps
from indexer.errors import IndexerError

_OK, _FOUND, _ERROR = 0, 1, 2
_SETS = Path(__file__).parent / "questions"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 for done, 1 for done with something amiss, 2 for an error."""
    parsed = _parser().parse_args(arguments)
    try:
        command: Callable[[argparse.Namespace], int] = parsed.command
        return command(parsed)
    except (EvalError, IndexerError, OSError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return _ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    text = "hold question sets to their rules: one line a finding, then each set's numbers"
    checks = commands.add_parser("check", help=text, description=text)
    checks.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: all we ship")
    checks.add_argument(
        "--corpus", type=Path, default=Path("corpus"), help="folder of the documents asked about"
    )
    checks.set_defaults(command=_check)
    return parser


def _check(parsed: argparse.Namespace) -> int:
    shared_dir = Path(os.environ.get("CITA_SHARED", "../shared"))
    sources = load_sources(parsed.corpus, shared_dir)
    files = parsed.files or sorted(_SETS.glob("*.jsonl"))
    n_findings = sum(_check_file(path, sources) for path in files)
    if not sources.reports:
        print(f"no reports in {shared_dir} (CITA_SHARED): nothing was compared with their text")
    development = shared_dir / "eval" / "dev" / "questions.jsonl"
    if development.is_file():
        told = told_overlaps(load_questions(development), sources)
        print(f"for comparison, overlap of the development set: {told}")
    return _FOUND if n_findings else _OK


def _check_file(path: Path, sources: Sources) -> int:
    """Print what is wrong with a file and what it is like; return the number of findings."""
    try:
        questions = load_questions(path)
    except QuestionFormatError as error:
        print(error)
        return len(error.faults)
    findings = check(questions, sources, REQUIRED.get(path.stem))
    for finding in findings:
        print(f"{path}: {finding}")
    print(f"{path}:", *summary(questions, sources), f"  {len(findings)} findings", sep="\n")
    return len(findings)


if __name__ == "__main__":
    sys.exit(main())
