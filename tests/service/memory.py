"""How much memory this process has."""

import os
from pathlib import Path


def own_mb() -> float:
    """Return its resident memory in megabytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
