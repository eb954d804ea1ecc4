"""Measures how fast Cita is: ``python -m eval.speed --corpus FOLDER --questions FILE --out DIR``.

corpus ─▶ built from nothing ─▶ its texts encoded bare ─▶ served ─▶ asked by 1, 8, 32 clients
       ─▶ grown ─▶ beside other systems ─▶ DIR/results.json and a table

Times of one run only can be compared with each other, on a machine that does nothing else.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from eval.errors import EvalError
from eval.reporting.plots import growth_plot
from eval.sets.questions import load_questions
from eval.speed.building import measure_build
from eval.speed.growth import SIZES, measure_growth
from eval.speed.machine import this_machine
from eval.speed.peer_comparison import PeerResult, compare_peers, environments
from eval.speed.serving import index_settings, measure_service
from eval.speed.summary import Results, summary
from indexer.errors import IndexerError

RESULTS, SUMMARY, GROWTH = "results.json", "summary.md", "growth.svg"
_N_REQUESTS, _N_REQUESTS_QUICK = 240, 40
_N_STARTS, _N_STARTS_QUICK = 5, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a table and store everything; return 0, or 2 for an error."""
    parsed = _parser().parse_args(arguments)
    environ = {key: value for key, value in os.environ.items() if not key.startswith("CITA_")}
    try:
        results = measure(parsed, environ)
    except (EvalError, IndexerError, OSError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    parsed.out.mkdir(parents=True, exist_ok=True)
    stored = json.dumps(asdict(results), ensure_ascii=False, indent=2)
    (parsed.out / RESULTS).write_text(f"{stored}\n", encoding="utf-8")
    (parsed.out / SUMMARY).write_text(summary(results), encoding="utf-8")
    if results.growth:
        places = [(float(size.n_passages), size.search.p50_ms) for size in results.growth]
        (parsed.out / GROWTH).write_text(growth_plot(places), encoding="utf-8")
    print(summary(results), end="")
    return 0


def measure(parsed: argparse.Namespace, environ: dict[str, str]) -> Results:
    """Measure all that the command line asks for."""
    questions = load_questions(parsed.questions)
    machine = this_machine()
    with tempfile.TemporaryDirectory(prefix="cita-speed-") as folder:
        index_dir, state = Path(folder) / "index", Path(folder) / "state"
        build = measure_build(parsed.corpus, index_dir, environ)
        service = measure_service(
            {**environ, **index_settings(parsed.corpus, index_dir, state)},
            [question.text for question in questions],
            n_requests=_N_REQUESTS_QUICK if parsed.quick else _N_REQUESTS,
            n_starts=_N_STARTS_QUICK if parsed.quick else _N_STARTS,
        )
        texts = [question.text for question in questions]
        sizes = [size for size in SIZES if size <= parsed.passages]
        growth = measure_growth(index_dir, sizes, texts, Path(folder), environ)
        peers: tuple[PeerResult, ...] = ()
        if parsed.peers:
            english = [question for question in questions if question.language == "en"]
            work = Path(folder)
            peers = compare_peers(index_dir, english, environments(parsed.peers), work, environ)
    return Results(machine, str(parsed.corpus), build, service, growth, peers)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.speed", description=main.__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of reports")
    parser.add_argument("--questions", type=Path, required=True, help="judged questions on them")
    parser.add_argument("--out", type=Path, default=Path("runs/speed"), help="where to store it")
    parser.add_argument(
        "--passages",
        type=int,
        default=0,
        metavar="N",
        help="grow the index to 1,000, 10,000… passages up to N, and search each",
    )
    parser.add_argument(
        "--peers", type=Path, help="folder that eval/speed/peers/install.sh filled: ask peers, too"
    )
    parser.add_argument("--quick", action="store_true", help="fewer requests: a few minutes")
    return parser


if __name__ == "__main__":
    sys.exit(main())
