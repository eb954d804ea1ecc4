"""The commands that lead to a decision, from `compare` to `export-feedback`.

Each gives back what to print and with which status to end; `eval.__main__` does both.
"""

import argparse
import csv
import os
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from eval.comparison.drop_limits import Limit, broken, parse_limit
from eval.comparison.gate import compare, load_baseline, measure, save_baseline
from eval.comparison.run_comparison import compare_runs
from eval.fitting.calibration_fit import AskedSet, calibrate, write_calibration
from eval.fitting.tuned_settings import pipeline_with, write_tuning
from eval.fitting.tuning import (
    DEFAULT_GRID,
    KNOBS,
    WEIGHTS,
    Plan,
    QuestionFile,
    parse_values,
    settings_in_use,
    threshold_in_use,
    tune,
)
from eval.measures.descriptions import DECISIVE
from eval.reporting.html_report import write_report
from eval.reporting.summary import overview
from eval.reporting.wording import N_SHOWN, tell_comparison, tell_tuning
from eval.runs.pipelines import InProcess
from eval.runs.recording import git_revision
from eval.runs.run_folder import load_scores
from eval.sets.feedback_sheet import COLUMNS, candidates
from eval.sets.questions import load_questions
from eval.sets.sheet_import import Imported, import_rows, write_questions
from eval.sets.spreadsheets import read_sheet
from indexer.store.generations import open_index
from indexer.store.index import Index
from service.feedback import FeedbackStore, plain_cell
from service.settings import Settings

_BRIEFS = Path(__file__).parent / "questions" / "briefs.jsonl"
_BASELINE = Path(__file__).parent / "baselines" / "briefs.json"
_ALL = 1_000_000

_Parsed = TypeVar("_Parsed")


@dataclass(frozen=True, slots=True)
class Told:
    """What a command has to say, and whether something is amiss."""

    text: str
    is_amiss: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command of `python -m eval`."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], Told]


# ── compare, report, overview ───────────────────────────────────────────────────────────────────


def _add_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", type=Path, metavar="runs/A")
    parser.add_argument("after", type=Path, metavar="runs/B")
    _add_limits(parser)
    parser.add_argument("--all", action="store_true", help="name every question that moved")


def _compare(parsed: argparse.Namespace) -> Told:
    comparison = compare_runs(parsed.before, parsed.after)
    dropped = [one.measure for one in broken(parsed.fail_below, comparison.differences)]
    n_shown = _ALL if parsed.all else N_SHOWN
    return Told(tell_comparison(comparison, broken=dropped, n_shown=n_shown), bool(dropped))


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="runs/NAME")
    parser.add_argument(
        "--questions", type=Path, metavar="FILE", help="default: where it was during the run"
    )


def _report(parsed: argparse.Namespace) -> Told:
    return Told(f"{write_report(parsed.folder, parsed.questions)}\n")


