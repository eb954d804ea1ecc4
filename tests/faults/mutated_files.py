"""Extracts damaged copies of real files, each in the builder's own process with its limits."""

import hashlib
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from indexer.errors import IndexerError, UnreadableError
from indexer.extraction.sandbox import Bounds, extract_all
from tests.conftest import ROOT
from tests.faults.turns import seeded_chance, turns

_BOUNDS = Bounds(timeout_s=30.0, memory_mb=1024, workers=2)
_SLACK = 3.0
"""A file may take this many times its limit, beside other work, before that counts as a hang."""


def _flip(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(max(1, len(data) // 500)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return data


def _cut(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(1, len(data))]


def _repeat(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 4096)]
    return data[:start] + piece * chance.randrange(2, 50) + data[start:]


def _remove(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 4096) :] or bytearray(b" ")


def _change_numbers(data: bytearray, chance: random.Random) -> bytearray:
    places = [at for at, byte in enumerate(data) if 48 <= byte < 58]
    for at in chance.sample(places, min(20, len(places))):
        data[at] = chance.randrange(48, 58)
    return data


_MUTATIONS: tuple[Callable[[bytearray, random.Random], bytearray], ...] = (
    _flip,
    _cut,
    _repeat,
    _remove,
    _change_numbers,
)


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Damage each file of ``bench/pdf-robustness`` in ``rounds`` ways; return what was seen."""
    shared = Path(os.environ.get("CITA_SHARED", ROOT.parent / "shared"))
    chance = seeded_chance()
    outcomes: Counter[str] = Counter()
    amiss: list[str] = []
    seeds = sorted((shared / "bench" / "pdf-robustness").glob("*.pdf"))
    n_ways = 0
    for number in turns(rounds):
        n_ways += 1
        mutate = _MUTATIONS[number % len(_MUTATIONS)]
        for seed in seeds:
            data = bytes(mutate(bytearray(seed.read_bytes()), chance))
            path = work / "mutated.pdf"
            path.write_bytes(data)
            name = f"{seed.name} {mutate.__name__} {number}"
            outcome = _outcome(path, hashlib.sha256(data).hexdigest())
            outcomes[outcome] += 1
            if outcome.startswith(("failed", "hang", "its reader")):
                amiss.append(f"{name}: {outcome}")
                (work / f"{len(amiss)}.pdf").write_bytes(data)
    summary = (
        f"{len(seeds)} files, each in {n_ways} ways: {dict(outcomes.most_common())}; "
        f"amiss: {amiss or 'nothing'}"
    )
    return summary, not amiss


def _outcome(path: Path, sha256: str) -> str:
    began = time.monotonic()
    try:
        (result,) = extract_all([(path, sha256)], _BOUNDS)
    except IndexerError as error:
        return f"failed: {error}"
    if time.monotonic() - began > _SLACK * _BOUNDS.timeout_s:
        return f"hang of {time.monotonic() - began:.0f} s"
    if not isinstance(result, UnreadableError):
        return "extracted"
    return result.detail if result.detail.startswith("its reader") else str(result.reason)
