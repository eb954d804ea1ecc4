"""What answering needs of an index, whichever engine holds it.

The local index (`indexer.store.index`) is one implementation; an engine on other machines can be
another. Nothing outside the store reaches into its arrays.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from indexer.records import (
    Block,
    Document,
    DocumentInfo,
    EncodedText,
    Passage,
    Rows,
    Scores,
    Sentence,
    Span,
    Vectors,
)
from indexer.store.late_interaction import Matches
from indexer.store.manifest import Manifest, UnreadFile
from indexer.store.records import (
    Candidates,
    DocumentEntry,
    DocumentVectors,
    NamedRows,
    SentenceRuns,
)


class Sentences(Protocol):
    """Sentences by row, those of one text one after the other."""

    @property
    def n_sentences(self) -> int:
        """Return how many there are."""

    def sentence_document(self, row: int) -> int:
        """Return the position of the text that holds the sentence at ``row``."""

    def sentence_span(self, row: int) -> Span:
        """Return where the sentence at ``row`` stands in that text."""

    def sentence_text(self, row: int) -> str:
        """Return the text of the sentence at ``row``."""

    def sentence_block(self, row: int) -> Block:
        """Return the block that holds the sentence at ``row``."""

    def sentence_vectors(self, rows: Rows) -> Vectors:
        """Return the embeddings of the sentences at ``rows``, ``(n, dimension)``, norm 1."""

    def is_same_block(self, row: int, other: int) -> bool:
        """Tell whether two sentences stand in one block."""

    def lead_row(self, row: int) -> int | None:
        """Return the row of the sentence that introduces a list item's list or a table's row."""

    def info_of(self, row: int) -> DocumentInfo:
        """Return what is known about the text that holds the sentence at ``row``."""

    def is_superseded(self, row: int) -> bool:
        """Tell whether a newer edition here replaces the text that holds the sentence."""


class SearchIndex(Sentences, Protocol):
    """An index of documents, their passages and their sentences."""

    @property
    def documents(self) -> tuple[DocumentEntry, ...]:
        """Return all documents by position, without their texts."""

    def document(self, doc_id: str) -> Document:
        """Return a document with its text.

        Raises:
            KeyError: There is no document of this id.
        """

    def passage(self, row: int) -> Passage:
        """Return the passage at ``row``."""

    def passage_text(self, row: int) -> str:
        """Return the text of the passage at ``row``."""

    def named(
        self, keys: Sequence[str], *, documents: Sequence[int] | None
    ) -> tuple[NamedRows, ...]:
        """Return where things with a number stand, and then where they are mentioned, by row.

        Args:
            keys: Kind and number of each, such as ``article 15``.
            documents: Positions of the documents to look in; ``None`` for all.

        Returns:
            `indexer.store.records.MOST_NAMED` at most.
        """

    def numbers_of(self, kind: str, *, documents: Sequence[int] | None) -> tuple[NamedRows, ...]:
        """Return where all things of a kind stand, such as every ``article``, by row.

        Returns:
            `indexer.store.records.MOST_NAMED` at most.
        """

    def passages_at(self, runs: Sequence[range]) -> Rows:
        """Return the passages that hold a sentence of some runs of sentence rows, ascending."""

    def candidates(
        self,
        query: EncodedText,
        text: str,
        *,
        limit: int,
        documents: Sequence[int] | None,
        passages: Rows,
    ) -> Candidates:
        """Return the passages nearest to a question and those that share most words with it.

        Args:
            query: The question as the encoder sees it.
            text: Its words.
            limit: Passages of each of the two kinds at most.
            documents: Positions of the documents that may answer; ``None`` for all.
            passages: Passages that are candidates in any case.
        """

    def sentence_runs(self, candidates: Candidates) -> SentenceRuns:
        """Return the sentences of ``candidates``."""

    def match(self, query: EncodedText, passages: Rows) -> Matches:
        """Return how well passages and their sentences match, word-piece by word-piece."""

    def match_texts(self, query: EncodedText, texts: Sequence[EncodedText]) -> Scores:
        """Return how well texts that are not in the index match a question."""

    def unknown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of ``names`` that no passage has, each once."""


class StoredIndex(SearchIndex, Protocol):
    """One whole generation of an index, with what made it."""

    @property
    def place(self) -> str:
        """Return where the index lies, as ``CITA_INDEX`` names it."""

    @property
    def generation(self) -> str:
        """Return the generation's name."""

    @property
    def manifest(self) -> Manifest:
        """Return what made the generation."""

    @property
    def is_compact(self) -> bool:
        """Tell whether word-pieces are stored by a book."""

    @property
    def models_dir(self) -> Path:
        """Return the folder with the folders of the models (`indexer.store.model_folders`)."""

    @property
    def unread(self) -> tuple[UnreadFile, ...]:
        """Return the files that could not be extracted."""

    def changed_part(self) -> str | None:
        """Return a part of the index that was written to since it was opened, or ``None``."""

    def has_word(self, word: str) -> bool:
        """Tell whether a passage has a word in any of its forms; a stop word is always had."""

    def position(self, doc_id: str) -> int | None:
        """Return the position of a document, or ``None`` if there is none of this id."""

    def entry(self, doc_id: str) -> DocumentEntry:
        """Return a document without its text.

        Raises:
            KeyError: There is no document of this id.
        """

    def passage_spans(self, entry: DocumentEntry) -> tuple[Span, ...]:
        """Return where the passages of a document stand, in order."""

    def row_of(self, passage_id: str) -> int | None:
        """Return the row of a passage, or ``None`` if there is none of this id."""

    def sentences(self, entry: DocumentEntry) -> tuple[Sentence, ...]:
        """Return all sentences of a document in order."""

    def vectors_of(self, entry: DocumentEntry) -> DocumentVectors:
        """Return the vectors of a document, as they are stored."""


class IndexStore(Protocol):
    """The generations of an index, wherever it lies."""

    def current(self) -> str | None:
        """Return the name of the current generation, or ``None`` if there is none; cheap to poll.

        Raises:
            IndexerError: The store cannot be reached.
        """

    def open(
        self, generation: str | None = None, *, verify: bool = True, at_once: bool = True
    ) -> StoredIndex:
        """Open the current generation, or the one named.

        Args:
            generation: Name of a generation; ``None`` for the current one.
            verify: Whether checksums are recomputed.
            at_once: Whether so are those of large parts, which may also be compared when read.

        Raises:
            IndexMissingError: There is no index.
            IndexDamagedError: Parts of it are missing, cut short or changed.
            IndexMismatchError: It has another format.
        """
