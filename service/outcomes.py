"""What comes of a question, a search, or a look at the reports: what `QAService` returns."""

from dataclasses import dataclass

from indexer.store.records import DocumentEntry
from service.answer_options import AnswerOptions
from service.library import Edition
from service.pipeline.confidence import Support
from service.pipeline.facets import Coverage, admitted_coverage
from service.pipeline.figure_comparison import FigureComparison
from service.pipeline.found_words import WordsFound
from service.pipeline.notices import Notice
from service.records import Answer, Refusal, ScoredPassage


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer or a refusal, and everything that an interface may show with it.

    Attributes:
        result: The quotes, or why there are none.
        options: The options used.
        edition: The index that answered.
        support: How well the reports support an answer, as shown to users.
        notices: Shown beside the quotes.
        comparison: The figures of several reports side by side; ``None`` where one is quoted.
        took_ms: Milliseconds that it took.
        typed: The question as it was typed; `result` has it as it was understood.
    """

    result: Answer | Refusal
    options: AnswerOptions
    edition: Edition
    support: Support
    notices: tuple[Notice, ...]
    comparison: FigureComparison | None
    took_ms: float
    typed: str | None = None

    @property
    def coverage(self) -> Coverage:
        """Return what the reports that were asked cover; all of the index where none passes."""
        entries, filters = self.edition.index.documents, self.result.question.filters
        return admitted_coverage(entries, filters) or self.edition.coverage

    @property
    def understood_as(self) -> str | None:
        """Return the question that a follow-up became; ``None`` where it stood by itself."""
        return None if self.typed is None else self.result.question.text


@dataclass(frozen=True, slots=True)
class SearchOutcome:
    """Passages, best first, of the index that was searched."""

    passages: tuple[ScoredPassage, ...]
    edition: Edition
    took_ms: float


@dataclass(frozen=True, slots=True)
class WordsOutcome:
    """All passages with some words, of the index that was searched.

    Attributes:
        found: The passages.
        edition: The index.
        took_ms: Milliseconds that it took.
        corrected: What was typed, its misspelt words as reports have them; ``None`` where it has
            none.
    """

    found: WordsFound
    edition: Edition
    took_ms: float
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class Reports:
    """Reports of an index, in its order."""

    entries: tuple[DocumentEntry, ...]
    edition: Edition
