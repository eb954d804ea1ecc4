"""Kills the builder at random moments, and looks at the index after each."""

import importlib
import os
import signal
import time
from pathlib import Path

from indexer.build import build
from indexer.errors import IndexerError
from indexer.settings import IndexerSettings
from tests.faults.small_corpus import settings_in, version_of_index, write_version
from tests.faults.turns import seeded_chance, turns

_SLOW_IMPORTS = ("torch", "transformers", "sentence_transformers", "onnx", "faiss", "tantivy")
_LATEST = 1.1
"""Kills fall between the start of a build and this many times its usual length."""


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Kill ``rounds`` builders; return what was seen, and whether all was well."""
    settings = settings_in(work)
    for module in _SLOW_IMPORTS:  # every child then has them; none may compute before it is forked
        importlib.import_module(module)
    first = _next_version(settings)
    usual_s = min(_timed_build(settings, first + version) for version in (0, 1))
    chance = seeded_chance()
    version, killed, done = first + 1, 0, 0
    amiss: list[str] = []
    for number in (first + 2 + turn for turn in turns(rounds)):
        write_version(settings.corpus, number)
        was_killed = _killed_build(settings, chance.uniform(0, _LATEST * usual_s))
        killed += was_killed
        done += not was_killed
        try:
            seen = version_of_index(settings.index_dir)
        except (IndexerError, AssertionError) as error:
            amiss.append(f"round {number}: {type(error).__name__}: {error}")
            continue
        if seen not in {version, number} or (seen != number and not was_killed):
            amiss.append(f"round {number}: version {seen} after {version}")
        version = seen
    last = first + rounds + 2
    _timed_build(settings, last)
    if version_of_index(settings.index_dir) != last:
        amiss.append("the build after all kills is not the current one")
    summary = (
        f"{killed} builders killed, {done} had finished before; a build takes {usual_s:.1f} s; "
        f"amiss: {amiss or 'nothing'}; the next build needed no repair"
    )
    return summary, not amiss


def _next_version(settings: IndexerSettings) -> int:
    """Return a version that no slice before has written."""
    return version_of_index(settings.index_dir) + 1 if settings.index_dir.is_dir() else 0


def _timed_build(settings: IndexerSettings, version: int) -> float:
    write_version(settings.corpus, version)
    began = time.monotonic()
    child = _fork_build(settings)
    os.waitpid(child, 0)
    return time.monotonic() - began


def _killed_build(settings: IndexerSettings, after_s: float) -> bool:
    """Build in a child and kill it after a while; return whether it was still at work."""
    child = _fork_build(settings)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _fork_build(settings: IndexerSettings) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            build(settings)
            code = 0
        finally:
            os._exit(code)
    return child
