"""Where an index lies: in a folder of this machine."""

from pathlib import Path

IndexPlace = Path


def parse_index_place(text: str) -> IndexPlace:
    """Return the place that ``CITA_INDEX`` names: a folder."""
    return Path(text)
