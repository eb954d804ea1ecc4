"""Flips bits of every file of an index, one at a time, and opens it as a service does."""

import random
from pathlib import Path

from indexer.build import build
from indexer.errors import IndexerError
from indexer.store.generations import CURRENT, open_index
from tests.faults.small_corpus import settings_in, version_of_index, write_version


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Flip ``rounds`` bits in each file; return what was seen, and whether all was well."""
    settings = settings_in(work)
    write_version(settings.corpus, 1)
    build(settings)
    folder = (settings.index_dir / CURRENT).resolve()
    chance = random.Random(19)  # noqa: S311
    n_flips = 0
    missed: list[str] = []
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    for path in files:
        path.chmod(0o644)
        n_bytes = path.stat().st_size
        for _ in range(rounds):
            place, bit = chance.randrange(n_bytes), 1 << chance.randrange(8)
            _flip(path, place, bit)
            if not _is_found(settings.index_dir):
                missed.append(f"{path.name} byte {place}")
            _flip(path, place, bit)
            n_flips += 1
    version_of_index(settings.index_dir)
    summary = f"{n_flips} bits flipped in {len(files)} files; not found: {missed or 'none'}"
    return summary, not missed


def _flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ bit]))


def _is_found(index_dir: Path) -> bool:
    try:
        open_index(index_dir)
    except IndexerError:
        return True
    return False
