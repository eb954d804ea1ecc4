"""What a measurement was made on: figures of different machines are not comparable."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_CPU_INFO = Path("/proc/cpuinfo")
_INSTRUCTIONS = ("amx_int8", "amx_bf16", "avx512_bf16", "avx512_vnni", "avx_vnni", "avx2")
"""Instructions that decide how fast the models run, fastest first."""

_LIBRARIES = (
    "faiss-cpu", "numpy", "onnxruntime", "sentence-transformers", "tantivy", "tokenizers", "torch",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine and the programs of a measurement.

    Attributes:
        cpu: Its model.
        instructions: Those of its instructions that the models use.
        n_cores: CPU cores that this process may use.
        python: Version.
        libraries: Versions of the libraries that decide the speed.
        measured_at: ISO 8601, UTC.
        load_before: Processes that wanted a core, mean of the minute before; where it is far
            above 0, somebody else was at work, and times are worth little.
    """

    cpu: str
    instructions: tuple[str, ...]
    n_cores: int
    python: str
    libraries: Mapping[str, str]
    measured_at: str
    load_before: float


def this_machine() -> Machine:
    """Return what this process runs on."""
    info = _CPU_INFO.read_text(encoding="utf-8") if _CPU_INFO.exists() else ""
    lines = (line.partition(":") for line in info.splitlines())
    fields = {name.strip(): value.strip() for name, _, value in lines}
    flags = set(fields.get("flags", "").split())
    return Machine(
        cpu=fields.get("model name", platform.processor() or "unknown"),
        instructions=tuple(name for name in _INSTRUCTIONS if name in flags),
        n_cores=len(os.sched_getaffinity(0)),
        python=platform.python_version(),
        libraries=_versions(_LIBRARIES),
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        load_before=round(os.getloadavg()[0], 2),
    )


def _versions(distributions: Sequence[str]) -> dict[str, str]:
    found = {}
    for name in distributions:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
