"""Kills the builder at random moments, and looks at the index after each."""

import os
import random
import signal
import time
from pathlib import Path

from indexer.build import build
from indexer.encoder.building.text_encoder import PACKAGED, Encoder
from indexer.errors import IndexerError
from indexer.settings import IndexerSettings
from tests.faults.small_corpus import settings_in, version_of_index, write_version

_LATEST = 1.1
"""Kills fall between the start of a build and this many times its usual length."""


def drill(work: Path, rounds: int) -> tuple[str, bool]:
    """Kill ``rounds`` builders; return what was seen, and whether all was well."""
    settings = settings_in(work)
    Encoder(PACKAGED, precision="fp32").count_pieces(["imports what every child then has"])
    usual_s = min(_timed_build(settings, version) for version in (0, 1))
    chance = random.Random(19)  # noqa: S311
    version, killed, done = 1, 0, 0
    amiss: list[str] = []
    for number in range(2, rounds + 2):
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
    _timed_build(settings, rounds + 2)
    last = version_of_index(settings.index_dir)
    if last != rounds + 2:
        amiss.append(f"the build after all kills gave version {last}")
    summary = (
        f"{killed} builders killed, {done} had finished before; a build takes {usual_s:.1f} s; "
        f"amiss: {amiss or 'nothing'}; the next build needed no repair"
    )
    return summary, not amiss


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
