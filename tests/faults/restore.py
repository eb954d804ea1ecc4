"""Backs up a whole service and restores it on empty folders, by the commands of the guide."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT
from tests.faults.served import served

_QUESTION = "How does Chile help migrants rent?"


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Back up and restore ``rounds`` times; return how long each took.

    The index is that of ``CITA_INDEX`` in ``work/index``, built before from the briefs.
    """
    before = _environ(work)
    if not (work / "corpus").is_dir():
        shutil.copytree(ROOT / "corpus", work / "corpus")
    key = _run(before, "service", "keys", "add", "drill").split()[-1]
    backup = work / "backup.tar"
    lines, is_well = [], True
    for number in range(rounds):
        place = work / f"restored-{number}"
        place.mkdir()
        after = _environ(place)
        began = time.monotonic()
        _run(before, "indexer", "backup", str(backup))
        backed_up = time.monotonic()
        _run(after, "indexer", "restore", str(backup))
        restored = time.monotonic()
        refused, status, quote, answers_s = _asked(after, place / "service.log", key)
        is_well = is_well and (refused, status) == (401, 200)
        lines.append(
            f"{backup.stat().st_size / 1e6:.0f} MB: backup {backed_up - began:.1f} s, restore "
            f"{restored - backed_up:.1f} s, first answer {answers_s:.1f} s after the start; "
            f"without the key {refused}, with it {status}: {quote[:60]!r}"
        )
        shutil.rmtree(place)
    return "\n".join(lines), is_well


def _asked(environ: dict[str, str], log: Path, key: str) -> tuple[int, int, str, float]:
    """Return status without and with the key, the first quote, and seconds until it came."""
    began = time.monotonic()
    with served(environ, log) as service:
        refused, _ = service.ask(_QUESTION)
        while refused == 0:
            refused, _ = service.ask(_QUESTION)
        service.key = key
        service.wait_until_ready()
        status, answer = service.ask(_QUESTION)
        answers_s = time.monotonic() - began
    quote = answer["answer"]["quotes"][0]["text"] if status == 200 else ""
    return refused, status, quote, answers_s


def _environ(place: Path) -> dict[str, str]:
    return {
        "CITA_CORPUS": str(place / "corpus"),
        "CITA_INDEX": str(place / "index"),
        "CITA_STATE": str(place / "state"),
    }


def _run(environ: dict[str, str], *command: str) -> str:
    clean = {name: text for name, text in os.environ.items() if not name.startswith("CITA_")}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**clean, **environ},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
