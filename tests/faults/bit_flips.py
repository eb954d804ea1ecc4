"""Flips bits of every file of an index, one at a time, and opens it as a service does.

A flip is found if the index does not open, or harmless if it opens and still answers as before.
"""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from indexer.build import build
from indexer.errors import IndexerError
from indexer.store import manifest
from indexer.store.generations import CURRENT
from service.library import open_edition
from service.pipeline.answering import Answerer
from service.settings import Settings
from tests.faults.answers import answers_of
from tests.faults.small_corpus import settings_in, version_of_index, write_version


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Flip ``rounds`` bits in each file; return what was seen, and whether all was well."""
    settings = settings_in(work)
    if not settings.index_dir.is_dir():
        write_version(settings.corpus, 1)
        build(settings)
    serving = Settings(corpus=settings.corpus, index=settings.index_dir)
    wanted = answers_of(open_edition(serving, "current").answerer)
    folder = (settings.index_dir / CURRENT).resolve()
    chance = random.Random(19)  # noqa: S311
    outcomes: Counter[str] = Counter()
    amiss: list[str] = []
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    for path in files:
        path.chmod(0o644)
        n_bytes = path.stat().st_size
        with _others_hashed_once(path):
            for _ in range(rounds):
                place, bit = chance.randrange(n_bytes), 1 << chance.randrange(8)
                _flip(path, place, bit)
                outcome = _outcome(serving, wanted)
                _flip(path, place, bit)
                outcomes[outcome] += 1
                if outcome not in {"found", "harmless"}:
                    amiss.append(f"{path.name} byte {place}: {outcome}")
    version_of_index(settings.index_dir)
    summary = (
        f"{outcomes.total()} bits flipped in {len(files)} files: {dict(outcomes)}; "
        f"amiss: {amiss or 'nothing'}"
    )
    return summary, not amiss


def _flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ bit]))


def _outcome(settings: Settings, wanted: list[str]) -> str:
    try:
        answerer: Answerer = open_edition(settings, "current").answerer
    except IndexerError:
        return "found"
    except Exception as error:  # noqa: BLE001 - what the service does not expect is what we look for
        return f"raised {type(error).__name__}: {error}"
    try:
        return "harmless" if answers_of(answerer) == wanted else "answers otherwise"
    except Exception as error:  # noqa: BLE001
        return f"raised in answering {type(error).__name__}: {error}"


@contextmanager
def _others_hashed_once(flipped: Path) -> Iterator[None]:
    """Hash the files that stay as they are once, since large ones would take most of the time."""
    hash_file, known = manifest.hash_file, dict[Path, str]()

    def hash_of(path: Path) -> str:
        if path.name == flipped.name and path.samefile(flipped):
            return hash_file(path)
        if path not in known:
            known[path] = hash_file(path)
        return known[path]

    with patch.object(manifest, "hash_file", hash_of):
        yield
