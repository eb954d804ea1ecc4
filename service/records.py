"""Records of the service: questions, passages with scores, quotes, answers, refusals."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from indexer.records import DocumentInfo, Passage, SourceReport, Span

LANGUAGES = ("en", "es", "pt")
"""Languages in which questions are understood and answers are put into words."""

WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+")
"""What counts as a word of a quote: a run of letters, or a figure; ``peri-urban`` is two."""


def count_words(texts: Iterable[str]) -> int:
    """Return how many words some quotes have together, each a `WORD`."""
    return sum(len(WORD.findall(text)) for text in texts)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents may answer: OR within a field, AND between fields, empty means any.

    Attributes:
        document: Document ids.
        publisher: Names as the catalogue writes them.
        country: ISO 3166-1 alpha-2 codes, upper case. Of a document on several countries, only
            sentences on one of these answer, those of a thing that is asked for by its name aside
            ("Box 2") and those quoted with one to make it clear. The search for words takes all
            sentences of a document that passes.
        theme: Names as the catalogue writes them.
        language: ISO 639-1 codes.
        year_from: Earliest year, included. A document without a year fails a year filter, and so
            does a sentence that names sources of other years only, with the same exceptions.
        year_to: Latest year, included.
    """

    document: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question, cleaned, with its language and filters.

    Attributes:
        text: One line, 1 to 1000 characters, no control characters.
        language: Language it is asked in, ISO 639-1; where we do not speak it, none of `LANGUAGES`.
        filters: Which documents may answer it.
    """

    text: str
    language: str = "en"
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with its score for one question.

    Attributes:
        row: Its row in the index.
        passage: The passage.
        text: Its text.
        score: Higher is better; comparable within one question only.
        favour: What of the score it has because the question names its report as the source.
        likeliest: Its sentences that most likely answer, the likeliest first, as spans of the
            document's text: for the passages of a refusal, else empty.
    """

    row: int
    passage: Passage
    text: str
    score: float
    favour: float = 0.0
    likeliest: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """The document of a citation.

    Attributes:
        doc_id: Its id.
        info: Its metadata.
        sha256: Of the original file.
        superseded_by: Ids of the documents that replace it.
    """

    doc_id: str
    info: DocumentInfo
    sha256: str
    superseded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RestatedSection:
    """A section of a report that a quote restates: what is cited in place of the quote's document.

    Attributes:
        report: The report.
        section: As the reference names it.
        page: Physical page where it begins, or ``None`` where the report is not at hand.
        page_label: What is printed on that page, where that differs.
    """

    report: SourceReport
    section: str
    page: int | None = None
    page_label: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands.

    Attributes:
        number: 1-based; the ``[1]`` in the answer's text.
        passage_id: The passage it was found in.
        document: Its document.
        span: Where it stands in the document's text.
        quote: ``span`` of that text.
        page: Physical page (1-based) of its first character, ``None`` where there are no pages.
        page_end: Physical page of its last character.
        page_label: What is printed on ``page``, where that differs.
        headings: Heading path, outermost first.
        restated: The sections that the quote restates; empty where it is the report's own.
    """

    number: int
    passage_id: str
    document: CitedDocument
    span: Span
    quote: str
    page: int | None
    page_end: int | None
    page_label: str | None
    headings: tuple[str, ...]
    restated: tuple[RestatedSection, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotedTable:
    """What names the figures of a quoted table row.

    Attributes:
        columns: Headings of the columns; may be empty for one.
        cells: The row's cells; an empty one keeps its place.
        caption: What the table is called, where that is known.
        group: The row above that names a group of rows, where there is one.
    """

    columns: tuple[str, ...]
    cells: tuple[str, ...]
    caption: str | None = None
    group: str | None = None

    @property
    def is_aligned(self) -> bool:
        """Tell whether each cell has its heading."""
        return len(self.columns) == len(self.cells)

    @property
    def title(self) -> str:
        """Return caption and group in one line; may be empty."""
        return ": ".join(part for part in (self.caption, self.group) if part)


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim sentence, list item or table row in an answer.

    Attributes:
        text: The words of the document, unchanged.
        citation: Number of its citation.
        confidence: Calibrated probability that it answers by itself, in [0, 1].
        highlight: The shortest part of ``text`` that answers, as a span of ``text``; or ``None``.
        table: The row with its headings, where it is one of a table that has a header.
    """

    text: str
    citation: int
    confidence: float
    highlight: Span | None = None
    table: QuotedTable | None = None


