"""`convert`: turn a public set into a corpus and a question file."""

import argparse
from pathlib import Path

from eval.commands.command import Command, CommandResult
from eval.exchange.conversion import CONVERTED, convert
from eval.exchange.public_sets import CORPUS
from eval.settings import EvalSettings


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("set", type=Path, metavar="SET")
    parser.add_argument("out", type=Path, metavar="FOLDER")
    parser.add_argument("--format", choices=CONVERTED, required=True)


def _run(parsed: argparse.Namespace, _: EvalSettings) -> CommandResult:
    questions_path = convert(parsed.set, parsed.format, parsed.out)
    corpus_dir = questions_path.parent / CORPUS
    return CommandResult(f"{questions_path}, on the documents of {corpus_dir}\n")


COMMAND = Command(
    "convert",
    "turn a public set into a folder that Cita indexes and a question file",
    _add_arguments,
    _run,
)
