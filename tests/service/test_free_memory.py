"""What was freed goes back to the system."""

import gc
import subprocess
import sys

import pytest

from service.free_memory import give_memory_back, look_for_garbage_seldom
from tests.service.memory import own_mb

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only glibc is asked")

_THREADS_TAKE_MEMORY = """
import re, sys, threading
from pathlib import Path
from service.free_memory import take_memory_from_few_places

if sys.argv[1] == "few":
    take_memory_from_few_places()
together = threading.Barrier(8)
kept = []

def take():
    together.wait()
    kept.append(bytearray(1000))
    together.wait()

threads = [threading.Thread(target=take) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
starts = re.findall(r"^([0-9a-f]+)-", Path("/proc/self/maps").read_text(), re.MULTILINE)
print(sum(int(start, 16) % (64 << 20) == 0 for start in starts))  # arenas of threads lie there
"""


def test_memory_that_is_free_goes_back_to_the_system() -> None:
    blocks = [bytearray(1000) for _ in range(100_000)]
    full_mb = own_mb()
    del blocks[:-1]  # the last one holds the heap's end where it is

    give_memory_back()

    assert full_mb - own_mb() > 70


def test_threads_take_memory_from_few_places() -> None:
    many, few = (
        int(subprocess.check_output([sys.executable, "-c", _THREADS_TAKE_MEMORY, which]))
        for which in ("many", "few")
    )

    assert few < many
    assert few <= 2


def test_objects_that_stay_are_seldom_looked_through() -> None:
    usual = gc.get_threshold()
    look_for_garbage_seldom()
    try:
        gc.collect()
        before = gc.get_stats()[0]["collections"]
        kept: list[list[int]] = [[] for _ in range(10_000)]
        n_looks = gc.get_stats()[0]["collections"] - before
    finally:
        gc.set_threshold(*usual)

    assert len(kept) > 10 * usual[0]
    assert n_looks <= 1
