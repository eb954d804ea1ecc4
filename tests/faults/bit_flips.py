"""Flips bits of every file of an index, one at a time, and opens it as a service does.

A flip is found if the index does not open or a question is refused for it, or harmless if it still
answers as before.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from indexer.build import build
from indexer.errors import IndexDamagedError, IndexerError
from indexer.store import checked_rows, manifest
from indexer.store.checked_rows import sums_path
from indexer.store.generations import CURRENT
from indexer.store.writing import rows_writer
from service.library import open_edition
from service.pipeline.answering import Answerer
from service.settings import Settings
from tests.faults.answers import answers_of
from tests.faults.small_corpus import settings_in, version_of_index, write_version

_BLOCK_BYTES = 256


def drill(work: Path, rounds: int, *, is_compact: bool = False) -> tuple[str, bool]:
    """Flip ``rounds`` bits in each file; return what was seen, and whether all was well.

    Files that are checked block by block where they are large are flipped once more as such, in
    small blocks and a tenth as often: only what a question reads is compared there.
    """
    with (
        patch.object(checked_rows, "BLOCK_BYTES", _BLOCK_BYTES),
        patch.object(rows_writer, "BLOCK_BYTES", _BLOCK_BYTES),
    ):
        return _drill(work, rounds, is_compact=is_compact)


def _drill(work: Path, rounds: int, *, is_compact: bool) -> tuple[str, bool]:
    settings = settings_in(work, is_compact=is_compact)
    if not settings.index_dir.is_dir():
        write_version(settings.corpus, 1)
        build(settings)
    serving = Settings(corpus=settings.corpus, index=settings.index_dir)
    wanted = answers_of(open_edition(serving, "current").answerer)
    folder = (settings.index_dir / CURRENT).resolve()
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    by_block = [path for path in files if sums_path(path) in files]
    chance = random.Random(19)  # noqa: S311
    whole = [_flips(path, rounds, chance, serving, wanted) for path in files]
    with patch.object(manifest, "LARGE_BYTES", 0):
        blocks = [_flips(path, rounds // 10, chance, serving, wanted) for path in by_block]
    version_of_index(settings.index_dir)
    amiss = [line for _, lines in (*whole, *blocks) for line in lines]
    summary = (
        f"{len(files)} files: {_total(whole)}; {len(by_block)} by block: {_total(blocks)}; "
        f"amiss: {amiss or 'nothing'}"
    )
    return summary, not amiss


def _total(flips: Sequence[tuple[Counter[str], list[str]]]) -> dict[str, int]:
    return dict(sum((outcomes for outcomes, _ in flips), Counter[str]()))


def _flips(
    path: Path, n_flips: int, chance: random.Random, serving: Settings, wanted: list[str]
) -> tuple[Counter[str], list[str]]:
    """Flip bits of one file, one at a time; return what came of them, and what was amiss."""
    path.chmod(0o644)
    n_bytes = path.stat().st_size
    outcomes: Counter[str] = Counter()
    amiss: list[str] = []
    with _others_hashed_once(path):
        for _ in range(n_flips):
            place, bit = chance.randrange(n_bytes), 1 << chance.randrange(8)
            _flip(path, place, bit)
            outcome = _outcome(serving, wanted)
            _flip(path, place, bit)
            outcomes[outcome] += 1
            if outcome not in {"found", "found when read", "harmless"}:
                amiss.append(f"{path.name} byte {place}: {outcome}")
    print(f"{path.name}: {dict(outcomes)}", flush=True)  # noqa: T201
    return outcomes, amiss


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
    except IndexDamagedError:
        return "found when read"
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
