"""`overview`: runs on several sets side by side."""

import argparse
from pathlib import Path

from eval.commands.command import Command, CommandResult
from eval.reporting.run_summary import overview
from eval.runs.run_folder import load_scores
from eval.settings import EvalSettings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", type=Path, nargs="+", metavar="runs/NAME")


def _run(parsed: argparse.Namespace, _: EvalSettings) -> CommandResult:
    return CommandResult(overview([load_scores(folder) for folder in parsed.folders]))


COMMAND = Command("overview", "put runs on several sets side by side", _add_arguments, _run)
