"""Judge what the pipeline answers: `python -m eval --help` lists the commands."""

import argparse
import os
import sys
from collections.abc import Sequence

from eval.commands import (
    calibrate,
    check,
    compare,
    compare_indexes,
    convert,
    export,
    export_feedback,
    extraction,
    gate,
    import_sheet,
    overview,
    report,
    run,
    tune,
)
from eval.commands.command import Command
from eval.errors import EvalError
from eval.settings import EvalSettings
from indexer.errors import IndexerError
from service.errors import ServiceError

COMMANDS = (
    check.COMMAND,
    run.COMMAND,
    convert.COMMAND,
    export.COMMAND,
    compare.COMMAND,
    compare_indexes.COMMAND,
    report.COMMAND,
    overview.COMMAND,
    gate.COMMAND,
    tune.COMMAND,
    calibrate.COMMAND,
    import_sheet.COMMAND,
    export_feedback.COMMAND,
    extraction.COMMAND,
)
"""In the order of the help."""

_OK, _AMISS, _ERROR = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 for done, 1 for done with something amiss, 2 for an error."""
    parsed = _parser().parse_args(arguments)
    command: Command = parsed.command
    try:
        result = command.run(parsed, EvalSettings.from_environ(os.environ))
    except (EvalError, IndexerError, ServiceError, OSError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return _ERROR
    print(result.text, end="")
    return _AMISS if result.is_amiss else _OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        own = parsers.add_parser(command.name, help=command.help, description=command.help)
        command.add_arguments(own)
        own.set_defaults(command=command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
