"""What a memo of quotes says; `service.presentation.word_memo` writes it as a Word document."""

from dataclasses import dataclass

from indexer.records import Span
from service.presentation.cited_works import CitationPart, CitedWork, citation_parts
from service.records import QuotedTable


@dataclass(frozen=True, slots=True)
class MemoSource:
    """The source of a quote, as its footnote has it.

    Attributes:
        works: What is cited, at least one.
        href: Opens the document that the quote is from, at the quote.
        found_in: That document, where the quote restates the works; else ``None``.
        found_in_words: Words before it.
    """

    works: tuple[CitedWork, ...]
    href: str
    found_in: CitedWork | None = None
    found_in_words: str = ""

    @property
    def cited(self) -> tuple[tuple[str, str, str], ...]:
        """Return what identifies the reports of the note, whatever their places."""
        found_in = (self.found_in,) if self.found_in else ()
        works = (*self.works, *found_in)
        return tuple((work.author, work.title, work.publication) for work in works)

    @property
    def parts(self) -> tuple[CitationPart, ...]:
        """Return the citation in parts."""
        return citation_parts(self.works, self.found_in, found_in_words=self.found_in_words)

    def may_refer_to(self, earlier: "MemoSource") -> bool:
        """Tell whether a note on this may name an earlier one and tell only the places apart.

        It may not where it has no section or page in place of the earlier one's, or several works.
        """
        if len(self.works) > 1:
            return False
        ours, theirs = (
            (source.works[0], source.found_in or source.works[0]) for source in (self, earlier)
        )
        return all(
            bool(work.section) >= bool(other.section) and bool(work.page) >= bool(other.page)
            for work, other in zip(ours, theirs, strict=True)
        )


MarkedText = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it is set bold."""


@dataclass(frozen=True, slots=True)
class MemoTable:
    """Rows of a table.

    Attributes:
        rows: The cells of each row.
        has_header: Whether the first row has the headings of the columns.
        title: Stands above; may be empty.
    """

    rows: tuple[tuple[MarkedText, ...], ...]
    has_header: bool
    title: str = ""

    @classmethod
    def of_row(cls, quoted: QuotedTable) -> "MemoTable":
        """Return a quoted row under its headings."""
        rows = (quoted.columns, quoted.cells)
        marked = tuple(tuple(((text, False),) for text in row) for row in rows)
        return cls(marked, has_header=True, title=quoted.title)


@dataclass(frozen=True, slots=True)
class MemoQuote:
    """One quote, or a part of it that is set by itself.

    Attributes:
        text: Verbatim.
        language: ISO 639-1 code, for the spelling checker.
        source: For its footnote; ``None`` where the next part has that.
        table: What is set in place of the text, if it is of a table.
        marks: Parts of the text to be set bold.
    """

    text: str
    language: str
    source: MemoSource | None
    table: MemoTable | None = None
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class MemoSection:
    """Quotes under a heading.

    Attributes:
        quotes: In order.
        heading: In words; empty for none.
        language: Of the heading.
        level: Of the heading, 2 or 3.
    """

    quotes: tuple[MemoQuote, ...]
    heading: str = ""
    language: str = "en"
    level: int = 2


@dataclass(frozen=True, slots=True)
class Memo:
    """The content of the file.

    Attributes:
        title: The question, or the words that were looked for.
        title_language: Of the title.
        language: Of the words around the quotes.
        notices: What must be known beside the quotes.
        lead: Line above the quotes.
        sections: The quotes.
        open_words: Text of the links into the reports.
        as_note_words: Text of a note on what an earlier one cites, before that one's number.
        note: Names the index that answered.
        permalink_words: Text of the permanent link.
        permalink: Asks again and tells whether the answer is the same.
    """

    title: str
    title_language: str
    language: str
    notices: tuple[str, ...]
    lead: str
    sections: tuple[MemoSection, ...]
    open_words: str
    as_note_words: str
    note: str
    permalink_words: str
    permalink: str
