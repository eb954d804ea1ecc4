"""Cuts each file of an index short under a running service, then builds again as the guide says.

No answer may be wrong meanwhile, and the service must answer again without a restart.
"""

import json
import time
import urllib.request
from collections import Counter
from pathlib import Path

from indexer.build import build
from indexer.store.generations import CURRENT
from tests.faults.served import Served, served
from tests.faults.small_corpus import settings_in, write_version

_QUESTION = "How many rented rooms does the harbour of town 1 have?"
_WANTED = "11 rented rooms"
_N_QUESTIONS = 5
_LONGEST_S = 120.0


def drill(work: Path, rounds: int, *, is_compact: bool = False) -> tuple[str, bool]:
    """Cut up to ``rounds`` files, one after the other; return what was seen."""
    settings = settings_in(work, is_compact=is_compact)
    write_version(settings.corpus, 1)
    build(settings)
    environ = {
        "CITA_CORPUS": str(settings.corpus),
        "CITA_INDEX": str(settings.index_dir),
        "CITA_STATE": str(work / "state"),
    }
    current = settings.index_dir / CURRENT
    names = _names(current)[:rounds]
    seen: Counter[str] = Counter()
    took_s: list[float] = []
    amiss: list[str] = []
    with served(environ, work / "service.log") as service:
        service.wait_until_ready()
        for name in names:
            _cut(_like(current, name).resolve())
            said = Counter(_said(service) for _ in range(_N_QUESTIONS))
            seen += said
            generation = build(settings).generation
            began = time.monotonic()
            while not _is_right(service, generation) and time.monotonic() - began < _LONGEST_S:
                time.sleep(0.2)
            took_s.append(time.monotonic() - began)
            print(f"{name}: {dict(said)}, right after {took_s[-1]:.1f} s", flush=True)  # noqa: T201
            if "wrong" in said or took_s[-1] >= _LONGEST_S:
                amiss.append(f"{name}: {dict(said)}, {took_s[-1]:.0f} s")
    summary = (
        f"{len(names)} files cut: {dict(seen)}; right again at most {max(took_s):.1f} s after the "
        f"build; amiss: {amiss or 'nothing'}"
    )
    return summary, not amiss


def _names(folder: Path) -> list[Path]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    return sorted(path.relative_to(folder) for path in paths)


def _like(folder: Path, name: Path) -> Path:
    """Return that file, or one of its kind: the lexical index names its files anew each time."""
    path = folder / name
    return path if path.exists() else min(path.parent.glob(f"*{path.suffix}"))


def _cut(path: Path) -> None:
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _is_right(service: Served, generation: str) -> bool:
    """Tell whether the service answers right, and from that generation, which is cut next."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{service.port}/readyz") as response:
            serves = json.load(response)["generation"]
    except OSError:
        return False
    return bool(serves == generation) and _said(service) == "right"


def _said(service: Served) -> str:
    status, answer = service.ask(_QUESTION)
    if status == 0:
        return "connection broken"
    if status != 200:
        return str(status)
    quotes = " ".join(quote["text"] for quote in answer["answer"]["quotes"])
    return "right" if _WANTED in quotes else "wrong"
