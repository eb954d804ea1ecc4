"""`run`: ask every question of a set, judge the answers, and keep it all in a folder."""

import argparse
from pathlib import Path

from eval.bench import bench, build_index
from eval.commands.command import Command, CommandResult
from eval.errors import TuningError
from eval.exchange.conversion import FORMATS, prepare
from eval.fitting.settings_file import load_settings_file
from eval.runs.pipeline_opening import open_pipeline
from eval.runs.pipelines import Pipeline
from eval.runs.run_folder import SUMMARY
from eval.settings import EvalSettings
from indexer.index_place import IndexPlace, index_argument


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--questions", type=Path, required=True, metavar="FILE")
    parser.add_argument("--out", type=Path, required=True, metavar="runs/NAME")
    pipeline = parser.add_mutually_exclusive_group()
    pipeline.add_argument(
        "--index", type=index_argument, metavar="PLACE", help="default: CITA_INDEX"
    )
    pipeline.add_argument("--url", help="of any server with our API, asked in place of an index")
    parser.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help="of `tune`; not for a server, which has its own",
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default=FORMATS[0],
        help="of the questions; a set that brings documents has them indexed first, unless "
        "--index or --url says who knows them",
    )


def _run(parsed: argparse.Namespace, settings: EvalSettings) -> CommandResult:
    questions_path, corpus_dir = prepare(parsed.questions, parsed.format, parsed.out)
    place: IndexPlace | None = parsed.index
    if corpus_dir is not None and place is None and parsed.url is None:
        place = build_index(corpus_dir, parsed.out, settings.service)
    bench(questions_path, _pipeline(parsed, place, settings), parsed.out)
    return CommandResult((parsed.out / SUMMARY).read_text(encoding="utf-8"))


def _pipeline(
    parsed: argparse.Namespace, place: IndexPlace | None, settings: EvalSettings
) -> Pipeline:
    if parsed.settings is None:
        return open_pipeline(place, parsed.url, settings.service)
    if parsed.url is not None:
        raise TuningError("a server has settings of its own; leave out --settings, or --url")
    index = settings.open_index(place)
    return load_settings_file(parsed.settings).pipeline(index, settings.service)


COMMAND = Command(
    "run",
    "ask every question of a set, judge the answers, and keep it all in a folder",
    _add_arguments,
    _run,
)
