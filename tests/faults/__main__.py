"""Runs one drill: `python -m tests.faults crash-builder --rounds 200 --work /tmp/drill`.

Each prints what it did and what it saw, and ends with 1 if anything was wrong.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.faults import (
    api_fuzz,
    bit_flips,
    crash_builder,
    crash_publisher,
    crash_service,
    cut_files,
    guards,
    load,
    mutated_files,
    restore,
    soak,
    swaps,
)

DRILLS: dict[str, Callable[[Path, int], tuple[str, bool]]] = {
    "crash-builder": crash_builder.drill,
    "crash-publisher": crash_publisher.drill,
    "crash-service": crash_service.drill,
    "api-fuzz": api_fuzz.drill,
    "bit-flips": bit_flips.drill,
    "bit-flips-compact": partial(bit_flips.drill, is_compact=True),
    "cut-files": cut_files.drill,
    "cut-files-compact": partial(cut_files.drill, is_compact=True),
    "guards": guards.drill,
    "mutated-files": mutated_files.drill,
    "restore": restore.drill,
    "swaps": swaps.drill,
    "load": load.drill,
    "soak": soak.drill,
}


def main() -> int:
    """Run the drill that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("drill", choices=sorted(DRILLS))
    parser.add_argument(
        "--rounds", type=int, default=20, help="kills, swaps, changes of a file, or seconds"
    )
    parser.add_argument("--work", type=Path, required=True, help="an empty folder to work in")
    parsed = parser.parse_args()
    parsed.work.mkdir(parents=True, exist_ok=True)
    summary, is_well = DRILLS[parsed.drill](parsed.work, parsed.rounds)
    print(summary)
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
