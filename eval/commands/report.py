"""`report`: write a run's report.html again."""

import argparse
from pathlib import Path

from eval.commands.command import Command, CommandResult
from eval.reporting.html_report import write_report
from eval.settings import EvalSettings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="runs/NAME")
    parser.add_argument(
        "--questions", type=Path, metavar="FILE", help="default: where it was during the run"
    )


def _run(parsed: argparse.Namespace, _: EvalSettings) -> CommandResult:
    return CommandResult(f"{write_report(parsed.folder, parsed.questions)}\n")


COMMAND = Command("report", "write a run's report.html again", _add_arguments, _run)
