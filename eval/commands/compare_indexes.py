"""`compare-indexes`: say whether two indexes hold and answer the same, and how fast."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from eval.commands.command import Command, CommandResult
from eval.comparison.index_comparison import Timings, compare_answers, compare_contents
from eval.settings import EvalSettings
from indexer.index_place import index_argument
from service.pipeline.answering import Answerer

_N_WARM_UP = 3


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("places", type=index_argument, nargs=2, metavar="PLACE")
    parser.add_argument(
        "--questions", type=Path, metavar="FILE", help="asked of both; a `question` a JSON line"
    )


def _run(parsed: argparse.Namespace, settings: EvalSettings) -> CommandResult:
    indexes = [settings.open_index(place) for place in parsed.places]
    contents = compare_contents(indexes[0], indexes[1])
    lines, is_amiss = [*contents.lines()], not contents.are_none
    if parsed.questions is not None:
        questions, timings = _questions(parsed.questions), [Timings(), Timings()]
        answerers = [Answerer(index) for index in indexes]
        compare_answers(answerers, questions[:_N_WARM_UP], [Timings(), Timings()])
        answers = compare_answers(answerers, questions, timings)
        places = [index.place for index in indexes]
        lines += [*answers.lines(), *map(Timings.line, timings, places)]
        is_amiss = is_amiss or not answers.are_none
    return CommandResult("".join(f"{line}\n" for line in lines), is_amiss=is_amiss)


def _questions(path: Path) -> Sequence[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [str(json.loads(line)["question"]) for line in lines if line.strip()]


COMMAND = Command(
    "compare-indexes",
    "say whether two indexes of the same reports hold and answer the same, and how fast",
    _add_arguments,
    _run,
)
