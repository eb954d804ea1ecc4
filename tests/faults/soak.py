"""Asks a service for a long time while its index is rebuilt again and again."""

import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import ROOT
from tests.faults.load import Tally, ask_for
from tests.faults.served import Memory, Served, served

_N_CLIENTS = 2
_ASK_EVERY_S = 2.0
_BUILD_EVERY_S = 120.0
_LOOK_EVERY_S = 5.0
_MOST_GROWTH = 0.05


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Soak for ``rounds`` seconds; the last quarter's memory is held against the second's."""
    corpus_dir = work / "corpus"
    if not corpus_dir.is_dir():
        shutil.copytree(ROOT / "corpus", corpus_dir)
    environ = {
        "CITA_CORPUS": str(corpus_dir),
        "CITA_INDEX": str(work / "index"),
        "CITA_STATE": str(work / "state"),
    }
    _build(environ)
    tally, looks = Tally(), list[Memory]()
    with served(environ, work / "service.log") as service:
        service.wait_until_ready()
        until = time.monotonic() + rounds
        watching = threading.Thread(
            target=_watch, args=(service, until, looks, work / "memory.csv")
        )
        asking = threading.Thread(target=_ask, args=(service, rounds, tally))
        watching.start()
        asking.start()
        n_builds = _rebuild(corpus_dir, environ, until)
        asking.join()
        watching.join()
    own = _growth([look.own for look in looks])
    every = _growth([look.own + look.mapped for look in looks])
    failed = {status for status in tally.statuses if status != 200}
    summary = (
        f"{rounds} s, {n_builds} rebuilds: {tally.summary(rounds)}; memory of its own + mapped "
        f"{looks[0]} → {looks[-1]}, last quarter against second: {own:+.1%} of its own, "
        f"{every:+.1%} in all; load of the machine {os.getloadavg()[2]:.1f}"
    )
    return summary, not failed and max(own, every) < _MOST_GROWTH


def _growth(looks: Sequence[float]) -> float:
    """Return by how much the median of the last quarter is above that of the second."""
    quarter = len(looks) // 4
    second = statistics.median(looks[quarter : 2 * quarter])
    return statistics.median(looks[-quarter:]) / second - 1


def _ask(service: Served, seconds: float, tally: Tally) -> None:
    asking = ask_for(service, _N_CLIENTS, seconds=seconds, tally=tally, every_s=_ASK_EVERY_S)
    asyncio.run(asking)


def _watch(service: Served, until: float, looks: list[Memory], log: Path) -> None:
    with log.open("w", encoding="ascii", buffering=1) as rows:
        while time.monotonic() < until:
            looks.append(service.memory)
            rows.write(f"{time.monotonic():.0f},{looks[-1].own:.1f},{looks[-1].mapped:.1f}\n")
            time.sleep(_LOOK_EVERY_S)


def _rebuild(corpus_dir: Path, environ: dict[str, str], until: float) -> int:
    """Build again and again, each time with another report; return how often."""
    n_builds = 0
    while (began := time.monotonic()) < until:
        extra = corpus_dir / "extra.md"
        extra.write_text(f"# Extra\n\nBuild {n_builds} has {n_builds} rooms.\n", "utf-8")
        _build(environ)
        n_builds += 1
        ends = min(began + _BUILD_EVERY_S, until)
        time.sleep(max(0.0, ends - time.monotonic()))
    return n_builds


def _build(environ: dict[str, str]) -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CITA_")}
    subprocess.run(
        [sys.executable, "-m", "indexer", "build", "--quiet"],
        cwd=ROOT,
        env={**clean, **environ},
        check=True,
        stdout=subprocess.DEVNULL,
    )
