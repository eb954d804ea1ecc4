"""Judge what the pipeline answers: `python -m eval --help` lists the commands."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from eval.bench import EXPORTS, FORMATS, INDEX, bench, convert, export, open_pipeline, prepare
from eval.commands import COMMANDS, Command
from eval.errors import EvalError, QuestionFormatError, TuningError
from eval.fitting.tuned_settings import load_tuned
from eval.reporting.html_report import write_report
from eval.runs.pipelines import Pipeline
from eval.runs.run_folder import SUMMARY
from eval.sets.gold_texts import Sources, load_sources
from eval.sets.questions import load_questions
from eval.sets.rules import REQUIRED, check
from eval.sets.statistics import summary, told_overlaps
from indexer.errors import IndexerError
from indexer.store.generations import open_index
from service.errors import ServiceError
from service.settings import Settings

AddParser = Callable[..., argparse.ArgumentParser]
"""Adds a command of a name, with the keywords of a parser."""

_OK, _FOUND, _ERROR = 0, 1, 2
_SETS = Path(__file__).parent / "questions"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 for done, 1 for done with something amiss, 2 for an error."""
    parsed = _parser().parse_args(arguments)
    try:
        command: Callable[[argparse.Namespace], int] = parsed.command
        return command(parsed)
    except (EvalError, IndexerError, ServiceError, OSError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return _ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_check(commands.add_parser)
    _add_run(commands.add_parser)
    _add_convert(commands.add_parser)
    _add_export(commands.add_parser)
    for command in COMMANDS:
        _add_command(commands.add_parser, command)
    return parser


def _add_check(add: AddParser) -> None:
    text = "hold question sets to their rules: one line a finding, then each set's numbers"
    checks = add("check", help=text, description=text)
    checks.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: all we ship")
    checks.add_argument(
        "--corpus", type=Path, default=Path("corpus"), help="folder of the documents asked about"
    )
    checks.set_defaults(command=_check)


def _add_run(add: AddParser) -> None:
    text = "ask every question of a set, judge the answers, and keep it all in a folder"
    runs = add("run", help=text, description=text)
    runs.add_argument("--questions", type=Path, required=True, metavar="FILE")
    runs.add_argument("--out", type=Path, required=True, metavar="runs/NAME")
    asked = runs.add_mutually_exclusive_group()
    asked.add_argument("--index", type=Path, metavar="DIR", help="default: CITA_INDEX")
    asked.add_argument("--url", help="of any server with our API, asked in place of an index")
    runs.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help="of `tune`; not for a server, which has its own",
    )
    runs.add_argument(
        "--format",
        choices=FORMATS,
        default=FORMATS[0],
        help="of the questions; a set that brings documents has them indexed first, unless "
        "--index or --url says who knows them",
    )
    runs.set_defaults(command=_run)


def _add_convert(add: AddParser) -> None:
    text = "turn a public set into a folder that Cita indexes and a question file"
    converts = add("convert", help=text, description=text)
    converts.add_argument("set", type=Path, metavar="SET")
    converts.add_argument("out", type=Path, metavar="FOLDER")
    converts.add_argument("--format", choices=("squad", "beir", "cita"), required=True)
    converts.set_defaults(command=_convert)


def _add_export(add: AddParser) -> None:
    text = "write a run in the format of another tool"
    exports = add("export", help=text, description=text)
    exports.add_argument("run", type=Path, metavar="runs/NAME")
    exports.add_argument("out", type=Path, metavar="FOLDER")
    exports.add_argument("--format", choices=EXPORTS, required=True)
    exports.set_defaults(command=_export)


def _add_command(add: AddParser, command: Command) -> None:
    """Add a command that gives back what to say."""
    adding = add(command.name, help=command.help, description=command.help)
    command.add_arguments(adding)

    def tell(parsed: argparse.Namespace) -> int:
        told = command.run(parsed)
        print(told.text, end="")
        return _FOUND if told.is_amiss else _OK

    adding.set_defaults(command=tell)


def _run(parsed: argparse.Namespace) -> int:
    settings = Settings.from_environ(os.environ)
    questions, corpus_dir = prepare(parsed.questions, parsed.format, parsed.out)
    index_dir: Path | None = parsed.index
    if corpus_dir is not None and index_dir is None and parsed.url is None:
        from indexer.build import build  # noqa: PLC0415 - only building needs torch, 5 s to load

        index_dir = parsed.out / INDEX
        build(settings.model_copy(update={"corpus": corpus_dir, "index": index_dir}))
    bench(questions, _pipeline(parsed, index_dir, settings), parsed.out)
    write_report(parsed.out, questions)
    print((parsed.out / SUMMARY).read_text(encoding="utf-8"), end="")
    return _OK


def _pipeline(parsed: argparse.Namespace, index_dir: Path | None, settings: Settings) -> Pipeline:
    if parsed.settings is None:
        return open_pipeline(index_dir, parsed.url, settings)
    if parsed.url is not None:
        raise TuningError("a server has settings of its own; leave out --settings, or --url")
    index = open_index(index_dir or settings.index_dir)
    return load_tuned(parsed.settings).pipeline(index, settings)


def _convert(parsed: argparse.Namespace) -> int:
    questions = convert(parsed.set, parsed.format, parsed.out)
    print(f"{questions}, on the documents of {questions.parent / 'corpus'}")
    return _OK


def _export(parsed: argparse.Namespace) -> int:
    export(parsed.run, parsed.format, parsed.out, Settings.from_environ(os.environ))
    print(f"{parsed.run} as {parsed.format} in {parsed.out}")
    return _OK


def _check(parsed: argparse.Namespace) -> int:
    shared_dir = Path(os.environ.get("CITA_SHARED", "../shared"))
    sources = load_sources(parsed.corpus, shared_dir)
    files = parsed.files or sorted(_SETS.glob("*.jsonl"))
    n_findings = sum(_check_file(path, sources) for path in files)
    if not sources.reports:
        print(f"no reports in {shared_dir} (CITA_SHARED): nothing was compared with their text")
    development = shared_dir / "eval" / "dev" / "questions.jsonl"
    if development.is_file():
        told = told_overlaps(load_questions(development), sources)
        print(f"for comparison, overlap of the development set: {told}")
    return _FOUND if n_findings else _OK


def _check_file(path: Path, sources: Sources) -> int:
    """Print what is wrong with a file and what it is like; return the number of findings."""
    try:
        questions = load_questions(path)
    except QuestionFormatError as error:
        print(error)
        return len(error.faults)
    findings = check(questions, sources, REQUIRED.get(path.stem))
    for finding in findings:
        print(f"{path}: {finding}")
    print(f"{path}:", *summary(questions, sources), f"  {len(findings)} findings", sep="\n")
    return len(findings)


if __name__ == "__main__":
    sys.exit(main())
