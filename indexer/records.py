"""Records of the indexer: spans, blocks, documents, sentences, passages.

Every offset counts Unicode code points of the text it indexes, never bytes or UTF-16 units.
"""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Embeddings, shape ``(n_texts, dimension)``; every row has L2 norm 1."""

Rows = NDArray[np.int64]
"""Positions in the index, shape ``(n,)``."""

Scores = NDArray[np.float32]
"""One score for each of ``n`` passages or sentences, shape ``(n,)``."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A non-empty range ``[start, end)`` of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"need 0 <= start < end, got [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """Return the characters of ``text`` this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both cover a character of one document."""
        return self.start < other.end and other.start < self.end


class BlockKind(StrEnum):
    """Kind of a block of text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class PageStart:
    """From offset ``start`` on, text stands on physical page ``page`` (1-based)."""

    start: int
    page: int


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One clean block as extracted, before the document is assembled.

    Attributes:
        kind: What the block is.
        text: Its text without line breaks inside sentences; never blank. Cells of a table row
            are joined by ``" | "``; a list item keeps its marker (``"- "``, ``"(a) "``).
        level: Outline level of a heading, 1 the highest. Of another block: headings from this level
            on have ended above it; 0 where none has.
        page_starts: Ascending by ``start``, which counts from the block's own beginning; the first
            has ``start`` 0, further ones stand where the block crosses a page. Empty when the
            format has no pages.
        begins_table: It is the first row of a table without a header, which therefore is none of
            the rows of a table above it.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page_starts: tuple[PageStart, ...] = ()
    begins_table: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was extracted from one file.

    Attributes:
        blocks: In reading order, at least one.
        page_labels: Printed label of each physical page (``page_labels[0]`` is page 1's), ``None``
            where the page has none or it equals the physical number; ``None`` as a whole when the
            format has no pages.
        title: Title the file itself gives, or ``None``.
        front_matter: Metadata written into the file by its author, as catalogue fields.
        notes: What was lost or repaired, one sentence each, for the build's summary.
    """

    blocks: tuple[TextBlock, ...]
    page_labels: tuple[str | None, ...] | None = None
    title: str | None = None
    front_matter: tuple[tuple[str, object], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an assembled document.

    Attributes:
        kind: What the block is.
        span: Where it stands in the document's text.
        headings: Path of headings above it, outermost first; a heading's own path ends with itself.
        lead: Span of the text that a list item or table row needs to be understood (the sentence
            that introduces the list, the table's header), or ``None``.
        is_apparatus: Whether it belongs to the book and not to what the book says: a contents
            page, a bibliography, an imprint. It is found but never quoted.
    """

    kind: BlockKind
    span: Span
    headings: tuple[str, ...]
    lead: Span | None = None
    is_apparatus: bool = False


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A report that another document restates in its own words, as practice briefs do.

    Attributes:
        doc_id: Id that it has where it is in the corpus itself.
        short_name: What references in the restating document call it.
        title: As printed.
        publisher: As in `DocumentInfo`; so are the others.
    """

    doc_id: str
    short_name: str
    title: str
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    language: str = "en"
    url: str | None = None
    identifier: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A report's metadata: its catalogue row, completed from the file.

    Attributes:
        countries: ISO 3166-1 alpha-2 codes, as the catalogue or the file has them.
        named_countries: Those that the report's own text deals with, the most named first; empty
            where the catalogue or the file says which it is about, be it none.
        language: ISO 639-1 code.
        supersedes: File names or ids of the documents that it replaces.
        sources: The reports that it restates.
    """

    title: str
    subtitle: str | None = None
    summary: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    language: str = "en"
    kind: str | None = None
    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    licence: str | None = None
    url: str | None = None
    identifier: str | None = None
    supersedes: tuple[str, ...] = ()
    sources: tuple[SourceReport, ...] = ()
    named_countries: tuple[str, ...] = ()

    @property
    def filter_countries(self) -> tuple[str, ...]:
        """Return the countries by which the report is found."""
        return self.countries or self.named_countries


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its clean text and everything that is known about where that text stands.

    Attributes:
        doc_id: Slug of the file stem, with a suffix where two files share one.
        info: Metadata.
        file: Path inside the corpus folder, with forward slashes.
        sha256: Of the file's bytes, lower-case hexadecimal.
        text: Blocks joined by line breaks; the text that every span of this document indexes.
        blocks: Ascending, not overlapping; together they hold all of the text but the white space
            between them.
        page_starts: Ascending by ``start``; pages themselves need not ascend, since a footnote is
            moved behind the paragraph it interrupts. Empty when the format has no pages.
        page_labels: As in `Extraction`.
        notes: As in `Extraction`.
    """

    doc_id: str
    info: DocumentInfo
    file: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    page_starts: tuple[PageStart, ...] = ()
    page_labels: tuple[str | None, ...] | None = None
    notes: tuple[str, ...] = ()

    @property
    def text_sha256(self) -> str:
        """Return the SHA-256 of the text in UTF-8, in lower-case hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def block_number_at(self, offset: int) -> int:
        """Return the number among ``blocks`` of the one that ``offset`` is in, or behind."""
        return bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1

    def page_at(self, offset: int) -> int | None:
        """Return the 1-based page of the character at ``offset``; ``None`` without pages."""
        if not self.page_starts:
            return None
        after = bisect_right(self.page_starts, offset, key=lambda page_start: page_start.start)
        return self.page_starts[max(after - 1, 0)].page

    def page_label(self, page: int | None) -> str | None:
        """Return what is printed on physical page ``page``, or ``None`` where nothing else is."""
        if page is None or self.page_labels is None:
            return None
        return self.page_labels[page - 1]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item, table row or heading: what may be quoted, or must not be.

    Attributes:
        span: Where it stands in its document's text.
        block: Position of its block in ``Document.blocks``.
    """

    span: Span
    block: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit embedded, retrieved and shown: whole sentences under one heading path.

    Attributes:
        doc_id: The document it belongs to.
        span: Where it stands in that document's text.
        headings: Path of headings above it, outermost first.
        first_sentence: Position of its first sentence among the document's sentences.
        last_sentence: Position of its last one, included.
        context: What is embedded before its text: title, headings, a list's lead-in or a table's
            header. May be empty.
    """

    doc_id: str
    span: Span
    headings: tuple[str, ...]
    first_sentence: int
    last_sentence: int
    context: str = ""

    @property
    def passage_id(self) -> str:
        """Return the document's id and the span, which together name this passage for good."""
        return f"{self.doc_id}:{self.span.start}-{self.span.end}"


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A text as the encoder sees it, whole and by piece.

    Attributes:
        vector: Of the whole, shape ``(dimension,)``, norm 1.
        ids: Vocabulary ids of its word-pieces without the special ones, ``(n_pieces,)``.
        pieces: Their vectors, ``(n_pieces, width)``, rows of norm 1.
    """

    vector: Vectors
    ids: NDArray[np.int64]
    pieces: Vectors
