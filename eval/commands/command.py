"""The shape of every command, and the arguments that several of them have."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from eval.comparison.drop_limits import parse_drop_limit
from eval.settings import EvalSettings

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class CommandResult:
    """Result of a command.

    Attributes:
        text: To print, with its line breaks.
        is_amiss: Whether to end with status 1: done, but something is wrong.
    """

    text: str
    is_amiss: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command of `python -m eval`."""

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, EvalSettings], CommandResult]


def add_index(parser: argparse.ArgumentParser) -> None:
    """Add ``--index``."""
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="default: CITA_INDEX, or the index of the corpus"
    )


def add_drop_limits(parser: argparse.ArgumentParser) -> None:
    """Add ``--fail-below``."""
    parser.add_argument(
        "--fail-below",
        type=argument(parse_drop_limit),
        action="append",
        default=[],
        metavar="[MEASURE=]DROP",
        help="end with status 1 if a measure (or any) is significantly worse by more than DROP; "
        "may be repeated",
    )


def argument(parse: Callable[[str], _Value]) -> Callable[[str], _Value]:
    """Return ``parse`` as the type of an argument, its ``ValueError`` shown to the user."""

    def parse_argument(text: str) -> _Value:
        try:
            return parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return parse_argument
