"""Serve, ask, and look after keys: `python -m service --help` lists the commands."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.settings import Settings

ANSWERED, DIFFERS, ERROR, REFUSED = 0, 1, 2, 3
"""Exit codes."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; an error becomes one sentence and exit code 2."""
    parsed = _parser().parse_args(arguments)
    # Imported late so that `--help` and bad arguments respond at once.
    from indexer.errors import IndexerError  # noqa: PLC0415
    from service.errors import ServiceError  # noqa: PLC0415
    from service.settings import Settings  # noqa: PLC0415

    try:
        settings = Settings.from_environ(os.environ)
        code: int = parsed.run(parsed, settings)
    except (ServiceError, IndexerError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return ERROR
    return code


def serve(parsed: argparse.Namespace, settings: "Settings") -> int:
    """Serve the web pages and the API until stopped."""
    from service.interfaces.server import run  # noqa: PLC0415

    overrides = {name: getattr(parsed, name) for name in ("host", "port") if getattr(parsed, name)}
    with tempfile.TemporaryDirectory(prefix="cita-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # where workers share their metrics
        return run(settings.model_copy(update=overrides))


def ask(parsed: argparse.Namespace, settings: "Settings") -> int:
    """Answer one question on the terminal."""
    from service.interfaces.cli import ask_once  # noqa: PLC0415

    text, is_answered = ask_once(
        settings,
        {
            name: value
            for name in ("question", "top_k", "min_confidence", "max_quotes", "answer_language")
            if (value := getattr(parsed, name)) is not None
        },
        as_json=parsed.json,
    )
    print(text)
    return ANSWERED if is_answered else REFUSED


def mcp(_: argparse.Namespace, settings: "Settings") -> int:
    """Serve the Model Context Protocol over stdin and stdout, for a client that starts this."""
    from service.interfaces.chat.mcp.stdio import serve_stdio  # noqa: PLC0415

    return serve_stdio(settings)


def canary(parsed: argparse.Namespace, settings: "Settings") -> int:
    """Ask a running service known questions and compare the quotes."""
    from service.interfaces.canary import compare, record  # noqa: PLC0415

    url = parsed.url or f"http://{settings.host}:{settings.port}"
    if parsed.record:
        lines = record(parsed.record, url, key=parsed.key)
        parsed.file.write_text(lines, encoding="utf-8")
        print(f"{len(parsed.record)} questions written to {parsed.file}; see that they are right")
        return ANSWERED
    differences = compare(parsed.file, url, key=parsed.key)
    print("\n".join(differences) or "every known question is answered as it was")
    return DIFFERS if differences else ANSWERED


def keys(parsed: argparse.Namespace, settings: "Settings") -> int:
    """Make, list, rotate and revoke the API keys of the service."""
    from service.interfaces.key_commands import ACTIONS  # noqa: PLC0415

    print(ACTIONS[parsed.action](parsed, settings))
    if parsed.action != "list":
        print(
            f"written to {settings.keys_path}, which a service with this CITA_STATE follows",
            file=sys.stderr,
        )
    return ANSWERED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m service",
        description="Answer questions with sentences quoted from reports.",
        epilog="Settings are CITA_… environment variables; README.md lists them.",
    )
    commands = parser.add_subparsers(metavar="command", required=True)

    serving = commands.add_parser(
        "serve", help="serve the web pages and the JSON API", description=serve.__doc__
    )
    serving.add_argument("--host", help="address to listen on, 0.0.0.0 for all (CITA_HOST)")
    serving.add_argument("--port", type=_port, help="port to listen on (CITA_PORT)")
    serving.set_defaults(run=serve)

    asking = commands.add_parser(
        "ask",
        help="answer one question",
        description=ask.__doc__,
        epilog="Exit code 0: answered; 3: no answer was found; 2: an error.",
    )
    asking.add_argument("question", help="in English, Spanish or Portuguese")
    asking.add_argument("--json", action="store_true", help="print what POST /v1/ask returns")
    asking.add_argument("--top-k", type=int, metavar="N", help="passages read (1 to 50)")
    asking.add_argument("--max-quotes", type=int, metavar="N", help="quotes at most (1 to 8)")
    asking.add_argument(
        "--min-confidence", type=float, metavar="P", help="refuse below it (0 to 1)"
    )
    asking.add_argument(
        "--answer-language", choices=("en", "es", "pt"), help="of the words around the quotes"
    )
    asking.set_defaults(run=ask)

    serving_mcp = commands.add_parser(
        "mcp", help="serve agents over stdin and stdout", description=mcp.__doc__
    )
    serving_mcp.set_defaults(run=mcp)

    asking_known = commands.add_parser(
        "canary",
        help="compare a running service's answers with known ones",
        description=canary.__doc__,
        epilog="Exit code 0: as known; 1: an answer differs; 2: an error.",
    )
    asking_known.add_argument("file", type=Path, help="known questions, one JSON object a line")
    asking_known.add_argument("--url", help="of the service; default: CITA_HOST and CITA_PORT")
    asking_known.add_argument("--key", help="API key, where the service wants one")
    asking_known.add_argument(
        "--record", nargs="+", metavar="QUESTION", help="write the file from the answers of now"
    )
    asking_known.set_defaults(run=canary)

    key_parser = commands.add_parser("keys", help="manage API keys", description=keys.__doc__)
    key_parser.set_defaults(run=keys)
    _add_key_parsers(key_parser)
    return parser


def _add_key_parsers(parser: argparse.ArgumentParser) -> None:
    """Add the commands to ``keys``."""
    commands = parser.add_subparsers(metavar="command", dest="action", required=True)

    adding = commands.add_parser("add", help="make a key and print it, once")
    adding.add_argument(
        "--scope",
        action="append",
        choices=("ask", "search", "admin"),
        help="what it allows; again for another; default ask and search",
    )
    adding.add_argument("--days", type=_days, metavar="N", help="days until it expires")

    rotating = commands.add_parser("rotate", help="make a new key under the same label")
    rotating.add_argument(
        "--hours", type=_hours, default=24, metavar="N", help="that the old one still works; 24"
    )

    revoking = commands.add_parser("revoke", help="take a label's keys away at once")

    for command in (adding, rotating, revoking):
        command.add_argument("label", help="who has it; stands in the log")

    commands.add_parser("list", help="list labels, never keys")


def _number(text: str, *, lowest: int, highest: int) -> int:
    if not text.isdecimal() or not lowest <= int(text) <= highest:
        raise argparse.ArgumentTypeError(f"want {lowest} to {highest}, got {text!r}")
    return int(text)


_port = partial(_number, lowest=1, highest=65535)
_days = partial(_number, lowest=1, highest=36500)
_hours = partial(_number, lowest=0, highest=8760)


if __name__ == "__main__":
    sys.exit(main())
