"""`extraction`: hold what we read of PDFs against two other extractors."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from eval.commands.command import Command, CommandResult
from eval.errors import ExtractorError
from eval.extraction.agreement import Agreement, agreement
from eval.extraction.agreement_summary import agreement_summary
from eval.extraction.fault_pictures import draw_worst
from eval.extraction.faults import Counts, count
from eval.settings import EvalSettings
from indexer.errors import UnreadableError


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="FOLDER", help="or a PDF file")
    parser.add_argument(
        "--worst", type=int, default=10, metavar="N", help="pages listed, with most faults"
    )
    parser.add_argument(
        "--pictures", type=Path, metavar="DIR", help="folder for pictures of what is listed"
    )


def _run(parsed: argparse.Namespace, _: EvalSettings) -> CommandResult:
    files = sorted(file for path in parsed.paths for file in _files(path))
    if not files:
        raise ExtractorError(f"no PDF in {', '.join(map(str, parsed.paths))}; name another folder")
    compared: list[Agreement] = []
    lines: list[str] = []
    for file in tqdm(files, desc="comparing", disable=None):
        try:
            compared.append(agreement(file))
        except (ExtractorError, UnreadableError) as error:
            lines.append(f"{file.name}: {error}")
    lines += agreement_summary(compared, n_worst=parsed.worst)
    if parsed.pictures is not None:
        lines += draw_worst(compared, parsed.worst, parsed.pictures)
    total = Counts()
    for item in compared:
        total.add(count(item))
    return CommandResult("".join(f"{line}\n" for line in lines), is_amiss=total.is_amiss)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from path.rglob("*.pdf")
    else:
        yield path


COMMAND = Command(
    "extraction",
    "hold what we read of PDFs against poppler and PDFium, word by word and figure by figure",
    _add_arguments,
    _run,
)
