"""What a search for words finds: passages, reports, and places in one report."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from indexer.records import Span
from indexer.store.records import DocumentEntry
from service.pipeline.search_terms import Term


class WordMatch(StrEnum):
    """Which passages are wanted: those with most of the words, or those with any of them."""

    MOST = "most"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class WantedWords:
    """What is looked for, in one or two languages.

    Attributes:
        typed: As typed.
        english: The same in English; empty where it was typed in English.
        language: In which it was typed, as far as this reading goes.
    """

    typed: tuple[Term, ...]
    english: tuple[Term, ...] = ()
    language: str = "en"

    def alternatives(self, language: str) -> tuple[tuple[Term, ...], ...]:
        """Return the terms to look for in a report of some language: one set or two."""
        if self.english and language == "en":
            return (self.typed, self.english)
        return (self.typed,)


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage with some of the words.

    Attributes:
        row: Of the index.
        span: Where it stands in its document's text.
        matches: Where the words stand in that text, in order, not overlapping.
        missing: Words that it does not have, of the language in which it has most.
        is_apparatus: Whether most of them, or most of its text, stand in a contents page, a
            bibliography or an imprint.
        n_repeated: Characters at its start that repeat a passage of the result that stands before
            it in the text: neighbours overlap.
    """

    row: int
    span: Span
    matches: tuple[Span, ...]
    missing: tuple[Term, ...]
    is_apparatus: bool = False
    n_repeated: int = 0

    @property
    def new_matches(self) -> tuple[Span, ...]:
        """Return where the words stand in the part of it that repeats no passage."""
        start = self.span.start + self.n_repeated
        return tuple(match for match in self.matches if match.start >= start)

    def new_span(self, text: str) -> Span:
        """Return where that part stands in ``text``, its document's, without space before it."""
        part = text[self.span.start + self.n_repeated : self.span.end]
        return Span(self.span.end - len(part.lstrip()), self.span.end)

    @property
    def n_missing(self) -> int:
        """Return how many words it does not have."""
        return len(self.missing)


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report with some of the words.

    Attributes:
        entry: The report.
        passages: In the order of the text, those of contents pages, bibliographies and imprints
            last; each has a place that no other has before it in the text.
        n_matches: Places of its passages where a word stands, each counted once.
    """

    entry: DocumentEntry
    passages: tuple[FoundPassage, ...]
    n_matches: int


@dataclass(frozen=True)
class WordsFound:
    """All passages with some words.

    Attributes:
        wanted: What was looked for.
        match: Which passages were wanted.
        n_missing: Words that none of the passages has, at the least; 0 where some passage has all.
        n_any: Passages with any of the words.
        reports: Those with most places first, else in the order of the index.
    """

    wanted: WantedWords
    match: WordMatch
    n_missing: int
    n_any: int
    reports: tuple[FoundReport, ...]

    @cached_property
    def missing(self) -> tuple[Term, ...]:
        """Return the words that the passages lack, where all of them lack the same ones."""
        lacking = {passage.missing for report in self.reports for passage in report.passages}
        return lacking.pop() if len(lacking) == 1 else ()

    @cached_property
    def n_passages(self) -> int:
        """Return how many passages there are."""
        return sum(len(report.passages) for report in self.reports)

    @cached_property
    def n_matches(self) -> int:
        """Return in how many places a word stands."""
        return sum(report.n_matches for report in self.reports)

    def page(self, *, offset: int, limit: int) -> tuple[tuple[FoundReport, FoundPassage], ...]:
        """Return at most ``limit`` passages from ``offset`` on, each with its report."""
        everything = ((report, passage) for report in self.reports for passage in report.passages)
        return tuple(
            pair for position, pair in enumerate(everything) if offset <= position < offset + limit
        )


@dataclass(frozen=True, slots=True)
class PlacesFound:
    """Where some words stand in one report.

    Attributes:
        wanted: What was looked for: of what may be meant, what is found.
        places: In the order of the text; empty where nothing that may be meant is found.
        ranked: The same, those in contents pages, bibliographies and imprints last.
        corrected: What was typed, its misspelt words as reports have them; ``None`` where it has
            none, and where something is found.
    """

    wanted: WantedWords
    places: tuple[Span, ...]
    ranked: tuple[Span, ...]
    corrected: str | None = None