def _add_overview(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", type=Path, nargs="+", metavar="runs/NAME")


def _overview(parsed: argparse.Namespace) -> Told:
    return Told(overview([load_scores(folder) for folder in parsed.folders]))


# ── gate ────────────────────────────────────────────────────────────────────────────────────────


def _add_gate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--baseline", type=Path, default=_BASELINE, metavar="FILE")
    _add_index(parser)
    _add_limits(parser)
    parser.add_argument(
        "--accept", action="store_true", help="make what is now the baseline; commit it with why"
    )
    parser.add_argument(
        "--questions", type=Path, default=_BRIEFS, metavar="FILE", help="of a new baseline"
    )


def _gate(parsed: argparse.Namespace) -> Told:
    settings = Settings.from_environ(os.environ)
    pipeline = InProcess(_open(parsed.index, settings), settings)
    if parsed.accept:
        present = measure(_short(parsed.questions), pipeline, qids=None)
        save_baseline(parsed.baseline, present)
        return Told(f"{parsed.baseline}: {len(present.scores)} questions\n")
    baseline = load_baseline(parsed.baseline)
    path = _found(Path(baseline.run.questions_path))
    present = measure(path, pipeline, qids=baseline.scores)
    texts = {question.qid: question.text for question in load_questions(path)}
    comparison = compare(baseline, present, texts)
    limits = parsed.fail_below or [Limit(None, 0.0)]
    dropped = [one.measure for one in broken(limits, comparison.differences)]
    return Told(tell_comparison(comparison, broken=dropped), bool(dropped))


def _short(path: Path) -> Path:
    """Return a path from here, where it lies below, so that a baseline says the same anywhere."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _found(path: Path) -> Path:
    """Return a question file where it was, or the one of its name that ships."""
    return path if path.is_file() else _BRIEFS.with_name(path.name)


# ── tune ────────────────────────────────────────────────────────────────────────────────────────


def _add_tune(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--questions", type=Path, required=True, metavar="FILE", help="to choose by"
    )
    parser.add_argument("--holdout", type=Path, required=True, metavar="FILE", help="held apart")
    parser.add_argument("--out", type=Path, required=True, metavar="settings.toml")
    _add_index(parser)
    parser.add_argument(
        "--grid",
        type=partial(_argument, parse_values),
        action="append",
        default=[],
        metavar="NAME=VALUE,…",
        help=f"values to try of {', '.join((*WEIGHTS, *KNOBS))}; may be repeated; "
        f"default: {' '.join(_told_values(*item) for item in DEFAULT_GRID.items())}",
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


def _told_values(name: str, values: Sequence[float]) -> str:
    return f"{name}={','.join(map(str, values))}"


def _tune(parsed: argparse.Namespace) -> Told:
    settings = Settings.from_environ(os.environ)
    index = _open(parsed.index, settings)
    development, held_apart = (
        QuestionFile(path, load_questions(path)) for path in (parsed.questions, parsed.holdout)
    )
    plan = Plan(
        in_use=settings_in_use(settings),
        threshold=threshold_in_use(settings),
        grid=dict(parsed.grid) or DEFAULT_GRID,
        measure=parsed.measure,
        wrong_costs=parsed.wrong_costs,
    )
    tuning = tune(development, held_apart, plan, partial(pipeline_with, index, settings))
    origin = {
        "questions": str(parsed.questions),
        "held_apart": str(parsed.holdout),
        "index_fingerprint": index.manifest.fingerprint,
        "git_revision": git_revision(Path(__file__).parent) or "",
    }
    write_tuning(parsed.out, tuning, origin)
    told = tell_tuning(tuning, development=str(parsed.questions), held_apart=str(parsed.holdout))
    return Told(f"{told}\n{parsed.out} is written\n", not tuning.is_gain)


# ── calibrate ───────────────────────────────────────────────────────────────────────────────────


def _add_calibrate(parser: argparse.ArgumentParser) -> None:
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


def _calibrate(parsed: argparse.Namespace) -> Told:
    settings = Settings.from_environ(os.environ)
    sets = [
        AskedSet(
            QuestionFile(path, load_questions(path)),
            InProcess(_open(index_dir, settings), settings),
        )
        for path, index_dir in parsed.sets
    ]
    calibrated = calibrate(sets)
    write_calibration(parsed.out, calibrated, sets)
    return Told(parsed.out.read_text(encoding="utf-8"))


# ── import ──────────────────────────────────────────────────────────────────────────────────────


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sheet", type=Path, metavar="FILE.csv|FILE.xlsx")
    parser.add_argument("--out", type=Path, required=True, metavar="set.jsonl")
    _add_index(parser)


def _import(parsed: argparse.Namespace) -> Told:
    index = _open(parsed.index, Settings.from_environ(os.environ))
    imported = import_rows(read_sheet(parsed.sheet), index)
    write_questions(parsed.out, imported.lines)
    return Told(_told_import(parsed.sheet, parsed.out, imported), bool(imported.faults))


def _told_import(sheet: Path, out: Path, imported: Imported) -> str:
    said = [*imported.faults, *imported.doubts]
    told = "".join(f"{sheet}, {each}\n" for each in sorted(said, key=lambda each: each.number))
    return (
        f"{told}{out}: {len(imported.lines)} questions, {imported.n_unanswerable} of them "
        f"without an answer in the reports; rows left out: {len(imported.faults)}\n"
    )


# ── export-feedback ─────────────────────────────────────────────────────────────────────────────


def _add_export_feedback(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="sheet.csv")
    _add_index(parser)


def _export_feedback(parsed: argparse.Namespace) -> Told:
    settings = Settings.from_environ(os.environ)
    found = list(candidates(FeedbackStore(settings.state).rows(), _open(parsed.index, settings)))
    with parsed.out.open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(COLUMNS)
        writer.writerows([plain_cell(cell) for cell in astuple(each)] for each in found)
    return Told(f"{parsed.out}: {len(found)} questions to be judged; `import` reads the sheet\n")


# ── what they share ─────────────────────────────────────────────────────────────────────────────


def _add_index(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="default: CITA_INDEX, or the index of the corpus"
    )


def _add_limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fail-below",
        type=partial(_argument, parse_limit),
        action="append",
        default=[],
        metavar="[MEASURE=]DROP",
        help="end with status 1 if a measure (or any) is significantly worse by more than DROP; "
        "may be repeated",
    )


def _argument(parse: Callable[[str], _Parsed], text: str) -> _Parsed:
    """Read an argument, and tell argparse why it does not fit."""
    try:
        return parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _open(index_dir: Path | None, settings: Settings) -> Index:
    return open_index(index_dir or settings.index_dir)


COMMANDS = (
    Command("compare", "say what a run does better and worse than another", _add_compare, _compare),
    Command("report", "write a run's report.html again", _add_report, _report),
    Command("overview", "put runs on several sets side by side", _add_overview, _overview),
    Command("gate", "fail if a few questions are answered worse than before", _add_gate, _gate),
    Command("tune", "search settings, try them on questions held apart", _add_tune, _tune),
    Command("calibrate", "fit confidences to judged questions", _add_calibrate, _calibrate),
    Command("import", "make a question set from a spreadsheet", _add_import, _import),
    Command(
        "export-feedback",
        "make a sheet of the questions that people said something about",
        _add_export_feedback,
        _export_feedback,
    ),
)
"""In the order of the help."""
