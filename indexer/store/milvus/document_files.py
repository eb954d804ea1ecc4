"""What a generation in Milvus keeps of each document: its text, and where its parts stand."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamagedError
from indexer.records import Document, Passage, Span
from indexer.segmentation.cut_documents import CutDocument
from indexer.store.database import (
    StoredPassages,
    laid_out,
    layout_of,
    passages_content,
    stored_passages,
)
from indexer.store.late_interaction import Counts
from indexer.store.milvus.arrays import from_text, to_text
from indexer.store.records import DocumentEntry

_PARTS = ("text", "passages", "rows")


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """A document with its text.

    Attributes:
        document: The document.
        contexts: Headings and contexts of its passages.
        passages: ``(n_passages, 4)``: where each starts and ends, its first and last sentence.
        sentences: ``(n_sentences, 3)``: where each starts and ends, and its block.
        counts: Of the word-pieces of its passages.
    """

    document: Document
    contexts: StoredPassages
    passages: NDArray[np.int64]
    sentences: NDArray[np.int64]
    counts: Counts

    def passage(self, number: int) -> Passage:
        """Return the ``number``-th passage."""
        start, end, first, last = self.passages[number].tolist()
        headings, context = self.contexts.of(number)
        return Passage(
            doc_id=self.document.doc_id,
            span=Span(start, end),
            headings=headings,
            first_sentence=first,
            last_sentence=last,
            context=context,
        )


def document_file_names(position: int) -> list[str]:
    """Return the names of the files of the document at ``position``."""
    return [f"document/{position:09d}/{part}" for part in _PARTS]


def document_files(position: int, cut: CutDocument, counts: Counts) -> dict[str, bytes]:
    """Return the files of a document by name.

    Args:
        position: Of the document.
        cut: The document with its passages and sentences.
        counts: Of the word-pieces of its passages.
    """
    passages, sentences = cut.passages, cut.sentences
    rows = to_text(
        _table(
            [(p.span.start, p.span.end, p.first_sentence, p.last_sentence) for p in passages], 4
        ),
        _table([(s.span.start, s.span.end, s.block) for s in sentences], 3),
        counts,
    )
    whole = json.dumps([cut.document.text, *layout_of(cut.document)], ensure_ascii=False)
    contents = (whole.encode(), passages_content(passages), rows.encode())
    return dict(zip(document_file_names(position), contents, strict=True))


def document_parts(position: int, files: dict[str, bytes], entry: DocumentEntry) -> DocumentParts:
    """Return what `document_files` wrote of the document of ``entry``.

    Raises:
        IndexDamagedError: A file is missing, or its text is not the one that was indexed.
    """
    try:
        whole, passages, rows = (files[name] for name in document_file_names(position))
        text, *layout = json.loads(whole)
        document = laid_out(entry, text, layout)
        tables = from_text(rows.decode())
        contexts = stored_passages(passages)
    except (KeyError, ValueError) as error:
        raise IndexDamagedError(f"{entry.doc_id!r} is not whole in Milvus: {error}") from error
    if hashlib.sha256(document.text.encode()).hexdigest() != entry.text_sha256:
        raise IndexDamagedError(f"the text of {entry.doc_id!r} in Milvus is not its own")
    return DocumentParts(document, contexts, *tables)


def _table(rows: Sequence[tuple[int, ...]], width: int) -> NDArray[np.int64]:
    return np.asarray(rows, dtype=np.int64).reshape(-1, width)
