"""Kills the service at random moments around a swap, and looks at what it answers after each."""

import os
import signal
import time
from pathlib import Path

from indexer.build import build
from indexer.settings import IndexerSettings
from indexer.store.writing.generation_lifecycle import make_current
from tests.faults.served import Served, served
from tests.faults.small_corpus import settings_in, write_version
from tests.faults.turns import seeded_chance, turns

_QUESTION = "How many rented rooms does the harbour of town 1 have?"
_ROUNDS_EACH = 5
_LATEST_S = 2.0


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Kill a worker, or every fifth time all, ``rounds`` times; return what was seen."""
    settings = settings_in(work)
    generations, versions = _two_generations(settings)
    environ = {
        "CITA_CORPUS": str(settings.corpus),
        "CITA_INDEX": str(settings.index_dir),
        "CITA_STATE": str(work / "state"),
        "CITA_POLL_S": "0.1",
    }
    chance = seeded_chance()
    amiss: list[str] = []
    n_kills = 0
    for number in turns(rounds // _ROUNDS_EACH):
        with served(environ, work / "service.log") as service:
            service.wait_until_ready()
            amiss += _mixed(service, versions)
            for kill in range(_ROUNDS_EACH):
                make_current(settings.index_dir, generations[(number + kill) % 2])
                time.sleep(chance.uniform(0, _LATEST_S))
                n_kills += 1
                if kill == _ROUNDS_EACH - 1:
                    service.supervisor.kill()
                    break
                _kill_worker(service)
                service.wait_until_ready()
                amiss += _mixed(service, versions)
    summary = f"{n_kills} kills; amiss: {amiss or 'nothing'}; nothing was repaired by hand"
    return summary, not amiss


def _two_generations(settings: IndexerSettings) -> tuple[list[str], dict[str, int]]:
    """Return the names of two generations, and the version of each by its fingerprint."""
    generations, versions = [], {}
    for version in (1, 2):
        write_version(settings.corpus, version)
        result = build(settings)
        generations.append(result.generation)
        versions[result.manifest.fingerprint] = version
    return generations, versions


def _kill_worker(service: Served) -> None:
    for worker in service.workers:
        os.kill(worker, signal.SIGKILL)


def _mixed(service: Served, versions: dict[str, int]) -> list[str]:
    """Return what is wrong with an answer: each generation has figures of its own version."""
    status, answer = service.ask(_QUESTION)
    if status != 200:
        return [f"status {status}"]
    version = versions[answer["index"]["fingerprint"]]
    quotes = " ".join(quote["text"] for quote in answer["answer"]["quotes"])
    return [] if f"{version * 10 + 1} rented rooms" in quotes else [f"{version}: {quotes}"]
