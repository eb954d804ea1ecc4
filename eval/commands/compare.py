"""`compare`: two runs of one question set side by side."""

import argparse
import sys
from pathlib import Path

from eval.commands.command import Command, CommandResult, add_drop_limits
from eval.comparison.comparison_summary import N_SHOWN, comparison_summary
from eval.comparison.drop_limits import dropped_measures
from eval.comparison.run_comparison import compare_runs
from eval.settings import EvalSettings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", type=Path, metavar="runs/A")
    parser.add_argument("after", type=Path, metavar="runs/B")
    add_drop_limits(parser)
    parser.add_argument("--all", action="store_true", help="name every question that moved")


def _run(parsed: argparse.Namespace, _: EvalSettings) -> CommandResult:
    comparison = compare_runs(parsed.before, parsed.after)
    dropped = dropped_measures(parsed.fail_below, comparison.differences)
    n_shown = sys.maxsize if parsed.all else N_SHOWN
    text = comparison_summary(comparison, dropped=dropped, n_shown=n_shown)
    return CommandResult(text, bool(dropped))


COMMAND = Command(
    "compare", "say what a run does better and worse than another", _add_arguments, _run
)
