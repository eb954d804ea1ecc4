"""`export`: write a run in the format of another tool."""

import argparse
from pathlib import Path

from eval.commands.command import Command, CommandResult
from eval.exchange.run_export import EXPORTS, export_run
from eval.settings import EvalSettings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=Path, metavar="runs/NAME")
    parser.add_argument("out", type=Path, metavar="FOLDER")
    parser.add_argument("--format", choices=EXPORTS, required=True)


def _run(parsed: argparse.Namespace, settings: EvalSettings) -> CommandResult:
    export_run(parsed.run, parsed.format, parsed.out, settings.service)
    return CommandResult(f"{parsed.run} as {parsed.format} in {parsed.out}\n")


COMMAND = Command("export", "write a run in the format of another tool", _add_arguments, _run)
