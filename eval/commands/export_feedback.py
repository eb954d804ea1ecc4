"""`export-feedback`: make a question sheet of people's feedback."""

import argparse
import csv
from dataclasses import astuple
from pathlib import Path

from eval.commands.command import Command, CommandResult, add_index
from eval.exchange.feedback_sheet import COLUMNS, feedback_rows
from eval.settings import EvalSettings
from service.feedback import FeedbackStore, plain_cell


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="sheet.csv")
    add_index(parser)


def _run(parsed: argparse.Namespace, settings: EvalSettings) -> CommandResult:
    feedback = FeedbackStore(settings.service.state).rows()
    rows = list(feedback_rows(feedback, settings.open_index(parsed.index)))
    with parsed.out.open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(COLUMNS)
        writer.writerows([plain_cell(cell) for cell in astuple(row)] for row in rows)
    return CommandResult(
        f"{parsed.out}: {len(rows)} questions to be judged; `import` reads the sheet\n"
    )


COMMAND = Command(
    "export-feedback",
    "make a sheet of the questions that people said something about",
    _add_arguments,
    _run,
)
