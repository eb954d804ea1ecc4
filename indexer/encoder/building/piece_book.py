"""The book by which word-piece vectors of a large index are stored in 48 bytes instead of 128.

`piece_book_fitting` made the one that ships. It belongs to one encoder; the pieces of another are
stored a byte a component.
"""

from pathlib import Path

import numpy as np
from safetensors import safe_open

from indexer.store.piece_code import Book

BOOK_PATH = Path(__file__).with_name("piece_book.safetensors")

NAMES = ("parts", "rest")
"""Of the arrays in the file, first stage first."""


def book_for(encoder_sha256: str) -> Book | None:
    """Return the book of an encoder; ``None`` if it has none."""
    with safe_open(BOOK_PATH, framework="numpy") as file:
        if file.metadata().get("encoder_sha256") != encoder_sha256:
            return None
        return tuple(np.asarray(file.get_tensor(name), dtype=np.float32) for name in NAMES)
