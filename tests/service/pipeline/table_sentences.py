"""A Markdown file as sentences, for tests of what is made of its tables."""

from bisect import bisect_left

import numpy as np

from indexer.extraction.markdown import extract_markdown
from indexer.records import Block, DocumentInfo, Rows, Span, Vectors
from indexer.segmentation.documents import assemble
from indexer.segmentation.sentences import split_sentences


class MarkdownSentences:
    """The sentences of one file; they have no vectors."""

    def __init__(self, text: str) -> None:
        self.info = DocumentInfo("Budget")
        self.document = assemble(
            extract_markdown(text.encode()), doc_id="d", info=self.info, file="d.md", sha256="00"
        )
        self._sentences = split_sentences(self.document)

    @property
    def n_sentences(self) -> int:
        return len(self._sentences)

    def row_of(self, text: str) -> int:
        """Return the row of the first sentence that begins with ``text``."""
        return next(
            row for row in range(self.n_sentences) if self.sentence_text(row).startswith(text)
        )

    def sentence_document(self, row: int) -> int:
        del row
        return 0

    def sentence_span(self, row: int) -> Span:
        return self._sentences[row].span

    def sentence_text(self, row: int) -> str:
        return self.sentence_span(row).of(self.document.text)

    def sentence_block(self, row: int) -> Block:
        return self.document.blocks[self._sentences[row].block]

    def sentence_vectors(self, rows: Rows) -> Vectors:
        return np.zeros((len(rows), 1), dtype=np.float32)

    def is_same_block(self, row: int, other: int) -> bool:
        return self._sentences[row].block == self._sentences[other].block

    def lead_row(self, row: int) -> int | None:
        lead = self.sentence_block(row).lead
        starts = [sentence.span.start for sentence in self._sentences]
        return bisect_left(starts, lead.start) if lead else None

    def info_of(self, row: int) -> DocumentInfo:
        del row
        return self.info

    def is_superseded(self, row: int) -> bool:
        del row
        return False
