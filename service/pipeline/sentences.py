"""What choosing quotes needs of sentences: an index has it, and so have texts a caller brings."""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.records import Block


class Sentences(Protocol):
    """Sentences by row, those of one text one after the other."""

    @property
    def sentence_rows(self) -> NDArray[np.int32]:
        """Return ``(n_sentences, 4)``: position of the text, start, end, block."""

    @property
    def sentence_vectors(self) -> NDArray[np.floating[Any]]:
        """Return ``(n_sentences, dimension)``, rows of norm 1."""

    def sentence_text(self, row: int) -> str:
        """Return the text of the sentence at ``row``."""

    def sentence_block(self, row: int) -> Block:
        """Return the block that holds the sentence at ``row``."""

    def is_same_block(self, row: int, other: int) -> bool:
        """Tell whether two sentences stand in one block."""

    def lead_row(self, row: int) -> int | None:
        """Return the row of the sentence that introduces a list item's list or a table's row."""

    def title_of(self, row: int) -> str:
        """Return the title of the text that the sentence at ``row`` stands in; may be empty."""
