"""`calibrate`: fit the calibration of confidences to judged questions."""

import argparse
from pathlib import Path

from eval.commands.command import Command, CommandResult
from eval.fitting.calibration_fit import CalibrationSet, calibrate, write_calibration
from eval.fitting.tuning import load_question_file
from eval.runs.pipelines import InProcess
from eval.settings import EvalSettings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        nargs=2,
        type=Path,
        action="append",
        required=True,
        metavar=("FILE", "INDEX"),
        dest="sets",
        help="questions and the index that is asked them; may be repeated",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="calibration.toml")


def _run(parsed: argparse.Namespace, settings: EvalSettings) -> CommandResult:
    sets = [
        CalibrationSet(
            load_question_file(path), InProcess(settings.open_index(index_dir), settings.service)
        )
        for path, index_dir in parsed.sets
    ]
    write_calibration(parsed.out, calibrate(sets), sets)
    return CommandResult(parsed.out.read_text(encoding="utf-8"))


COMMAND = Command("calibrate", "fit confidences to judged questions", _add_arguments, _run)