@dataclass(frozen=True, slots=True)
class CallerQuote:
    """A quote from a caller's text.

    Attributes:
        text_id: The caller's name for the text.
        span: Whole sentences of the text.
        quote: ``span`` of that text.
        confidence: Probability that they answer the question, in [0, 1].
        highlight: The shortest part that answers, as a span of the quote; or ``None``.
    """

    text_id: str
    span: Span
    quote: str
    confidence: float
    highlight: Span | None


@dataclass(frozen=True, slots=True)
class QuoteOutcome:
    """Quotes from a caller's texts, most confident first."""

    quotes: tuple[CallerQuote, ...]
    took_ms: float


class RefusalCode(StrEnum):
    """Why there is no answer."""

    NOTHING_RELEVANT = "nothing_relevant"
    NOT_ANSWERED_BY_REPORTS = "not_answered_by_reports"
    OUTSIDE_CORPUS = "outside_corpus"
    QUESTION_UNCLEAR = "question_unclear"
    NO_REPORT_PASSES_FILTERS = "no_report_passes_filters"
    LANGUAGE_NOT_SUPPORTED = "language_not_supported"
    BELOW_MIN_CONFIDENCE = "below_min_confidence"


@dataclass(frozen=True, slots=True)
class MissingFacts:
    """What was asked for and was not found near a question.

    Attributes:
        kind: Kind of answer that no sentence near the question holds: ``share``, ``sum`` or
            ``date``; ``None`` where one holds it, or none of them is asked for.
        words: Words of the question, as typed, that no passage near it has in any form.
    """

    kind: Literal["share", "sum", "date"] | None = None
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is known to be missing."""
        return bool(self.kind or self.words)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer made of quotes.

    Attributes:
        question: The question.
        language: Language of the words around the quotes.
        confidence: Calibrated probability that the quotes answer the question, in [0, 1].
        quotes: Best first, at least one.
        citations: One a quote, numbered in that order.
        missing_sides: Names that the question compares and that no quote is about.
        missing_questions: Of several questions in one, those that no quote answers.
        undefined: The term whose meaning is asked for, in its words, where no report tells it.
    """

    question: Question
    language: str
    confidence: float
    quotes: tuple[Quote, ...]
    citations: tuple[Citation, ...]
    missing_sides: tuple[str, ...] = ()
    missing_questions: tuple[str, ...] = ()
    undefined: str | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the words of each quote that answer; empty where none are known."""
        return tuple(
            quote.text[quote.highlight.start : quote.highlight.end] if quote.highlight else ""
            for quote in self.quotes
        )


@dataclass(frozen=True, slots=True)
class CountedWord:
    """A word of a question that reports have.

    Attributes:
        text: As typed; several words that are one name stand in quotation marks.
        n_passages: Passages that have it in any form, of the reports that were asked.
    """

    text: str
    n_passages: int


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """Where the telling words of a refused question stand.

    Attributes:
        nowhere: Those that no report has in any form, as typed or in English, Spanish or
            Portuguese where reports are in it; as they were typed, without `Refusal.unknown`.
        counted: Those that reports have.
    """

    nowhere: tuple[str, ...] = ()
    counted: tuple[CountedWord, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no answer was found.

    Attributes:
        question: The question.
        language: Language of the refusal's words.
        confidence: Calibrated probability that the best quotes would have answered, in [0, 1].
        code: Why there is no answer.
        unknown: The names or years in the question that the corpus does not have, for
            `RefusalCode.OUTSIDE_CORPUS`.
        nearest: At most three passages that come nearest; they are *not* an answer.
        may_answer: Whether one of them may hold it, which is not sure enough to be quoted.
        missing: What is missing, for `RefusalCode.NOT_ANSWERED_BY_REPORTS`; its words alone for
            `RefusalCode.OUTSIDE_CORPUS`.
        required: Confidence that was asked for, for `RefusalCode.BELOW_MIN_CONFIDENCE`.
        words: Where its words stand; empty where they were not looked for.
    """

    question: Question
    language: str
    confidence: float
    code: RefusalCode
    unknown: tuple[str, ...] = ()
    nearest: tuple[ScoredPassage, ...] = ()
    may_answer: bool = False
    missing: MissingFacts = MissingFacts()
    required: float | None = None
    words: QuestionWords = QuestionWords()
