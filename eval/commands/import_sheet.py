"""`import`: make a question set from a spreadsheet."""

import argparse
from pathlib import Path

from eval.commands.command import Command, CommandResult, add_index
from eval.exchange.sheet_import import ImportedSheet, import_rows, write_questions
from eval.exchange.spreadsheets import read_sheet
from eval.settings import EvalSettings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sheet", type=Path, metavar="FILE.csv|FILE.xlsx")
    parser.add_argument("--out", type=Path, required=True, metavar="set.jsonl")
    add_index(parser)


def _run(parsed: argparse.Namespace, settings: EvalSettings) -> CommandResult:
    index = settings.open_index(parsed.index)
    imported = import_rows(read_sheet(parsed.sheet), index)
    write_questions(parsed.out, imported.lines)
    return CommandResult(_summary(parsed.sheet, parsed.out, imported), bool(imported.faults))


def _summary(sheet: Path, out: Path, imported: ImportedSheet) -> str:
    remarks = sorted([*imported.faults, *imported.doubts], key=lambda remark: remark.number)
    lines = "".join(f"{sheet}, {remark}\n" for remark in remarks)
    return (
        f"{lines}{out}: {len(imported.lines)} questions, {imported.n_unanswerable} of them "
        f"without an answer in the reports; rows left out: {len(imported.faults)}\n"
    )


COMMAND = Command("import", "make a question set from a spreadsheet", _add_arguments, _run)
