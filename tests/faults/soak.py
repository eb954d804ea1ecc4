"""Asks a service for a long time while its index is rebuilt again and again."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.conftest import ROOT
from tests.faults.load import Tally, ask_for
from tests.faults.served import served

_N_CLIENTS = 2
_BUILD_EVERY_S = 60.0
_WARM_SHARE = 0.2
_MOST_GROWTH = 0.05


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Soak for ``rounds`` seconds; memory is compared from a fifth of them on."""
    corpus_dir = work / "corpus"
    if not corpus_dir.is_dir():
        subprocess.run(["cp", "-r", ROOT / "corpus", corpus_dir], check=True)
    environ = {
        "CITA_CORPUS": str(corpus_dir),
        "CITA_INDEX": str(work / "index"),
        "CITA_STATE": str(work / "state"),
    }
    _build(environ)
    tally, samples, n_builds = Tally(), [], 0
    with served(environ, work / "service.log") as service:
        service.wait_until_ready()
        until = time.monotonic() + rounds
        asking = threading.Thread(
            target=lambda: asyncio.run(ask_for(service, _N_CLIENTS, seconds=rounds, tally=tally))
        )
        asking.start()
        while time.monotonic() < until:
            extra = corpus_dir / "extra.md"
            extra.write_text(f"# Extra\n\nBuild {n_builds} has {n_builds} rooms.\n", "utf-8")
            _build(environ)
            n_builds += 1
            time.sleep(max(0.0, min(_BUILD_EVERY_S, until - time.monotonic())))
            samples.append(service.memory_mb)
        asking.join()
    warm = samples[int(len(samples) * _WARM_SHARE)]
    growth = samples[-1] / warm - 1
    failed = {status for status in tally.statuses if status != 200}
    summary = (
        f"{rounds} s, {n_builds} rebuilds: {tally.summary(rounds)}; memory {warm:.0f} → "
        f"{samples[-1]:.0f} MB ({growth:+.1%})"
    )
    return summary, not failed and growth < _MOST_GROWTH


def _build(environ: dict[str, str]) -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CITA_")}
    subprocess.run(
        [sys.executable, "-m", "indexer", "build", "--quiet"],
        cwd=ROOT,
        env={**clean, **environ},
        check=True,
        stdout=subprocess.DEVNULL,
    )
