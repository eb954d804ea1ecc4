"""Kills a process that does nothing but write, publish and prune generations.

A build spends most of its time on models; here every kill falls where the index is written.
"""

import os
import random
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path

from indexer.build import build
from indexer.errors import IndexerError
from indexer.settings import IndexerSettings
from indexer.store.generations import GENERATIONS, current_generation
from indexer.store.manifest import MANIFEST, read_manifest
from indexer.store.writing.generation_lifecycle import (
    checksums,
    locked,
    partial_generation,
    prune,
    publish,
)
from tests.faults.small_corpus import settings_in, version_of_index, write_version

_LATEST_S = 1.0


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Kill ``rounds`` publishers; return what was seen, and whether all was well."""
    settings = settings_in(work)
    sources = _sources(settings, work)
    chance = random.Random(19)  # noqa: S311
    amiss: list[str] = []
    seen: set[str] = set()
    for number in range(rounds):
        child = os.fork()
        if child == 0:
            _publish_for_ever(settings.index_dir, sources)
        time.sleep(chance.uniform(0, _LATEST_S))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen.add(str(current_generation(settings.index_dir)))
        try:
            version_of_index(settings.index_dir)
        except (IndexerError, AssertionError) as error:
            amiss.append(f"kill {number}: {type(error).__name__}: {error}")
    write_version(settings.corpus, 3)
    build(settings)
    if version_of_index(settings.index_dir) != 3:
        amiss.append("the build after all kills is not the current one")
    left_over = [path.name for path in (settings.index_dir / GENERATIONS).glob(".*")]
    summary = (
        f"{rounds} kills, {len(seen)} generations seen; amiss: {amiss or 'nothing'}; left after "
        f"the next build: {left_over or 'nothing'}; no repair by hand"
    )
    return summary, not amiss and not left_over


def _sources(settings: IndexerSettings, work: Path) -> list[Path]:
    """Return copies of the generations of two versions."""
    sources = []
    for version in (1, 2):
        write_version(settings.corpus, version)
        name = build(settings).generation
        sources.append(work / f"source-{version}")
        shutil.copytree(settings.index_dir / GENERATIONS / name, sources[-1])
    return sources


def _publish_for_ever(index_dir: Path, sources: list[Path]) -> None:
    """Publish copies of two versions in turn, each under another fingerprint, until killed."""
    number = 0
    while True:
        source = sources[number % len(sources)]
        number += 1
        with locked(index_dir), partial_generation(index_dir) as partial:
            for path in source.rglob("*"):
                place = partial / path.relative_to(source)
                if path.is_dir():
                    place.mkdir(parents=True, exist_ok=True)
                elif path.name != MANIFEST:
                    place.parent.mkdir(parents=True, exist_ok=True)
                    copy = os.link if path.suffix == ".onnx" else shutil.copyfile
                    copy(path, place)
            manifest = replace(
                read_manifest(source), fingerprint=f"{number:08x}", files=checksums(partial)
            )
            publish(index_dir, partial, manifest)
            prune(index_dir, keep=2)
