"""How speed, memory and recall change as an index grows.

seed index ─▶ `eval.speed.grown_corpus`: an index of N passages ─▶ served ─▶ searched by one client
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.speed.latency import Latency
from eval.speed.processes import Memory, run_measured
from eval.speed.serving import index_settings, measure_searches
from indexer.store.generations import CURRENT
from indexer.store.manifest import read_manifest

SIZES = (1_000, 10_000, 100_000, 1_000_000)
"""Passages of the grown indexes; a quick run has the first two."""


@dataclass(frozen=True, slots=True)
class Growth:
    """An index of one size.

    Attributes:
        n_passages: Passages.
        bytes_per_passage: Of all files, models apart.
        vector_index: Kind of its vector index.
        recall_at_10: Of the vector index against exact search, measured when it was written.
        written_s: Seconds that growing and writing it took; nothing is embedded.
        ready_s: Seconds from the start of a service of it until it was ready.
        memory: Of its worker after all searches.
        search: One client, one question after the other.
    """

    n_passages: int
    bytes_per_passage: float
    vector_index: str
    recall_at_10: float
    written_s: float
    ready_s: float
    memory: Memory
    search: Latency


def measure_growth(
    seed_dir: Path,
    sizes: Sequence[int],
    questions: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
) -> tuple[Growth, ...]:
    """Grow ``seed_dir`` to each of ``sizes`` passages and search it.

    Args:
        seed_dir: Index folder of real reports.
        sizes: Passages, about.
        questions: What is searched for.
        folder: Where indexes are put; each is removed by whoever removes the folder.
        environ: Whole environment of the programs.

    Raises:
        MeasurementError: An index cannot be grown or served.
    """
    grown = []
    for size in sizes:
        index_dir = folder / f"grown-{size}"
        usage = run_measured(
            ["-m", "eval.speed.grown_corpus", str(seed_dir), str(index_dir), str(size)], environ
        )
        settings = index_settings(folder / "no-corpus", index_dir, folder / "state")
        grown.append(
            measure_size(index_dir, questions, {**environ, **settings}, written_s=usage.seconds)
        )
    return tuple(grown)


def measure_size(
    index_dir: Path, questions: Sequence[str], environ: Mapping[str, str], *, written_s: float
) -> Growth:
    """Search an index that was written in ``written_s`` seconds."""
    manifest = read_manifest(index_dir / CURRENT)
    n_bytes = sum(size for name, size, _ in manifest.files if not _is_of_model(name))
    ready_s, memory, search = measure_searches(environ, questions)
    return Growth(
        n_passages=manifest.n_passages,
        bytes_per_passage=round(n_bytes / manifest.n_passages, 1),
        vector_index=manifest.vector_index,
        recall_at_10=manifest.recall_at_10,
        written_s=round(written_s, 1),
        ready_s=round(ready_s, 2),
        memory=memory,
        search=search,
    )


def _is_of_model(name: str) -> bool:
    return name.endswith((".onnx", ".weights", "tokenizer.json"))
