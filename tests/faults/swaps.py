"""Swaps between two generations many times in one process, and looks at memory and open files."""

import gc
import os
from pathlib import Path

from indexer.build import build
from indexer.store.writing.generation_lifecycle import make_current
from service.library import Library
from service.settings import Settings
from tests.faults.small_corpus import settings_in, write_version

_MOST_GROWTH_MB = 30.0


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Swap ``rounds`` times; growth is counted from a tenth of them on."""
    settings = settings_in(work)
    generations = []
    for version in (1, 2):
        write_version(settings.corpus, version)
        generations.append(build(settings).generation)
    library = Library(Settings(corpus=settings.corpus, index=settings.index_dir))
    looks = []
    for number in range(rounds):
        make_current(settings.index_dir, generations[number % 2])
        library.look()
        assert library.current().generation == generations[number % 2]
        gc.collect()
        looks.append((_resident_mb(), len(list(Path("/proc/self/fd").iterdir()))))
    (warm_mb, warm_files), (last_mb, last_files) = looks[rounds // 10], looks[-1]
    summary = (
        f"{rounds} swaps: memory {warm_mb:.0f} → {last_mb:.0f} MB, "
        f"open files {warm_files} → {last_files}"
    )
    return summary, last_mb - warm_mb < _MOST_GROWTH_MB and last_files <= warm_files


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
