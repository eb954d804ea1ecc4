"""`tune`: search settings on one question set and try the best on another."""

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from eval.commands.command import Command, CommandResult, add_index, argument
from eval.fitting.settings_file import pipeline_with, write_settings_file
from eval.fitting.tuning import (
    DEFAULT_GRID,
    KNOBS,
    WEIGHTS,
    Plan,
    load_question_file,
    parse_values,
    settings_in_use,
    threshold_in_use,
    tune,
)
from eval.fitting.tuning_summary import tuning_summary
from eval.measures.descriptions import DECISIVE
from eval.runs.recording import git_revision
from eval.settings import EvalSettings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--questions", type=Path, required=True, metavar="FILE", help="to choose by"
    )
    parser.add_argument("--holdout", type=Path, required=True, metavar="FILE", help="held apart")
    parser.add_argument("--out", type=Path, required=True, metavar="settings.toml")
    add_index(parser)
    parser.add_argument(
        "--grid",
        type=argument(parse_values),
        action="append",
        default=[],
        metavar="NAME=VALUE,…",
        help=f"values to try of {', '.join((*WEIGHTS, *KNOBS))}; may be repeated; "
        f"default: {' '.join(_grid_value(*item) for item in DEFAULT_GRID.items())}",
    )
    parser.add_argument(
        "--measure", default="answer", help=f"choose by it: {', '.join(DECISIVE)} …; default answer"
    )
    parser.add_argument(
        "--wrong-costs",
        type=float,
        default=1.0,
        metavar="COST",
        help="what a wrong answer costs where a right one brings 1; decides the threshold",
    )


def _grid_value(name: str, values: Sequence[float]) -> str:
    return f"{name}={','.join(map(str, values))}"


def _run(parsed: argparse.Namespace, settings: EvalSettings) -> CommandResult:
    index = settings.open_index(parsed.index)
    development, held_apart = map(load_question_file, (parsed.questions, parsed.holdout))
    plan = Plan(
        in_use=settings_in_use(settings.service),
        threshold=threshold_in_use(settings.service),
        grid=dict(parsed.grid) or DEFAULT_GRID,
        measure=parsed.measure,
        wrong_costs=parsed.wrong_costs,
    )
    tuning = tune(development, held_apart, plan, partial(pipeline_with, index, settings.service))
    origin = {
        "questions": str(parsed.questions),
        "held_apart": str(parsed.holdout),
        "index_fingerprint": index.manifest.fingerprint,
        "git_revision": git_revision(Path(__file__).parent) or "",
    }
    write_settings_file(parsed.out, tuning, origin)
    text = tuning_summary(tuning, development=str(parsed.questions), held_apart=str(parsed.holdout))
    return CommandResult(f"{text}\n{parsed.out} is written\n", not tuning.is_gain)


COMMAND = Command("tune", "search settings, try them on questions held apart", _add_arguments, _run)
